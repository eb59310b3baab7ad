import { type Profile, strengthOf, type TraitClaim, type TraitValue } from '../contracts/evidence.ts'
import { amountIn } from './amounts.ts'
import { countryNamed } from './countries.ts'
import { derivedFrom } from './derived.ts'
import { emailDomain, readEmailDomain } from './email-kind.ts'
import { industryNamed } from './industries.ts'
import { jobFunctionNamed, seniorityNamed } from './titles.ts'

/**
 * Who a person is by all that was claimed, in (at, order): of several values the strongest source's latest, in our
 * vocabulary where one exists, and gaps filled with what follows from the rest. A given value wins over a derived one.
 */
export function profileOf(claims: readonly TraitClaim[]): Profile {
  const traits = new Map<string, TraitClaim>()
  for (const claim of claims) keepStrongest(traits, claim)
  for (const [name, claim] of traits) traits.set(name, { ...claim, value: inVocabulary(name, claim.value) })
  for (const claim of derivedFrom(traits))
    if (fills(traits.get(claim.name), claim)) traits.set(claim.name, claim)
  const email = traits.get('email')?.value
  const { kind, companyDomain } =
    typeof email === 'string' ? readEmailDomain(emailDomain(email)) : { kind: null, companyDomain: null }
  return { traits: Object.fromEntries(traits), emailKind: kind, companyDomain }
}

/** A gap; and a phone knows its country better than the network somebody happens to sit in. */
const fills = (held: TraitClaim | undefined, claim: TraitClaim): boolean =>
  held === undefined || (held.source === 'network' && claim.source === 'phone')

/** Takes a claim in, unless one that is held under its name is stronger, or as strong and later. */
export function keepStrongest(held: Map<string, TraitClaim>, claim: TraitClaim): void {
  const rival = held.get(claim.name)
  const lead = rival === undefined ? 1 : strengthOf(claim) - strengthOf(rival) || claim.at - rival.at
  if (lead >= 0) held.set(claim.name, claim)
}

const VOCABULARY: ReadonlyMap<string, (text: string) => TraitValue | null> = new Map<
  string,
  (text: string) => TraitValue | null
>([
  ['seniority', seniorityNamed],
  ['jobFunction', jobFunctionNamed],
  ['companySize', amountIn],
  ['revenue', amountIn],
  ['industry', industryNamed],
  ['country', countryNamed],
])

/** What has no place in the vocabulary stays as it was given. */
const inVocabulary = (name: string, value: TraitValue): TraitValue =>
  typeof value === 'string' ? (VOCABULARY.get(name)?.(value) ?? value) : value

import { type Profile, TRAIT_STRENGTHS, type TraitClaim, type TraitValue } from '../contracts/evidence.ts'
import { amountIn } from './amounts.ts'
import { countryNamed } from './countries.ts'
import { emailDomain, readEmailDomain } from './email-kind.ts'
import { industryNamed } from './industries.ts'
import { jobFunctionNamed, readTitle, seniorityNamed } from './titles.ts'

/**
 * Who a person is by all that was claimed, in (at, order): of several values the strongest source's latest, in our
 * vocabulary where one exists, and gaps filled with what follows from the rest. A given value wins over a derived one.
 */
export function profileOf(claims: readonly TraitClaim[]): Profile {
  const traits = new Map<string, TraitClaim>()
  for (const claim of claims) keepStrongest(traits, claim)
  for (const [name, claim] of traits) traits.set(name, { ...claim, value: inVocabulary(name, claim.value) })
  for (const claim of derivedFrom(traits)) if (!traits.has(claim.name)) traits.set(claim.name, claim)
  const email = traits.get('email')?.value
  const { kind, companyDomain } =
    typeof email === 'string' ? readEmailDomain(emailDomain(email)) : { kind: null, companyDomain: null }
  return { traits: Object.fromEntries(traits), emailKind: kind, companyDomain }
}

/** Takes a claim in, not earlier than those before it, if none that is held under its name is stronger. */
export function keepStrongest(held: Map<string, TraitClaim>, claim: TraitClaim): void {
  const rival = held.get(claim.name)
  if (rival === undefined || strength(claim) >= strength(rival)) held.set(claim.name, claim)
}

const strength = (claim: TraitClaim): number => TRAIT_STRENGTHS.indexOf(claim.strength)

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

function derivedFrom(traits: ReadonlyMap<string, TraitClaim>): readonly TraitClaim[] {
  const derived: TraitClaim[] = []
  const derive = (name: string, value: string | null, ...from: readonly TraitClaim[]) => {
    if (value === null) return
    derived.push({
      name,
      value,
      source: 'derived',
      strength: 'derived',
      at: Math.max(...from.map(claim => claim.at)),
    })
  }
  const title = traits.get('jobTitle')
  if (typeof title?.value === 'string') {
    const { seniority, jobFunction } = readTitle(title.value)
    derive('seniority', seniority, title)
    derive('jobFunction', jobFunction, title)
  }
  const [first, last, full] = [traits.get('firstName'), traits.get('lastName'), traits.get('fullName')]
  if (first && last) derive('fullName', `${first.value} ${last.value}`, first, last)
  if (full) {
    const [firstName, lastName] = namesIn(String(full.value))
    derive('firstName', firstName, full)
    derive('lastName', lastName, full)
  }
  return derived
}

/** First and last name of a full name of two words (`Ada Lovelace`, `Lovelace, Ada`); of more we cannot tell which. */
function namesIn(fullName: string): readonly [first: string | null, last: string | null] {
  const [one, two, ...more] = fullName.trim().split(/\s+/)
  if (one === undefined || two === undefined || more.length > 0) return [null, null]
  return one.endsWith(',') ? [two, one.slice(0, -1)] : [one, two]
}

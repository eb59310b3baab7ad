import type { TraitClaim, TraitSource } from '../contracts/evidence.ts'
import { countryOfHost } from './countries.ts'
import { emailDomain, readEmailDomain } from './email-kind.ts'
import { fullNameOf, namesIn } from './names.ts'
import { countryOfPhone } from './phones.ts'
import { readTitle } from './titles.ts'

type Traits = ReadonlyMap<string, TraitClaim>

/** What follows from the traits that are held; of several claims to one name the better founded first. */
export const derivedFrom = (traits: Traits): readonly TraitClaim[] => [
  ...fromTitle(traits.get('jobTitle')),
  ...fromNames(traits),
  ...countries(traits),
]

const derive = (
  name: string,
  value: string | null,
  from: readonly TraitClaim[],
  source: TraitSource = 'derived',
): readonly TraitClaim[] =>
  value === null
    ? []
    : [{ name, value, source, strength: 'derived', at: Math.max(...from.map(claim => claim.at)) }]

function fromTitle(title: TraitClaim | undefined): readonly TraitClaim[] {
  if (typeof title?.value !== 'string') return []
  const { seniority, jobFunction } = readTitle(title.value)
  return [...derive('seniority', seniority, [title]), ...derive('jobFunction', jobFunction, [title])]
}

function fromNames(traits: Traits): readonly TraitClaim[] {
  const [first, last, full] = [traits.get('firstName'), traits.get('lastName'), traits.get('fullName')]
  const whole = first && last ? fullNameOf(String(first.value), String(last.value)) : null
  const [firstName, lastName] = full ? namesIn(String(full.value)) : [null, null]
  return [
    ...(first && last ? derive('fullName', whole, [first, last]) : []),
    ...(full ? [...derive('firstName', firstName, [full]), ...derive('lastName', lastName, [full])] : []),
  ]
}

/** A phone's country code tells more than the ending of an address, and that of a mailbox more than that of a website. */
function countries(traits: Traits): readonly TraitClaim[] {
  const country = (
    from: TraitClaim | undefined,
    source: TraitSource,
    read: (text: string) => string | null,
  ) => (from === undefined ? [] : derive('country', read(String(from.value)), [from], source))
  return [
    ...country(traits.get('phone'), 'phone', countryOfPhone),
    ...country(traits.get('email'), 'tld', countryOfAddress),
    ...country(traits.get('website'), 'tld', countryOfWebsite),
  ]
}

/** A mailbox made to be thrown away is nobody's home. */
function countryOfAddress(email: string): string | null {
  const domain = emailDomain(email)
  return readEmailDomain(domain).kind === 'disposable' ? null : countryOfHost(domain)
}

const countryOfWebsite = (website: string): string | null =>
  countryOfHost(website.replace(/^[a-z]+:\/\//i, '').replace(/[/?#:].*$/, ''))

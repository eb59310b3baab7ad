import { getDomain } from 'tldts'
import { memo } from '../../shared/memo.ts'
import { isPlaceholderId } from '../../shared/placeholders.ts'
import type { AccountSource } from '../contracts/account.ts'
import { type Evidence, type Profile, strengthOf, type TraitStrength } from '../contracts/evidence.ts'
import type { Fact, NetworkOwner } from '../contracts/facts.ts'
import { readEmailDomain } from './email-kind.ts'
import { hostTable } from './host-table.ts'
import { PROFILE_HOSTS } from './lexicon/profile-hosts.ts'
import { propsAt, textAt } from './props.ts'
import { spelling } from './words.ts'

/** The company a person is with, before its id is made. */
export interface Account {
  /** a registrable domain; else `group:<id>`, or `name:<name>` of a network's owner: no domain has a colon */
  readonly key: string
  readonly domain: string | null
  readonly name: string | null
  readonly by: AccountSource
}

/** What a person's facts say of their company beside traits. */
export interface CompanySeen {
  /** the strongest source's latest group call */
  readonly group: Group | null
  /** whose network the person was last seen in, of those that have a known owner */
  readonly network: NetworkOwner | null
}

interface Group {
  readonly id: string
  readonly domain: string | null
  readonly name: string | null
  readonly strength: TraitStrength
}

export const NO_COMPANY: CompanySeen = { group: null, network: null }

/** What is known after one more fact; the same object when it says nothing new. What came too late says nothing. */
export function seeCompany(seen: CompanySeen, { fact, traffic }: Evidence): CompanySeen {
  if (traffic.kind === 'too_late') return seen
  const network = traffic.kind === 'human' ? (fact.noted?.company ?? null) : null
  const group = fact.type === 'group' ? stronger(seen.group, groupIn(fact)) : seen.group
  return group === seen.group && (network === null || isSame(network, seen.network))
    ? seen
    : { group, network: network ?? seen.network }
}

const isSame = (one: NetworkOwner, other: NetworkOwner | null): boolean =>
  one.domain === other?.domain && one.name === other.name

function groupIn({ props, origin }: Fact): Group | null {
  const id = textAt(props, 'group')
  if (id === null || isPlaceholderId(id)) return null
  const traits = propsAt(props, 'traits')
  return {
    id,
    domain: companyDomainIn(textAt(traits, 'domain') ?? textAt(traits, 'website') ?? ''),
    name: textAt(traits, 'name'),
    strength: origin === 'browser' ? 'asserted' : 'verified',
  }
}

/** Of two calls the stronger source's latest counts; one that only names the same group again takes nothing back. */
function stronger(held: Group | null, said: Group | null): Group | null {
  if (said === null || held === null) return said ?? held
  if (strengthOf(said) < strengthOf(held)) return held
  if (said.id !== held.id) return said
  return { ...said, domain: said.domain ?? held.domain, name: said.name ?? held.name }
}

/**
 * Which company a person is with: the group they were put in; the domain of a company e-mail address; the website they
 * gave; the owner of the network they came from. A group that a page says does not speak against an address that is
 * better proven, for anybody can write a page's call.
 */
export function accountOf(profile: Profile, { group, network }: CompanySeen): Account | null {
  const { companyDomain, traits } = profile
  const said = textOf(traits.company?.value)
  const strength = companyDomain === null ? 'derived' : (traits.email?.strength ?? 'derived')
  if (group !== null && strengthOf(group) >= strengthOf({ strength }))
    return ofGroup(group, said, strengthOf(traits.company ?? group) > strengthOf(group))
  if (companyDomain !== null) return ofDomain(companyDomain, said, 'email')
  const website = companyDomainIn(textOf(traits.website?.value) ?? '')
  if (website !== null) return ofDomain(website, said, 'website')
  return network && ofNetwork(network)
}

const ofDomain = (domain: string, name: string | null, by: AccountSource): Account => ({
  key: domain,
  domain,
  name,
  by,
})

/** A group's domain, when it has one, is what it is known by: so it is one with the account of that domain's addresses. */
const ofGroup = ({ id, domain, name }: Group, said: string | null, isSaidBetter: boolean): Account => ({
  key: domain ?? `group:${id}`,
  domain,
  name: isSaidBetter ? said : (name ?? said),
  by: 'group',
})

function ofNetwork({ domain, name }: NetworkOwner): Account | null {
  const registrable = domain === null ? null : companyDomainIn(domain)
  if (registrable !== null) return ofDomain(registrable, name, 'network')
  const spelled = spelling(name ?? '')
  return spelled === '' ? null : { key: `name:${spelled}`, domain: null, name, by: 'network' }
}

const isProfileHost = hostTable(PROFILE_HOSTS.map(host => [host, true] as const))

const NONE = ''
const DOMAINS_KEPT = 10_000

const readDomain = memo(DOMAINS_KEPT, (text): string => {
  const domain = getDomain(text.toLowerCase().normalize('NFC'), { allowPrivateDomains: true })
  if (domain === null || isProfileHost(domain)) return NONE
  return readEmailDomain(domain).companyDomain ?? NONE
})

/** The registrable domain in a host or web address, if it can be a company's own: no mailbox provider's, no social network's. */
export const companyDomainIn = (text: string): string | null => readDomain(text) || null

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

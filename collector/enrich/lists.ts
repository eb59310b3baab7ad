import ipaddr from 'ipaddr.js'
import { memoByObject } from '../../shared/memo.ts'
import type { Profile } from '../contracts/evidence.ts'
import type { CompanyList, ScoringModel } from '../contracts/model.ts'
import { emailDomain } from './email-kind.ts'
import { memo } from './memo.ts'
import { wordsOf } from './words.ts'

/** A list made ready for questions about one person. */
export interface ListTest {
  email(email: string): boolean
  company(name: string): boolean
  network(network: string): boolean
}

/** Names of the lists a person is on: by e-mail address or its domain, by company name, or by a network they came from. */
export function listsOf(
  profile: Profile,
  networks: readonly string[],
  lists: ScoringModel['lists'],
): readonly string[] {
  const email = textOf(profile, 'email')
  const company = textOf(profile, 'company')
  const on = (list: ListTest): boolean =>
    (email !== null && list.email(email)) ||
    (company !== null && list.company(company)) ||
    networks.some(network => list.network(network))
  return compileLists(lists)
    .filter(([, list]) => on(list))
    .map(([name]) => name)
}

const textOf = (profile: Profile, name: string): string | null => {
  const value = profile.traits[name]?.value
  return typeof value === 'string' ? value : null
}

const NETWORKS_KEPT = 10_000

const compileLists = memoByObject((lists: ScoringModel['lists']): readonly (readonly [string, ListTest])[] =>
  Object.entries(lists).map(([name, list]) => [name, compileList(list)]),
)

export function compileList(list: CompanyList): ListTest {
  const emails = new Set(list.emails.map(plain))
  const domains = new Set(list.domains.map(domain => plain(domain).replace(/^(?:@|\*\.|www\.)/, '')))
  const companies = new Set(list.companies.map(companyName))
  const networks = list.ips.map(compileNetwork)
  return {
    email: email => emails.has(email) || (domains.size > 0 && isUnder(domains, emailDomain(email))),
    company: name => companies.size > 0 && companies.has(companyName(name)),
    network: memo(NETWORKS_KEPT, network => networks.some(contains => contains(network))),
  }
}

const plain = (text: string): string => text.trim().normalize('NFC').toLowerCase()

/** Whether a domain or one of its parents is among the domains. */
function isUnder(domains: ReadonlySet<string>, domain: string): boolean {
  for (let name = domain; ; name = name.slice(name.indexOf('.') + 1)) {
    if (domains.has(name)) return true
    if (!name.includes('.')) return false
  }
}

/** Words that say what kind of company it is, not which. */
const LEGAL_FORMS: ReadonlySet<string> = new Set(
  'inc incorporated corp corporation co company ltd limited llc llp plc gmbh ag kg ohg ug se sa sas sarl srl spa sl slu bv nv oy ab as aps kft sro zoo sp ood eood ad ead оод еоод ад еад ооо ао зао оао пао ип בעמ'.split(
    ' ',
  ),
)

/** `Acme, Inc.`, `ACME Ltd` and `Acme` are one company. */
function companyName(name: string): string {
  const words = wordsOf(name.toLowerCase())
  const telling = words.filter(word => !LEGAL_FORMS.has(word) && word.length > 1)
  return (telling.length > 0 ? telling : words).join(' ')
}

/** Addresses are kept without their host bits (facts.ts, ip): this much of them is left to compare. */
const KEPT_BITS = { ipv4: 24, ipv6: 48 } as const

/**
 * Whether an entry contains a truncated network. An entry narrower than what is kept of an address (a single host, a /28)
 * cannot be decided and contains nothing; a bare address stands for its network when it is one (203.0.113.0).
 */
function compileNetwork(entry: string): (network: string) => boolean {
  const text = entry.trim()
  if (ipaddr.isValid(text)) {
    const address = ipaddr.process(text).toString()
    return network => network === address
  }
  if (!ipaddr.isValidCIDR(text)) return () => false
  const [range, bits] = ipaddr.parseCIDR(text)
  if (bits > KEPT_BITS[range.kind()]) return () => false
  return network => {
    if (!ipaddr.isValid(network)) return false
    const address = ipaddr.process(network)
    return address.kind() === range.kind() && address.match(range, bits)
  }
}

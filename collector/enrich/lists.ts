import ipaddr from 'ipaddr.js'
import { memo, memoByObject } from '../../shared/memo.ts'
import type { Profile } from '../contracts/evidence.ts'
import type { CompanyList, ScoringModel } from '../contracts/model.ts'
import { KEPT_BITS, type Network, networkIn } from '../contracts/networks.ts'
import { emailDomain } from './email-kind.ts'
import { withParents } from './parents.ts'
import { wordsOf } from './words.ts'

/** A list made ready for questions about one person. */
export interface ListTest {
  email(email: string): boolean
  company(name: string): boolean
  /**
   * Whether a visit came from one of the list's networks.
   * @param network what is kept of its address (facts.ts, ip)
   * @param isNoted whether the list held the address while it was whole (facts.ts, Noted, lists); tells in networks
   * narrower than what is kept. @default false
   */
  network(network: string, isNoted?: boolean): boolean
}

/**
 * Names of the lists a person is on: by e-mail address or its domain, by company name, or by a network they came from.
 * @param noted names of the lists that held an address of theirs while it was whole (facts.ts, Noted, lists)
 */
export function listsOf(
  profile: Profile,
  networks: readonly string[],
  lists: ScoringModel['lists'],
  noted: readonly string[] = [],
): readonly string[] {
  const email = textOf(profile, 'email')
  const company = textOf(profile, 'company')
  const on = (name: string, list: ListTest): boolean =>
    (email !== null && list.email(email)) ||
    (company !== null && list.company(company)) ||
    networks.some(network => list.network(network, noted.includes(name)))
  return compileLists(lists)
    .filter(([name, list]) => on(name, list))
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
  const networks = list.ips.map(networkIn).filter(network => network !== null)
  const placed = memo(NETWORKS_KEPT, network => placeAmong(networks, network))
  return {
    email: email => emails.has(email) || (domains.size > 0 && isUnder(domains, emailDomain(email))),
    company: name => companies.size > 0 && companies.has(companyName(name)),
    network: (network, isNoted = false) => {
      const { isWithin, hasListedPart } = placed(network)
      return isWithin || (isNoted && hasListedPart)
    },
  }
}

const plain = (text: string): string => text.trim().normalize('NFC').toLowerCase()

const isUnder = (domains: ReadonlySet<string>, domain: string): boolean =>
  withParents(domain).some(name => domains.has(name))

/** Words that say what kind of company it is, not which. */
const LEGAL_FORMS: ReadonlySet<string> = new Set(
  'inc incorporated corp corporation co company ltd limited llc llp plc gmbh ag kg ohg ug se sa sas sarl srl spa sl slu bv nv oy ab as aps kft sro zoo sp ood eood ad ead оод еоод ад еад ооо ао зао оао пао ип בעמ'.split(
    ' ',
  ),
)

/** `Acme, Inc.`, `ACME Ltd` and `Acme` are one company. */
export function companyName(name: string): string {
  const words = wordsOf(name.toLowerCase())
  const telling = words.filter(word => !LEGAL_FORMS.has(word) && word.length > 1)
  return (telling.length > 0 ? telling : words).join(' ')
}

/**
 * How a truncated network lies to those listed: within one of them, or with a listed part (a single host, a /28). Of the
 * part only who saw the whole address can tell whether a visit came from it.
 */
function placeAmong(listed: readonly Network[], network: string) {
  if (!ipaddr.isValid(network)) return { isWithin: false, hasListedPart: false }
  const address = ipaddr.process(network)
  const kind = address.kind()
  const kept = KEPT_BITS[kind]
  const ofKind = listed.filter(([range]) => range.kind() === kind)
  return {
    isWithin: ofKind.some(([range, bits]) => bits <= kept && address.match(range, bits)),
    hasListedPart: ofKind.some(([range, bits]) => bits > kept && range.match(address, kept)),
  }
}

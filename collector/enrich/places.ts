import { getDomain, getSubdomain } from 'tldts'
import { memo } from '../../shared/memo.ts'
import type { Channel } from '../contracts/evidence.ts'
import { hostTable } from './host-table.ts'
import { AD_NAMES, AD_SOURCE } from './lexicon/campaigns.ts'
import { ALIASES, DOMAIN_WORDS, HOST_WORDS, PLACES, RETURN_WORDS, RETURNS } from './lexicon/sources.ts'

/** A place people come from. */
export interface Place {
  readonly name: string
  readonly channel: Channel
}

const LISTED: readonly (Place & { readonly hosts: readonly string[] })[] = PLACES.flatMap(
  ({ channel, places }) =>
    Object.entries(places).map(([name, hosts]) => ({ name, channel, hosts: words(hosts) })),
)

const listedHost = hostTable(LISTED.flatMap(place => place.hosts.map(host => [host, place] as const)))
const byName: ReadonlyMap<string, Place> = new Map(
  LISTED.toReversed().map(place => [joined(place.name), place]),
)
const aliases: ReadonlyMap<string, string> = new Map(Object.entries(ALIASES))
const returns = hostTable(words(RETURNS).map(host => [host, true] as const))

/** What a host is known for, by itself or by a word in it; null for one of which nothing is known. */
export const placeOfHost = memo(10_000, (host): Place | null => {
  const listed = listedHost(host)
  if (listed?.hosts.includes(host)) return listed
  const parts = getSubdomain(host)?.split('.') ?? []
  const hint = HOST_WORDS.find(({ word }) => parts.some(part => word.test(part)))
  if (hint) return { name: listed?.name ?? host, channel: hint.channel }
  return listed ?? placeOfDomain(host)
})

function placeOfDomain(host: string): Place | null {
  const hint = DOMAIN_WORDS.find(({ word }) => word.test(getDomain(host) ?? ''))
  return hint ? { name: host, channel: hint.channel } : null
}

/** Payment pages and sign-in, where nobody comes from: they had come before. */
export const isReturn = memo(
  10_000,
  (host): boolean =>
    returns(host) !== null || (getSubdomain(host) !== '' && RETURN_WORDS.has(host.split('.', 1)[0] ?? '')),
)

/** Whether two hosts are of one owner: the same registrable domain (github.io and its like do not count as one). */
export function isSameSite(host: string, other: string): boolean {
  if (host === other) return true
  const domain = getDomain(host, PRIVATE)
  return domain !== null && domain === getDomain(other, PRIVATE)
}
const PRIVATE = { allowPrivateDomains: true }

export interface Named {
  readonly place: Place
  /** the name says that it is paid for */
  readonly isAd: boolean
}

/** What utm_source names, by name, alias or host: `linkedin`, `fb`, `www.linkedin.com`, `facebook-ads`. */
export function placeNamed(source: string): Named | null {
  const name = joined(source)
  const place = named(name) ?? (source.includes('.') ? placeOfHost(source.replace(/^www\./, '')) : null)
  if (place) return { place, isAd: AD_NAMES.has(name) }
  const advertised = named(AD_SOURCE.exec(name)?.[1] ?? '')
  return advertised && { place: advertised, isAd: true }
}

const named = (name: string): Place | null => byName.get(joined(aliases.get(name) ?? name)) ?? null

/** Lower case, its words joined by a hyphen: `Google_Ads` is `google-ads`. */
export function joined(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_+|/]+/g, '-')
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter(Boolean)
}

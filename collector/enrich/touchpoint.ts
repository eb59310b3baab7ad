import type { Channel, PageFacts, Touchpoint } from '../contracts/evidence.ts'
import type { Fact } from '../contracts/facts.ts'
import { hostTable } from './host-table.ts'
import { CLICK_IDS, MEDIUMS, type Medium, SOURCES, type Source } from './lexicon/sources.ts'

/** What a landing URL says about where its visitor came from. */
export interface Campaign {
  readonly utm: Readonly<Record<string, string>>
  /** name of the click id, `gclid` */
  readonly clickId: string | null
}

type Origin = Pick<Touchpoint, 'channel' | 'source'>

const UTM_KEYS = ['source', 'medium', 'campaign', 'term', 'content'] as const

const sourceByHost = hostTable<Source>(
  SOURCES.flatMap(source => source.hosts.split(' ').map(host => [host, source] as const)),
)
const sourceByName: ReadonlyMap<string, Source> = new Map(
  SOURCES.flatMap(source =>
    [source.name, ...(source.aliases ?? '').split(' ')].filter(Boolean).map(name => [name, source] as const),
  ),
)
const mediumByName: ReadonlyMap<string, Medium> = new Map(
  MEDIUMS.flatMap(({ medium, names }) => names.split(' ').map(name => [name, medium] as const)),
)

export function campaignIn(query: URLSearchParams): Campaign {
  const utm: Record<string, string> = {}
  for (const key of UTM_KEYS) {
    const value = query.get(`utm_${key}`)?.trim()
    if (value) utm[key] = value
  }
  return { utm, clickId: Object.keys(CLICK_IDS).find(name => query.has(name)) ?? null }
}

/**
 * Finds the touchpoint of each of one person's facts, in order: made by the first event with a page in its session. An
 * event without a session has its own.
 */
export function startTouchpoints(): (
  fact: Fact,
  page: PageFacts | null,
  campaign: Campaign | null,
) => Touchpoint | null {
  const sessions = new Map<string, Touchpoint>()
  return ({ session, occurredAt }, page, campaign) => {
    const known = session === null ? undefined : sessions.get(session)
    if (known !== undefined || page === null || campaign === null) return known ?? null
    const { referrer, host, path } = page
    const origin = originOf(campaign, referrer, host)
    const touchpoint = { at: occurredAt, ...origin, referrer, ...campaign, landingPath: path }
    if (session !== null) sessions.set(session, touchpoint)
    return touchpoint
  }
}

/**
 * Where a session came from. What the owner of the link wrote (utm_medium) goes before what an ad network added (the
 * click id), that before what the referrer or utm_source are known for. A referrer on the same host is no origin.
 */
export function originOf(campaign: Campaign, referrer: string | null, host: string): Origin {
  const referrerHost = hostOf(referrer)
  const external = referrerHost === null || referrerHost === bare(host) ? null : referrerHost
  const named = campaign.utm.source?.toLowerCase() ?? null
  const click = campaign.clickId === null ? null : (CLICK_IDS[campaign.clickId] ?? null)
  const tagged = sourceNamed(named)
  const known = tagged ?? (external === null ? null : sourceByHost(external))
  const medium = mediumByName.get(campaign.utm.medium?.toLowerCase() ?? '') ?? null
  const source = tagged?.name ?? named ?? known?.name ?? click?.source ?? external
  return { channel: channelOf(medium, click, known, external, Object.keys(campaign.utm).length > 0), source }
}

function channelOf(
  medium: Medium | null,
  click: { readonly channel: Channel } | null,
  known: Source | null,
  external: string | null,
  tagged: boolean,
): Channel {
  if (medium !== null) return channelOfMedium(medium, known)
  if (click !== null) return click.channel
  if (known !== null) return known.channel
  if (tagged) return 'other'
  return external === null ? 'direct' : 'referral'
}

function channelOfMedium(medium: Medium, known: Source | null): Channel {
  if (medium === 'paid') return known?.channel === 'organic_social' ? 'paid_social' : 'paid_search'
  if (medium === 'social') return 'organic_social'
  if (medium === 'search') return 'organic_search'
  return medium
}

const sourceNamed = (name: string | null): Source | null =>
  name === null ? null : (sourceByName.get(name) ?? (name.includes('.') ? sourceByHost(name) : null))

const bare = (host: string): string => host.replace(/^www\./, '')

/** Host of a referrer without `www.`; of an app (`android-app://com.slack`) its package. */
function hostOf(url: string | null): string | null {
  const host = url !== null && URL.canParse(url) ? new URL(url).hostname : ''
  return host === '' ? null : bare(host.toLowerCase())
}

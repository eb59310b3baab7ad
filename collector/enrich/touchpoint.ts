import { CLICK_ID_NAMES, type ClickId } from '../../shared/click-ids.ts'
import type { Channel, PageFacts, Touchpoint } from '../contracts/evidence.ts'
import type { Fact } from '../contracts/facts.ts'
import { CLICK_IDS, MEDIUMS, type Medium, PAID } from './lexicon/campaigns.ts'
import { isReturn, isSameSite, joined, type Place, placeNamed, placeOfHost } from './places.ts'

/** What a landing URL says about where its visitor came from. */
export interface Campaign {
  readonly utm: Readonly<Record<string, string>>
  readonly clickId: ClickId | null
}

type Origin = Pick<Touchpoint, 'channel' | 'source'>

const UTM_KEYS = ['source', 'medium', 'campaign', 'term', 'content', 'id', 'source_platform'] as const

const mediumByName: ReadonlyMap<string, Medium> = new Map(
  MEDIUMS.flatMap(medium => medium.names.split(' ').map(name => [name, medium] as const)),
)

export function campaignIn(query: URLSearchParams): Campaign {
  const utm: Record<string, string> = {}
  for (const key of UTM_KEYS) {
    const value = query.get(`utm_${key}`)?.trim()
    if (value) utm[key] = value
  }
  return { utm, clickId: CLICK_ID_NAMES.find(name => query.has(name)) ?? null }
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
  return ({ session, occurredAt, noted }, page, campaign) => {
    const known = session === null ? undefined : sessions.get(session)
    if (known !== undefined || page === null || campaign === null) return known ?? null
    const { referrer, host, path } = page
    const origin = originOf(noted?.click ? byEmail(campaign) : campaign, referrer, host)
    const touchpoint = { at: occurredAt, ...origin, referrer, ...campaign, landingPath: path }
    if (session !== null) sessions.set(session, touchpoint)
    return touchpoint
  }
}

/** A signed link stands in an e-mail, whatever its owner wrote behind it or did not. */
const byEmail = ({ utm, ...rest }: Campaign): Campaign => ({ ...rest, utm: { medium: 'email', ...utm } })

/**
 * Where a session came from. What the owner of the link wrote (utm_medium) goes before what an ad network added (the
 * click id), that before what the referrer or utm_source are known for. The own site, subdomains included, is no origin;
 * nor is a payment page or a sign-in.
 */
export function originOf(campaign: Campaign, referrer: string | null, host: string): Origin {
  const external = externalHost(referrer, host)
  const tag = campaign.utm.source?.toLowerCase() ?? null
  const tagged = tag === null ? null : placeNamed(tag)
  const click = campaign.clickId === null ? null : CLICK_IDS[campaign.clickId]
  const known = tagged?.place ?? (external === null ? null : placeOfHost(external))
  const medium = mediumOf(campaign.utm.medium ?? (tagged?.isAd ? 'ads' : ''))
  const channel = medium ? channelOf(medium, known) : (click ?? known)?.channel
  return {
    channel: channel ?? channelOfUnknown(external, campaign),
    source: tagged?.place.name ?? tag ?? known?.name ?? click?.source ?? external,
  }
}

/** By the whole value, else by the first medium in the list that one of its words names. */
function mediumOf(value: string): Medium | null {
  const name = joined(value)
  const parts = new Set(name.split('-').map(part => mediumByName.get(part)))
  return mediumByName.get(name) ?? MEDIUMS.find(medium => parts.has(medium)) ?? null
}

function channelOf({ channel, bySource }: Medium, known: Place | null): Channel {
  if (known === null || bySource === undefined) return channel
  return bySource === 'free' ? known.channel : (PAID[known.channel] ?? channel)
}

const SITE_NAME = /^[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}$/

function channelOfUnknown(external: string | null, { utm }: Campaign): Channel {
  if (external !== null || SITE_NAME.test(utm.source?.toLowerCase() ?? '')) return 'referral'
  return Object.keys(utm).length > 0 ? 'other' : 'direct'
}

/** Host of a referrer without `www.`, of an app (`android-app://com.slack`) its package; null when it is no origin. */
function externalHost(referrer: string | null, ownHost: string): string | null {
  if (referrer === null || !URL.canParse(referrer)) return null
  const host = bare(new URL(referrer).hostname.toLowerCase())
  return host === '' || isSameSite(host, bare(ownHost)) || isReturn(host) ? null : host
}

const bare = (host: string): string => host.replace(/^www\./, '')

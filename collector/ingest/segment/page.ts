import type { Page } from '../../../shared/events.ts'
import { type Fields, fieldsIn, textIn } from './message.ts'

/** What a `page` call says of the page itself; the rest of its properties are the event's. */
export const PAGE_KEYS: ReadonlySet<string> = new Set(['url', 'path', 'search', 'title', 'referrer', 'hash'])

/** Names of a campaign's parts in Segment's context, and the parameters they were read from. */
const CAMPAIGN = [
  ['name', 'utm_campaign'],
  ['source', 'utm_source'],
  ['medium', 'utm_medium'],
  ['term', 'utm_term'],
  ['content', 'utm_content'],
] as const

/**
 * The page a message is about: what a `page` call says goes before what the library saw.
 * @param properties of a `page` call; null: the message is another
 */
export function pageOf(message: Fields, properties: Fields | null): Page | undefined {
  const context = fieldsIn(message, 'context')
  const seen = fieldsIn(context, 'page')
  const of = (name: string): string | undefined =>
    (properties && textIn(properties, name)) ?? textIn(seen, name)
  const url = urlOf(of)
  if (url === undefined) return undefined
  const [title, referrer] = [of('title'), of('referrer')]
  return {
    url: withCampaign(url, fieldsIn(context, 'campaign')),
    ...(title !== undefined && { title }),
    ...(referrer !== undefined && { referrer }),
  }
}

/** The address with its query, which some libraries tell apart; a path alone where nothing else is known. */
function urlOf(of: (name: string) => string | undefined): string | undefined {
  const url = of('url') ?? of('path')
  const search = of('search')
  if (url === undefined || search === undefined || !search.startsWith('?') || url.includes('?')) return url
  const [page = '', ...fragment] = url.split('#')
  return [page + search, ...fragment].join('#')
}

/** A campaign that the address itself does not name. */
function withCampaign(url: string, campaign: Fields): string {
  const parts = CAMPAIGN.flatMap(([name, parameter]) => {
    const value = textIn(campaign, name)
    return value === undefined ? [] : [`${parameter}=${encodeURIComponent(value)}`]
  })
  if (parts.length === 0 || /[?&]utm_/.test(url)) return url
  const [page = '', ...fragment] = url.split('#')
  return [page + (page.includes('?') ? '&' : '?') + parts.join('&'), ...fragment].join('#')
}

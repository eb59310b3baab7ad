import { createHash, randomBytes } from 'node:crypto'
import type { Page } from '../../shared/events.ts'
import { uuidV7Maker } from '../../shared/ids.ts'
import { type Envelope, WIRE_VERSION } from '../../shared/wire.ts'
import type { Clock } from '../contracts/clock.ts'
import { cutUrl, isWebAddress } from './cut-url.ts'
import type { Flaw } from './flaw.ts'

/** What an image can say: its address, and the page that it stands on, if the browser names it. */
export interface PixelRequest {
  readonly query: URLSearchParams
  /** Referer header: of most pages of other origins no more than the origin */
  readonly referer: string | null
  /** null: none came, or the person may not be tracked without a script */
  readonly visitor: string | null
  /** of the event, made here: an image brings none */
  readonly id: string
  /** epoch ms */
  readonly now: number
  /** query parameters that the site's owner keeps in addresses */
  readonly params: readonly string[]
}

/** An envelope of one event, as the tag would have sent it; or what is wrong with the image's address. */
export type PixelRead =
  | {
      readonly envelope: Envelope
      /** it stands on a page of the site; a mail is read wherever it is read */
      readonly onPage: boolean
      readonly flaw: null
    }
  | { readonly envelope: null; readonly flaw: Flaw }

/** The two things that happen where no script runs. */
const PIXEL_TYPES = ['page_view', 'email_open'] as const
/**
 * Reads `GET /v1/p.gif?site=…`. An open never has a visitor: who loads a mail's images may be a proxy of the mailbox, or a
 * browser that somebody else uses too.
 */
export function readPixel(request: PixelRequest): PixelRead {
  const { query, id, now, visitor } = request
  const type = PIXEL_TYPES.find(one => one === (query.get('type') ?? 'page_view'))
  const base = { v: WIRE_VERSION, site: query.get('site') ?? '', sentAt: now } as const
  switch (type) {
    case 'page_view': {
      const page = pageIn(request)
      if (page === 'no address') return { envelope: null, flaw: NO_ADDRESS }
      const event = { id, type, at: now, ...(page && { page }) }
      const whose = visitor === null ? {} : { visitor }
      return { envelope: { ...base, ...whose, events: [event] }, onPage: true, flaw: null }
    }
    case 'email_open': {
      const event = { id, type, at: now, props: mailingIn(query) }
      return { envelope: { ...base, events: [event] }, onPage: false, flaw: null }
    }
    default:
      return { envelope: null, flaw: UNKNOWN_TYPE }
  }
}

/**
 * The page, as far as it is known. Its address is cut here already, and not only before it is stored: an image shows no script
 * at work, so a signed link's token in it proves no click (noting.ts).
 */
function pageIn({ query, referer, params }: PixelRequest): Page | null | 'no address' {
  const url = query.get('url') ?? referer
  if (url === null) return null
  if (!isWebAddress(url)) return 'no address'
  const [title, referrer] = [query.get('title'), query.get('referrer')]
  return {
    url: cutUrl(url, params),
    ...(title && { title }),
    ...(referrer && { referrer: cutUrl(referrer, params) }),
  }
}

/** What of a mail's campaign rules can ask for, under the names that `email_click` has, and what else the owner wrote. */
function mailingIn(query: URLSearchParams): Readonly<Record<string, string | number>> {
  const campaign = query.get('campaign') || query.get('utm_campaign')
  const mail = query.get('mail')
  const utm = [...query].filter(([name]) => UTM.test(name))
  return {
    ...Object.fromEntries(utm),
    ...(campaign && { campaign }),
    ...(mail && { mail: /^\d{1,9}$/.test(mail) ? Number(mail) : mail }),
  }
}

const UTM = /^utm_(?:source|medium|campaign|term|content|id)$/

const UNKNOWN_TYPE: Flaw = {
  code: 'invalid_event',
  path: '/type',
  message: `expected ${PIXEL_TYPES.join(' or ')}, came another type. Send other events with the tag or from your server.`,
}

const NO_ADDRESS: Flaw = {
  code: 'invalid_event',
  path: '/page/url',
  message:
    'expected url=https://…, came something else. Leave it out, and the Referer says which page it is.',
}

/** Our choice: browsers and proxies that send a request again after a broken connection do so within these. */
export const REPEAT_MS = 5_000
/** Our choice, some megabytes; beyond, the earliest are forgotten sooner. */
const REMEMBERED = 20_000

/**
 * Ids for events that bring none. The same request within five seconds has the same id, so that one sent again is stored once
 * and a view that was reloaded later is another. In memory: an id made of the address could tell it from a stored event.
 */
export function openRepeats(
  clock: Clock,
  remembered = REMEMBERED,
): (request: readonly (string | null)[]) => string {
  const newId = uuidV7Maker(randomBytes)
  let [recent, earlier] = [new Map<string, Seen>(), new Map<string, Seen>()]
  let since = clock()
  return request => {
    const now = clock()
    if (Math.abs(now - since) >= REPEAT_MS || recent.size >= remembered) {
      earlier = Math.abs(now - since) < 2 * REPEAT_MS ? recent : new Map()
      recent = new Map()
      since = now
    }
    const print = createHash('sha256').update(JSON.stringify(request)).digest('base64')
    const known = recent.get(print) ?? earlier.get(print)
    if (known && Math.abs(now - known.at) < REPEAT_MS) return known.id
    const id = newId(now)
    recent.set(print, { id, at: now })
    return id
  }
}

interface Seen {
  readonly id: string
  /** epoch ms */
  readonly at: number
}

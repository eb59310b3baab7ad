import { randomBytes, randomInt } from 'node:crypto'
import { uuidV7Maker } from '../../../shared/ids.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { WIRE_VERSION, type WireEvent } from '../../../shared/wire.ts'
import type { LoadRequest } from './closed-loop.ts'
import { type LoadVisitor, visitorMaker } from './visitors.ts'

/** Believable requests of a site's visitors, as bytes, made before they are measured. */

/** What a collector needs in its environment so that each visitor has an address of their own. */
export const LOAD_ENV = { GOLDPAN_TRUSTED_PROXIES: '127.0.0.1/32' } as const

export interface TrafficRequest extends LoadRequest {
  readonly visitor: string
  /** ids of its events */
  readonly events: readonly string[]
}

export interface TrafficGiven {
  /** the site's public key */
  readonly site: string
  readonly eventsPerRequest: number
  /** tells the visitors of one load from another's, 0 to 65,535. @default by chance */
  readonly load?: number
}

const anyLoad = (): number => randomInt(65_536)

const ORIGIN = 'https://www.acme.example'
const PAGES: readonly [readonly [path: string, title: string], ...(readonly [string, string])[]] = [
  ['/', 'Acme: projects that end on time'],
  ['/features', 'Features – Acme'],
  ['/pricing', 'Pricing – Acme'],
  ['/customers/halden', 'How Halden saved a day a week – Acme'],
  ['/blog/ten-ways-to-plan', 'Ten ways to plan a launch – Acme blog'],
  ['/integrations', 'Integrations – Acme'],
]
const SOURCES = [
  'https://www.google.com/',
  'https://www.linkedin.com/',
  'https://duckduckgo.com/',
  '',
] as const

/** How many are on the site at once, and how many requests and events each sends at most: below a flood (enrich/pace.ts). */
const AT_ONCE = 512
const REQUESTS_EACH = 8
const EVENTS_EACH = 40

/** Makes requests without end: visitors come, look at pages for a while one after another's, and go. */
export function trafficOf({ site, eventsPerRequest, load = anyLoad() }: TrafficGiven): () => TrafficRequest {
  const nextVisitor = visitorMaker(load)
  const visits: Visit[] = []
  let turn = 0
  const visitAt = (index: number): Visit => {
    const known = visits[index]
    if (known !== undefined && known.requestsLeft > 0) return known
    const visitor = nextVisitor()
    const most = Math.max(1, Math.min(REQUESTS_EACH, Math.floor(EVENTS_EACH / eventsPerRequest)))
    const requests = visitor.random.whole(Math.ceil(most / 2), most)
    const visit = startVisit(visitor, requests)
    visits[index] = visit
    return visit
  }
  return () => {
    turn = (turn + 1) % AT_ONCE
    const visit = visitAt(turn)
    visit.requestsLeft -= 1
    const events = Array.from({ length: eventsPerRequest }, visit.nextEvent)
    return requestOf(site, visit.visitor, events)
  }
}

/** So many requests, made now. */
export function requestsOf(count: number, next: () => TrafficRequest): readonly TrafficRequest[] {
  return Array.from({ length: count }, next)
}

/** Hands out what was made, then null. */
export function eachOf<R>(requests: readonly R[]): () => R | null {
  let next = 0
  return () => requests[next++] ?? null
}

interface Visit {
  readonly visitor: LoadVisitor
  readonly nextEvent: () => WireEvent
  requestsLeft: number
}

/** Page after page, each event sent as it happens, so that ids come in their order but for a moment. */
function startVisit(visitor: LoadVisitor, requestsLeft: number): Visit {
  const { random } = visitor
  const nextId = uuidV7Maker(length => randomBytes(length))
  const engagedMs = random.whole(4, 25) * SECOND_MS
  let at = 0
  let referrer: string = random.pick(SOURCES)
  let view: WireEvent | null = null
  let seq = 0
  const base = (): Pick<WireEvent, 'id' | 'at' | 'seq'> => {
    at = Math.max(Date.now(), at + 1)
    return { id: nextId(at), at, seq: seq++ }
  }
  const nextEvent = (): WireEvent => {
    if (view === null) {
      const [path, title] = random.pick(PAGES)
      const url = `${ORIGIN}${path}`
      view = { ...base(), type: 'page_view', page: { url, title, referrer } }
      referrer = url
      return view
    }
    const { id, page } = view
    view = null
    const props = { view: id, engagedMs, scrollPct: random.whole(10, 100) }
    return { ...base(), type: 'engagement', ...(page && { page }), props }
  }
  return { visitor, nextEvent, requestsLeft }
}

/**
 * Requests that make an MQL at once under the default goldpan.yaml: a demo asked for by somebody who fits (its `fastTrack`).
 * Each is of another visitor, lead and company.
 */
export function demoRequests(site: string, load = anyLoad()): () => TrafficRequest {
  const nextVisitor = visitorMaker(load)
  return () => {
    const visitor = nextVisitor()
    const nextId = uuidV7Maker(length => randomBytes(length))
    const now = Date.now()
    const fields = Object.entries({
      email: `ada@${visitor.id}.example`,
      jobTitle: 'Head of Marketing',
      industry: 'Software',
      company: `Company ${visitor.id}`,
    }).map(([name, value]) => ({ name, 'data-goldpan-field': name, value }))
    const demo: WireEvent = {
      id: nextId(now),
      at: now,
      type: 'form_submit',
      page: { url: `${ORIGIN}/demo`, title: 'See it work – Acme' },
      props: { form: { id: 'demo-request' }, fields },
    }
    return requestOf(site, visitor, [demo])
  }
}

function requestOf(site: string, visitor: LoadVisitor, events: readonly WireEvent[]): TrafficRequest {
  const { id, session, address, browser } = visitor
  const body = JSON.stringify({ v: WIRE_VERSION, site, sentAt: Date.now(), visitor: id, session, events })
  const headers = `${HEADERS}${browser}X-Forwarded-For: ${address}\r\n`
  return { bytes: postBytes('/v1/events', headers, body), visitor: id, events: events.map(event => event.id) }
}

/** As the tag's fetch sends it, through a proxy. */
const HEADERS = [
  'Host: collector.example',
  'Connection: keep-alive',
  'Content-Type: text/plain;charset=UTF-8',
  'Accept: */*',
  `Origin: ${ORIGIN}`,
  'Sec-Fetch-Site: cross-site',
  'Sec-Fetch-Mode: cors',
  'Sec-Fetch-Dest: empty',
  `Referer: ${ORIGIN}/`,
  'Accept-Encoding: gzip, deflate, br, zstd',
  '',
].join('\r\n')

/** @param headers each line ended */
export const postBytes = (path: string, headers: string, body: string): Buffer =>
  Buffer.from(`POST ${path} HTTP/1.1\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)

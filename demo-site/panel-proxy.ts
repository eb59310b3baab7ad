import { Hono } from 'hono'
import { CLIENT_ID_PATTERN } from '../shared/ids.ts'
import { NO_BAR, type QualifyingBar } from './qualifying-bar.ts'

/**
 * What the live panel asks for. The collector's API needs a token and answers no foreign origin, so the site's server asks
 * on the browser's behalf, as a customer's server would. The visitor id is the only key: whoever has it sees what its
 * person told any browser. Right for a demo on one's own machine, wrong for a public site.
 */
export interface PanelProxyOptions {
  readonly apiUrl: string
  /** scopes read and leads:pii */
  readonly token: string
  /** collector's site id */
  readonly site: string
  /** what an MQL needs now. @default nothing known, and no line in the picture */
  readonly bar?: () => Promise<QualifyingBar>
}

const VISITOR = new RegExp(CLIENT_ID_PATTERN)
/** Enough for an afternoon of clicking with its page metrics. */
const EVENTS = 150
/** What visitors do on purpose. The panel ticks its steps off by it, however much was heard since. */
const DEEDS: readonly string[] = ['page_view', 'download', 'form_submit']
/** The most the API gives at once. */
const DEEDS_OF_A_TYPE = 200
/** A local collector answers in milliseconds; one that hangs must not hang the panel. */
const TIMEOUT_MS = 5_000

export function panelProxy(options: PanelProxyOptions): Hono {
  const proxy = new Hono()

  proxy.use(async (c, next) => {
    // Browsers say where a request comes from; other pages on this machine have no business here.
    const from = c.req.header('sec-fetch-site') ?? 'same-origin'
    if (from !== 'same-origin') return problem(403, 'The panel answers its own site only.')
    if (!VISITOR.test(c.req.query('visitor') ?? '')) {
      return problem(
        400,
        `visitor: expected 8 to 64 of A-Z, a-z, 0-9, _ and -, came ${c.req.query('visitor')?.length ?? 0} characters.`,
      )
    }
    c.header('cache-control', 'no-store')
    return next()
  })

  proxy.get('/state', async c => c.json(await panelState(options, c.req.query('visitor') ?? '')))

  proxy.get('/stream', async c => {
    const query = new URLSearchParams({ site: options.site, visitor: c.req.query('visitor') ?? '' })
    const resume = c.req.header('last-event-id')
    const upstream = await fetch(`${options.apiUrl}/v1/events/stream?${query}`, {
      headers: { ...authorization(options), ...(resume ? { 'last-event-id': resume } : {}) },
    })
    if (!upstream.ok) return problem(502, `The collector answered ${upstream.status}.`)
    return new Response(upstream.body, {
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
    })
  })

  proxy.onError(error => problem(502, `The collector did not answer: ${error.message}`))
  return proxy
}

/** One answer for the panel: the visitor's events, and, once qualified, the person with the score. */
async function panelState(options: PanelProxyOptions, visitor: string): Promise<Record<string, unknown>> {
  const [{ data: events, next }, bar] = await Promise.all([
    eventsOf(options, { visitor, limit: String(EVENTS) }),
    options.bar?.() ?? NO_BAR,
  ])
  const hasMore = next !== null
  const heard = { events, hasMore, earlier: hasMore ? await deedsOf(options, visitor) : [], bar }
  const person = personOf(events)
  if (person === null) return { ...heard, lead: null, score: null }
  const path = `/v1/leads/${encodeURIComponent(person)}`
  const site = new URLSearchParams({ site: options.site })
  const [lead, score] = await Promise.all([
    ask(options, `${path}?${site}`),
    ask(options, `${path}/score?${site}`),
  ])
  return { ...heard, lead, score }
}

/** Asked for by type, so that page metrics cannot crowd them out. */
async function deedsOf(options: PanelProxyOptions, visitor: string): Promise<readonly unknown[]> {
  const limit = String(DEEDS_OF_A_TYPE)
  const pages = await Promise.all(DEEDS.map(type => eventsOf(options, { visitor, type, limit })))
  return pages.flatMap(({ data }) => data)
}

async function eventsOf(
  options: PanelProxyOptions,
  filter: Readonly<Record<string, string>>,
): Promise<Events> {
  return readEvents(
    await ask(options, `/v1/events?${new URLSearchParams({ site: options.site, ...filter })}`),
  )
}

/** @returns the JSON, or null where the collector knows nothing by that name (yet) */
async function ask(options: PanelProxyOptions, path: string): Promise<unknown> {
  const response = await fetch(`${options.apiUrl}${path}`, {
    headers: authorization(options),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (response.status === 404) return null
  if (!response.ok) throw new Error(`GET ${path} answered ${response.status}`)
  return response.json()
}

const authorization = ({ token }: PanelProxyOptions): { authorization: string } => ({
  authorization: `Bearer ${token}`,
})

interface Events {
  readonly data: readonly unknown[]
  /** null: there are no more */
  readonly next: unknown
}

function readEvents(answer: unknown): Events {
  if (typeof answer !== 'object' || answer === null) return { data: [], next: null }
  return {
    data: 'data' in answer && Array.isArray(answer.data) ? answer.data : [],
    next: 'next' in answer ? answer.next : null,
  }
}

/** The person of the newest event that has been judged; events come newest first. */
function personOf(events: readonly unknown[]): string | null {
  for (const event of events) {
    if (typeof event === 'object' && event !== null && 'lead' in event && typeof event.lead === 'string')
      return event.lead
  }
  return null
}

const problem = (status: 400 | 403 | 502, detail: string): Response =>
  Response.json(
    { status, detail },
    { status, headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' } },
  )

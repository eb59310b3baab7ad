import type { IncomingMessage } from 'node:http'
import { type Answered, type IngestResult, ingest } from '../ingest/ingest.ts'
import { openRepeats, readPixel } from '../ingest/pixel.ts'
import type { Site } from '../storage/store.ts'
import { DROP_HEADER, FOR_OTHER_SITES } from './cors.ts'
import { type IngestRouteDeps, requestOf } from './ingest.ts'
import { ownUrl } from './own-url.ts'
import { countingFailures, refused, unavailable } from './refused.ts'
import { SECURITY_HEADERS } from './respond.ts'
import type { Handle, Route } from './route.ts'
import { cookieIn, visitorCookies } from './visitor-cookie.ts'

/**
 * `GET /v1/p.gif?site=pk_…`: a page view where no script runs, or the open of a mail (docs/pixel.md). The same way as every other
 * event: an envelope of one event is made of the request, and ingest does the rest.
 */
export const pixelRoutes = (deps: IngestRouteDeps): readonly Route[] => [
  {
    method: 'GET',
    path: '/v1/p.gif',
    access: 'public',
    handle: countingFailures(deps.watch, receivePixel(deps)),
  },
]

/** A transparent GIF of one pixel: 43 bytes, the smallest that every mail program shows. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')

const HEADERS = {
  ...SECURITY_HEADERS,
  ...FOR_OTHER_SITES,
  'content-type': 'image/gif',
  'content-length': String(GIF.length),
  'cache-control': 'no-store',
} as const

function receivePixel(deps: IngestRouteDeps): Handle {
  const idFor = openRepeats(deps.clock)
  return c => {
    const { incoming } = c.env
    if (c.req.method === 'HEAD') return new Response(null, { headers: HEADERS })
    if (isPrefetch(incoming)) return new Response(null, { status: 204, headers: NOTHING })
    return receive(deps, idFor, incoming, new URL(c.req.url).searchParams)
  }
}

async function receive(
  deps: IngestRouteDeps,
  idFor: ReturnType<typeof openRepeats>,
  incoming: IncomingMessage,
  query: URLSearchParams,
): Promise<Response> {
  const site = (await deps.findSite(query.get('site') ?? '', null))?.site ?? null
  const visitor = site && visitorOf(incoming, site)
  const request = requestOf(incoming, NO_BODY, null, deps)
  const same = SAME.map(name => String(incoming.headers[name]))
  const id = idFor([query.toString(), visitor, request.ip, ...same])
  const { referer = null } = incoming.headers
  const read = readPixel({ query, referer, visitor, id, now: deps.clock(), params: site?.params ?? [] })
  if (read.flaw) {
    deps.watch?.turnedAway(site?.id ?? null, read.flaw.code, 1)
    return drawn(refused(read.flaw, null))
  }
  const body = JSON.stringify(read.envelope)
  const origin = read.onPage ? originOf(referer) : null
  const result = await ingest(deps, { ...request, body, bytes: Buffer.byteLength(body), origin })
  return answerTo(result, renewed(incoming, result, deps))
}

const NO_BODY = Buffer.alloc(0)

/** Headers that a request has again when it is sent again. */
const SAME = ['referer', 'user-agent', 'accept-language'] as const

function answerTo(result: IngestResult, cookies: readonly string[]): Response {
  switch (result.kind) {
    case 'answered':
      return taken(result, cookies)
    case 'refused':
      return drawn(refused(result.flaw, null))
    case 'unavailable':
      return drawn(unavailable(result.why, result.retryAfterS, null))
  }
}

/** 200: it is stored. 202: it is kept aside, for a person to look at. */
function taken({ answer }: Answered, cookies: readonly string[]): Response {
  const [flaw] = answer.errors
  const status = answer.accepted + answer.duplicate > 0 ? 200 : answer.quarantined > 0 ? 202 : 400
  const headers = { ...HEADERS, ...(flaw && { [DROP_HEADER]: flaw.code }) }
  const response = new Response(GIF, { status, headers })
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}

/** A problem's status and headers, with the image in the place of words that no page would show. */
function drawn(problem: Response): Response {
  const headers = new Headers(problem.headers)
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value)
  return new Response(GIF, { status: problem.status, headers })
}

const { 'content-type': _, 'content-length': __, ...NOTHING } = HEADERS

/** A page that is only fetched in advance was not seen; when it is shown, the browser may not ask again (docs/pixel.md). */
const isPrefetch = ({ headers }: IncomingMessage): boolean =>
  ['sec-purpose', 'purpose', 'x-moz', 'x-purpose'].some(name =>
    /prefetch|preview/i.test(String(headers[name])),
  )

/**
 * The visitor whom the collector's own cookie names, where a person may be tracked without being asked: no image can ask, nor
 * read what was answered, and Global Privacy Control is a no (snippet.md).
 */
function visitorOf({ headers }: IncomingMessage, { publicKey, consent }: Site): string | null {
  if (consent !== 'granted' || headers['sec-gpc'] === '1') return null
  const carried = cookieIn(headers.cookie ?? null, `goldpan.${publicKey}.visitor`)
  return /^[\w-]{8,64}/.exec(carried ?? '')?.[0] ?? null
}

/** The cookie goes on for as long as if the page's script had sent the view. It is never set anew. */
function renewed(incoming: IncomingMessage, result: IngestResult, deps: IngestRouteDeps): readonly string[] {
  if (result.kind !== 'answered' || result.visitor === null) return []
  if (result.answer.accepted + result.answer.duplicate === 0) return []
  const { publicKey, consent } = result.site
  const from = {
    origin: originOf(incoming.headers.referer ?? null),
    fetchSite: String(incoming.headers['sec-fetch-site'] ?? '') || null,
    cookies: incoming.headers.cookie ?? null,
    ownUrl: ownUrl(incoming, deps),
  }
  return visitorCookies(from, { publicKey, consent, visitor: result.visitor, denied: false })
}

/** Of the page that an image stands on: images send no Origin. */
function originOf(referer: string | null): string | null {
  const origin = referer !== null && URL.canParse(referer) ? new URL(referer).origin : 'null'
  return origin === 'null' ? null : origin
}

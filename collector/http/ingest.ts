import type { IncomingMessage } from 'node:http'
import { LIMITS } from '../../shared/limits.ts'
import type { Network } from '../config/shape.ts'
import { type Answered, type IngestDeps, type IngestRequest, ingest } from '../ingest/ingest.ts'
import { bodyReader, textOf } from './body.ts'
import { senderOf } from './client-ip.ts'
import { DROP_HEADER, FOR_OTHER_SITES, preflight, sendersCors } from './cors.ts'
import { isOwnBrowser } from './own-browser.ts'
import { isOwnUrl, type OwnAddress, ownUrl } from './own-url.ts'
import { countingFailures, refused, unavailable, unreadable } from './refused.ts'
import { SECURITY_HEADERS } from './respond.ts'
import type { Handle, Route } from './route.ts'
import { secretKeyIn } from './sent-key.ts'
import { type FromPage, visitorCookies } from './visitor-cookie.ts'

export interface IngestRouteDeps extends IngestDeps, OwnAddress {
  readonly trustedProxies: readonly Network[]
}

/** Our choice: room for 128 largest bodies at once. */
const HELD_BYTES = 128 * LIMITS.batchBytes

/**
 * `POST /v1/events`: where visitors' events arrive. No middleware on this way, and CORS by hand: hono/body-limit and
 * hono/cors together measured six times the cost of the request.
 */
export const ingestRoutes = (deps: IngestRouteDeps): readonly Route[] => [
  {
    method: 'POST',
    path: '/v1/events',
    access: 'public',
    handle: countingFailures(deps.watch, receiveEvents(deps)),
  },
  { method: 'OPTIONS', path: '/v1/events', access: 'public', handle: allowSending },
]

function receiveEvents(deps: IngestRouteDeps): Handle {
  const readBody = bodyReader({ bodyBytes: LIMITS.batchBytes, heldBytes: HELD_BYTES })
  return async c => {
    const { headers } = c.env.incoming
    const origin = headers.origin ?? null
    const body = await readBody(c.env.incoming)
    if (body.kind !== 'read') return unreadable(body.kind, origin, deps.watch)
    const secretKey = secretKeyIn(headers)
    const result = await ingest(deps, requestOf(c.env.incoming, body.bytes, secretKey, deps))
    switch (result.kind) {
      case 'answered':
        return answered(result, secretKey === null ? fromPage(c.env.incoming, deps) : NO_PAGE)
      case 'refused':
        return refused(result.flaw, origin)
      case 'unavailable':
        return unavailable(result.why, result.retryAfterS, origin)
    }
  }
}

export type RequestDeps = OwnAddress & Pick<IngestRouteDeps, 'trustedProxies'>

/** A delivery as it came over HTTP. */
export function requestOf(
  incoming: IncomingMessage,
  bytes: Buffer,
  secretKey: string | null,
  deps: RequestDeps,
): IngestRequest {
  const { headers } = incoming
  return {
    body: textOf(bytes),
    bytes: bytes.length,
    secretKey,
    origin: headers.origin ?? null,
    ip: senderOf(incoming, deps.trustedProxies),
    userAgent: headers['user-agent'] ?? null,
    optedOut: publicKey => isOwnBrowser(headers.cookie ?? null, publicKey),
    isOurs: url => isOwnUrl(url, ownUrl(incoming, deps)),
  }
}

function answered({ answer, site, visitor, denied }: Answered, from: FromPage): Response {
  const headers: Record<string, string> = { ...ANSWER_HEADERS, ...sendersCors(from.origin) }
  const [first] = answer.errors
  if (first) headers[DROP_HEADER] = first.code
  const { publicKey, consent } = site
  const isTaken = answer.accepted + answer.duplicate > 0
  const [cookie, ...more] = isTaken ? visitorCookies(from, { publicKey, consent, visitor, denied }) : []
  if (cookie !== undefined) headers['set-cookie'] = cookie
  const response = new Response(JSON.stringify(answer), { status: 202, headers })
  for (const other of more) response.headers.append('set-cookie', other)
  return response
}

/** Of a server's call nothing is of a page. */
const NO_PAGE: FromPage = { origin: null, fetchSite: null, cookies: null, ownUrl: null }

const fromPage = (incoming: IncomingMessage, own: OwnAddress): FromPage => ({
  origin: incoming.headers.origin ?? null,
  fetchSite: joinedText(incoming.headers['sec-fetch-site']) ?? null,
  cookies: incoming.headers.cookie ?? null,
  ownUrl: ownUrl(incoming, own),
})

const ANSWER_HEADERS = {
  ...SECURITY_HEADERS,
  ...FOR_OTHER_SITES,
  'content-type': 'application/json',
  'cache-control': 'no-store',
} as const

const allowSending: Handle = c =>
  preflight(
    sendersCors(c.req.header('origin') ?? null),
    'content-type, content-encoding',
    'GET, HEAD, POST, OPTIONS',
  )

/** Node joins a repeated X-Forwarded-For itself; other headers may come as lists. */
const joinedText = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : header?.join(',')

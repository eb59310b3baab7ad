import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { LIMITS } from '../../shared/limits.ts'
import type { DropReason } from '../../shared/wire.ts'
import type { Network } from '../config/shape.ts'
import {
  type Answered,
  type IngestDeps,
  type IngestRequest,
  ingest,
  type Unavailable,
} from '../ingest/ingest.ts'
import { type Body, bodyReader } from './body.ts'
import { senderOf } from './client-ip.ts'
import { corsFor, FOR_OTHER_SITES } from './cors.ts'
import { isOwnBrowser } from './own-browser.ts'
import { isOwnUrl, type OwnAddress, ownUrl } from './own-url.ts'
import { problem } from './problem.ts'
import { quotaExceeded } from './quota.ts'
import { SECURITY_HEADERS } from './respond.ts'
import type { Handle, Route } from './route.ts'
import { type FromPage, visitorCookies } from './visitor-cookie.ts'

export interface IngestRouteDeps extends IngestDeps, OwnAddress {
  readonly trustedProxies: readonly Network[]
}

/** Why something was not taken, readable in the browser's network tab: one of shared/wire.ts, DROP_REASONS. */
export const DROP_HEADER = 'x-goldpan-drop'

/** Our choice: room for 128 largest bodies at once. */
const HELD_BYTES = 128 * LIMITS.batchBytes

/**
 * `POST /v1/events`: where visitors' events arrive. No middleware on this way, and CORS by hand: hono/body-limit and
 * hono/cors together measured six times the cost of the request.
 */
export const ingestRoutes = (deps: IngestRouteDeps): readonly Route[] => [
  { method: 'POST', path: '/v1/events', access: 'public', handle: receiveEvents(deps) },
  { method: 'OPTIONS', path: '/v1/events', access: 'public', handle: allowSending },
]

function receiveEvents(deps: IngestRouteDeps): Handle {
  const readBody = bodyReader({ bodyBytes: LIMITS.batchBytes, heldBytes: HELD_BYTES })
  return async c => {
    const { headers } = c.env.incoming
    const origin = headers.origin ?? null
    const body = await readBody(c.env.incoming)
    if (body.kind !== 'read') return unreadable(body.kind, origin)
    const secretKey = secretKeyIn(headers)
    const result = await ingest(deps, requestOf(c.env.incoming, body.bytes, secretKey, deps))
    switch (result.kind) {
      case 'answered':
        return answered(result, secretKey === null ? fromPage(c.env.incoming, deps) : NO_PAGE)
      case 'refused':
        return refused(result.flaw.code, result.flaw.message, origin)
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
    body: bytes.toString('utf8'),
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
  fetchSite: textOf(incoming.headers['sec-fetch-site']) ?? null,
  cookies: incoming.headers.cookie ?? null,
  ownUrl: ownUrl(incoming, own),
})

const ANSWER_HEADERS = {
  ...SECURITY_HEADERS,
  ...FOR_OTHER_SITES,
  'content-type': 'application/json',
  'cache-control': 'no-store',
} as const

const TITLES: Readonly<Partial<Record<DropReason, readonly [status: number, title: string]>>> = {
  unknown_key: [401, 'Unknown key'],
  secret_key_needed: [403, 'This needs the secret key'],
  origin_not_allowed: [403, 'This page may not send'],
  batch_too_large: [413, 'The body is too large'],
  too_many_events: [413, 'Too many events'],
}

export function refused(reason: DropReason, detail: string, origin: string | null): Response {
  const [status, title] = TITLES[reason] ?? [400, 'The request cannot be read']
  // A page that may not send may not read the answer either.
  const cors = reason === 'origin_not_allowed' ? {} : sendersCors(origin)
  const closing = status === 413 ? { connection: 'close' } : {}
  return problem(status, reason, title, detail, {
    headers: { ...FOR_OTHER_SITES, ...cors, ...closing, [DROP_HEADER]: reason },
  })
}

export function unreadable(why: Exclude<Body['kind'], 'read'>, origin: string | null): Response {
  switch (why) {
    case 'too_large':
      return refused(
        'batch_too_large',
        `expected at most ${LIMITS.batchBytes} bytes, inflated, came more. Send several requests.`,
        origin,
      )
    case 'unknown_encoding':
      return refused(
        'invalid_json',
        'expected a plain or gzip body, came another Content-Encoding. Send it plain.',
        origin,
      )
    case 'broken_gzip':
      return refused(
        'invalid_json',
        'expected gzip as Content-Encoding says, came bytes that do not inflate. Send the body plain.',
        origin,
      )
    case 'gone':
      return refused('invalid_json', 'expected a whole body, came a part of one. Send it again.', origin)
    case 'busy':
      return unavailable('overloaded', 1, origin)
  }
}

const CAUSES = {
  overloaded: ['overloaded', 'Too much at once'],
  store: ['store_unavailable', 'The store cannot commit'],
  full: ['disk_full', 'The disk of the store has too little room'],
} as const satisfies Record<Exclude<Unavailable['why'], 'quota'>, readonly [string, string]>

export function unavailable(why: Unavailable['why'], retryAfterS: number, origin: string | null): Response {
  if (why === 'quota')
    return quotaExceeded('for this site', { retryAfterS }, { ...FOR_OTHER_SITES, ...sendersCors(origin) })
  const [code, cause] = CAUSES[why]
  const detail = `${cause}: nothing of this request was kept. Send it again, with the same ids, in ${retryAfterS} s.`
  const headers = {
    ...FOR_OTHER_SITES,
    ...sendersCors(origin),
    'retry-after': String(retryAfterS),
    connection: 'close',
  }
  return problem(503, code, 'Not now', detail, { headers })
}

/** Preflight: says how to send. Who may, only the request itself can tell, for the key is in its body. */
const allowSending: Handle = c =>
  new Response(null, {
    status: 204,
    headers: {
      ...SECURITY_HEADERS,
      ...FOR_OTHER_SITES,
      ...sendersCors(c.req.header('origin') ?? null),
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, content-encoding',
      'access-control-max-age': '86400',
    },
  })

/**
 * The page sends with credentials, so that it may be given the visitor's cookie (visitor-cookie.ts). They decide nothing:
 * who may send is said by the key in the body, and the answer is the same for everybody.
 */
export const sendersCors = (origin: string | null): Readonly<Record<string, string>> =>
  origin === null ? {} : { ...corsFor(origin), ...WITH_CREDENTIALS }

const WITH_CREDENTIALS = {
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': `${DROP_HEADER}, retry-after`,
} as const

/**
 * The secret key of `Bearer sk_…`, or of Basic as its user name; a key nobody has when the header is another. Basic on a
 * page's request was added by the browser, for another page of this host: it says nothing.
 */
export function secretKeyIn(headers: IncomingHttpHeaders): string | null {
  const isBasic = /^basic\b/i.test(headers.authorization ?? '')
  return isBasic && headers.origin !== undefined ? null : keyIn(headers)
}

/** What follows `Bearer`, or the user name of Basic; null when no Authorization came. */
export function keyIn({ authorization }: IncomingHttpHeaders): string | null {
  if (authorization === undefined) return null
  const [, scheme = '', credentials = ''] = /^(\w+) +(\S+)$/.exec(authorization) ?? []
  if (scheme.toLowerCase() !== 'basic') return credentials
  const [key = ''] = Buffer.from(credentials, 'base64').toString('utf8').split(':', 1)
  return key
}

/** Node joins a repeated X-Forwarded-For itself; other headers may come as lists. */
const textOf = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : header?.join(',')

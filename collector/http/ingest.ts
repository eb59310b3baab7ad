import type { IncomingHttpHeaders } from 'node:http'
import { LIMITS } from '../../shared/limits.ts'
import type { DropReason, IngestAnswer } from '../../shared/wire.ts'
import type { Network } from '../config.ts'
import { type IngestDeps, type IngestRequest, ingest } from '../ingest/ingest.ts'
import { type Body, bodyReader } from './body.ts'
import { clientIp } from './client-ip.ts'
import { problem } from './problem.ts'
import { SECURITY_HEADERS } from './respond.ts'
import type { Handle, Route } from './route.ts'

export interface IngestRouteDeps extends IngestDeps {
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
    const { headers, socket } = c.env.incoming
    const origin = headers.origin ?? null
    const body = await readBody(c.env.incoming)
    if (body.kind !== 'read') return unreadable(body.kind, origin)
    const result = await ingest(deps, {
      body: body.bytes.toString('utf8'),
      bytes: body.bytes.length,
      secretKey: secretKeyIn(headers),
      origin,
      ip: clientIp(socket.remoteAddress, textOf(headers['x-forwarded-for']), deps.trustedProxies),
      userAgent: headers['user-agent'] ?? null,
    } satisfies IngestRequest)
    switch (result.kind) {
      case 'answered':
        return answered(result.answer, origin)
      case 'refused':
        return refused(result.flaw.code, result.flaw.message, origin)
      case 'unavailable':
        return unavailable(result.why, result.retryAfterS, origin)
    }
  }
}

function answered(answer: IngestAnswer, origin: string | null): Response {
  const headers: Record<string, string> = { ...ANSWER_HEADERS, ...corsFor(origin) }
  const [first] = answer.errors
  if (first) headers[DROP_HEADER] = first.code
  return new Response(JSON.stringify(answer), { status: 202, headers })
}

/** Pages of other sites are who this route is for, beacons that skip CORS included. */
const FOR_OTHER_SITES = { 'cross-origin-resource-policy': 'cross-origin' } as const

const ANSWER_HEADERS = {
  ...SECURITY_HEADERS,
  ...FOR_OTHER_SITES,
  'content-type': 'application/json',
  'cache-control': 'no-store',
} as const

const TITLES: Readonly<Partial<Record<DropReason, readonly [status: number, title: string]>>> = {
  unknown_key: [401, 'Unknown key'],
  origin_not_allowed: [403, 'This page may not send'],
  batch_too_large: [413, 'The body is too large'],
  too_many_events: [413, 'Too many events'],
}

function refused(reason: DropReason, detail: string, origin: string | null): Response {
  const [status, title] = TITLES[reason] ?? [400, 'The request cannot be read']
  // A page that may not send may not read the answer either.
  const cors = reason === 'origin_not_allowed' ? {} : corsFor(origin)
  const closing = status === 413 ? { connection: 'close' } : {}
  return problem(status, reason, title, detail, {
    headers: { ...FOR_OTHER_SITES, ...cors, ...closing, [DROP_HEADER]: reason },
  })
}

function unreadable(why: Exclude<Body['kind'], 'read'>, origin: string | null): Response {
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

function unavailable(why: 'overloaded' | 'store', retryAfterS: number, origin: string | null): Response {
  const [code, cause] =
    why === 'store' ? ['store_unavailable', 'The store cannot commit'] : ['overloaded', 'Too much at once']
  const detail = `${cause}: nothing of this request was kept. Send it again, with the same ids, in ${retryAfterS} s.`
  const headers = {
    ...FOR_OTHER_SITES,
    ...corsFor(origin),
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
      ...corsFor(c.req.header('origin') ?? null),
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, content-encoding',
      'access-control-max-age': '86400',
    },
  })

/** Lets the page that sent read the answer. Never with credentials: the key is in the body. */
const corsFor = (origin: string | null): Readonly<Record<string, string>> =>
  origin === null
    ? {}
    : {
        'access-control-allow-origin': origin,
        'access-control-expose-headers': `${DROP_HEADER}, retry-after`,
        vary: 'Origin',
      }

/** The secret key of `Bearer sk_…`, or of Basic as its user name; a key nobody has when the header is another. */
function secretKeyIn({ authorization }: IncomingHttpHeaders): string | null {
  if (authorization === undefined) return null
  const [, scheme = '', credentials = ''] = /^(\w+) +(\S+)$/.exec(authorization) ?? []
  const isBasic = scheme.toLowerCase() === 'basic'
  const [key = ''] = isBasic
    ? Buffer.from(credentials, 'base64').toString('utf8').split(':', 1)
    : [credentials]
  return key
}

/** Node joins a repeated X-Forwarded-For itself; other headers may come as lists. */
const textOf = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : header?.join(',')

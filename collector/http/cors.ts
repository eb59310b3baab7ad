import { SECURITY_HEADERS } from './respond.ts'
import type { Handle, Route } from './route.ts'

/** Why something was not taken, readable in the browser's network tab: one of shared/wire.ts, DROP_REASONS. */
export const DROP_HEADER = 'x-goldpan-drop'

/** Pages of other sites are whom these routes are for, beacons that skip CORS included. */
export const FOR_OTHER_SITES = { 'cross-origin-resource-policy': 'cross-origin' } as const

/** What a page may read beside the body. */
const READABLE = `${DROP_HEADER}, retry-after`

/** Lets the page that sent read the answer. By hand: hono/cors measured more than the whole request. */
export const corsFor = (origin: string | null): Readonly<Record<string, string>> =>
  origin === null
    ? {}
    : { 'access-control-allow-origin': origin, vary: 'Origin', 'access-control-expose-headers': READABLE }

/**
 * The tag sends with credentials, so that it may be given the visitor's cookie (visitor-cookie.ts). They decide nothing:
 * who may send is said by the key in the body, and the answer is the same for everybody.
 */
export const sendersCors = (origin: string | null): Readonly<Record<string, string>> =>
  origin === null
    ? {}
    : {
        'access-control-allow-origin': origin,
        vary: 'Origin',
        'access-control-expose-headers': READABLE,
        'access-control-allow-credentials': 'true',
      }

/**
 * A preflight's answer: how to send. Who may, only the request itself can tell, for the key is in its body.
 * @param cors of the page that asks
 * @param headers it may send
 * @param allow every method of the path (RFC 9110, 9.3.7)
 */
export const preflight = (cors: Readonly<Record<string, string>>, headers: string, allow: string): Response =>
  new Response(null, {
    status: 204,
    headers: {
      ...SECURITY_HEADERS,
      ...FOR_OTHER_SITES,
      ...cors,
      allow,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': headers,
      'access-control-max-age': '86400',
    },
  })

/**
 * Headers of an error that is not the route's own: its page may read it, too. Answers to tokens are for no page of another
 * site.
 */
export const errorCors = (
  { path, access }: Pick<Route, 'path' | 'access'>,
  origin: string | null,
): Readonly<Record<string, string>> =>
  access === 'public' && path.startsWith('/v1/')
    ? { ...FOR_OTHER_SITES, ...(path === '/v1/events' ? sendersCors(origin) : corsFor(origin)) }
    : {}

/** Lets the page that asked read an answer made without it in mind. */
export function readable(response: Response, origin: string | null): Response {
  for (const [name, value] of Object.entries({ ...FOR_OTHER_SITES, ...corsFor(origin) }))
    response.headers.set(name, value)
  return response
}

/** For all routes but the one of the tag's events: no cookie is set there, and a page's cookies are not theirs to send. */
export const withoutCredentials =
  (handle: Handle): Handle =>
  async c => {
    const answer = await handle(c)
    answer.headers.delete('access-control-allow-credentials')
    return answer
  }

import type { Context } from 'hono'
import { errorCors } from './cors.ts'
import { type GuardDeps, guarded } from './guard.ts'
import { limited } from './limited.ts'
import { problem } from './problem.ts'
import { SECURITY_HEADERS } from './respond.ts'
import type { Handle, HttpEnv, Route } from './route.ts'

/** Every method that a route may have. */
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'] as const satisfies readonly Route['method'][]

/** @returns the route that answers to a method at a path, as the app itself would find it */
export type FindRoute = (method: Route['method'], path: string) => Route | undefined

/**
 * Where there is a path but no route of that method: `405` with what it allows, and to OPTIONS the same as a `204`; null where
 * there is no such path. Behind the guard and the quota of the path's own first public route, or else of its first: who may not ask
 * anything there is told nothing of it but that it needs a token.
 */
export function wrongMethod(
  deps: GuardDeps,
  find: FindRoute,
): (c: Context<HttpEnv>) => Response | Promise<Response> | null {
  return c => {
    const there = METHODS.flatMap(method => find(method, c.req.path) ?? [])
    const route = there.find(({ access }) => access === 'public') ?? there[0]
    if (route === undefined) return null
    const answer = allowing(route, allowedAt(there))
    return limited(deps, route, guarded(deps, { ...route, handle: answer }))(c)
  }
}

/** HEAD goes where GET goes, and OPTIONS everywhere. */
const allowedAt = (there: readonly Route[]): string => {
  const methods = there.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  return [...new Set([...methods, 'OPTIONS'])].join(', ')
}

/** A preflight is not granted by it: nothing in it is of CORS. */
const allowing =
  (route: Route, allow: string): Handle =>
  c => {
    const { method } = c.req
    if (method === 'OPTIONS')
      return new Response(null, { status: 204, headers: { ...SECURITY_HEADERS, allow } })
    return problem(
      405,
      'method_not_allowed',
      'This is not done here',
      `Expected one of ${allow}, came ${method}. docs/api.md says what each route takes.`,
      { headers: { ...errorCors(route, c.env.incoming.headers.origin ?? null), allow } },
    )
  }

import type { Context } from 'hono'
import { routePath } from 'hono/route'
import { StoreError } from '../storage/store.ts'
import { errorCors } from './cors.ts'
import { problem } from './problem.ts'
import type { HttpEnv, Route } from './route.ts'

export interface FailedDeps {
  /** one line about what went wrong, for the operator */
  readonly warn: (line: string) => void
}

/**
 * The answer where a handler threw. A page that sent may read it, so that its sender waits as long as it says.
 * @param route which handler it was; undefined: none of ours
 */
export function failed(
  { warn }: FailedDeps,
  error: Error,
  c: Context<HttpEnv>,
  route: Route | undefined,
): Response {
  // the route, not the path: that may hold a token, or somebody's id
  warn(`${c.req.method} ${routePath(c)} failed: ${error.stack ?? error.message}`)
  const cors = route ? errorCors(route, c.env.incoming.headers.origin ?? null) : {}
  if (!(error instanceof StoreError)) return internal(cors)
  if (error.code === 'corrupt') return problem(503, 'store_damaged', 'Damaged', DAMAGED, { headers: cors })
  return problem(503, 'store_unavailable', 'Not now', 'The store does not answer. Try again in 5 s.', {
    headers: { ...cors, 'retry-after': '5' },
  })
}

/** To come again would not help. */
const DAMAGED =
  'What was asked for cannot be read: the database is damaged. `goldpan doctor` says where, and docs/operating.md what to do.'

/** @param headers of the answer besides */
export const internal = (headers: Readonly<Record<string, string>> = {}): Response =>
  problem(
    500,
    'internal',
    'Something is wrong here',
    'This is a bug of the collector. Its log has the details.',
    { headers },
  )

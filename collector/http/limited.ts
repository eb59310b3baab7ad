import type { Network } from '../config/shape.ts'
import { senderOf } from './client-ip.ts'
import { corsFor, FOR_OTHER_SITES } from './cors.ts'
import { sendersCors } from './ingest.ts'
import { type Quotas, quotaExceeded } from './quota.ts'
import type { Handle, Route } from './route.ts'

export interface LimitedDeps {
  /** null: nothing is limited */
  readonly quotas: Quotas | null
  readonly trustedProxies: readonly Network[]
}

const LIMITED = /^\/(?:v1\/|metrics$)/

/** A route of the API with the quota of the sender's address in front. Files and health are not limited: they cost nothing. */
export function limited(deps: LimitedDeps, route: Route, handle: Handle): Handle {
  const { quotas, trustedProxies } = deps
  if (quotas === null || route.method === 'OPTIONS' || !LIMITED.test(route.path)) return handle
  return c => {
    const taken = quotas.address(senderOf(c.env.incoming, trustedProxies))
    if (taken === null || taken.ok) return handle(c)
    const origin = c.env.incoming.headers.origin ?? null
    const cors = route.path === '/v1/events' ? sendersCors(origin) : corsFor(origin)
    const readable = route.access === 'public' ? { ...FOR_OTHER_SITES, ...cors } : {}
    return quotaExceeded('from your address', taken, readable)
  }
}

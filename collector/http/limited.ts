import type { Network } from '../config/shape.ts'
import { senderOf } from './client-ip.ts'
import { errorCors } from './cors.ts'
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
    return quotaExceeded('from your address', taken, errorCors(route, c.env.incoming.headers.origin ?? null))
  }
}

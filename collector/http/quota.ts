import type { QuotaLimits } from '../config/shape.ts'
import type { Clock } from '../contracts/clock.ts'
import type { SiteQuota } from '../ingest/watch.ts'
import type { Token } from '../storage/store.ts'
import { problem } from './problem.ts'
import { type Taken, type TokenBuckets, tokenBuckets } from './token-buckets.ts'

/** How much may come from where; docs/limits.md. In memory, of this process. */
export interface Quotas {
  /** a request from an address; null: not limited */
  readonly address: (ip: string | null) => Taken | null
  /** a request with a token, from an address; null: not limited */
  readonly token: (token: Token, ip: string | null) => Taken | null
  readonly site: SiteQuota
}

export interface QuotaOptions {
  readonly limits: QuotaLimits
  readonly clock: Clock
  /** what one office or household has: an IPv4 address, an IPv6 /64; null for an address that may be anybody's */
  readonly placeOf: (ip: string) => string | null
  /** a request was turned away */
  readonly onRefusal?: (kind: 'address' | 'token' | 'site') => void
}

/**
 * Quotas by address, token and site. Who has an address that may be anybody's, as everyone has behind a proxy that is not in
 * GOLDPAN_TRUSTED_PROXIES, is not limited: one visitor must not use up another's share.
 */
export function openQuotas({ limits, clock, placeOf, onRefusal = () => {} }: QuotaOptions): Quotas {
  const buckets = {
    address: bucketsOf(limits.address),
    token: bucketsOf(limits.token),
    site: bucketsOf(limits.site),
  }
  function take(kind: keyof typeof buckets, ip: string | null, nameIn: (place: string) => string, cost = 1) {
    const place = ip === null ? null : placeOf(ip)
    if (buckets[kind] === null || place === null) return null
    const taken = buckets[kind].take(nameIn(place), cost, clock())
    if (!taken.ok) onRefusal(kind)
    return taken
  }
  return {
    address: ip => take('address', ip, place => place),
    token: ({ id }, ip) => take('token', ip, () => id),
    site: ({ site, isServer, ip, events }) =>
      take('site', ip, () => `${isServer ? 'server' : 'page'} ${site}`, events)?.retryAfterS ?? 0,
  }
}

const bucketsOf = (perMinute: number | null): TokenBuckets | null =>
  perMinute === null ? null : tokenBuckets(perMinute)

/** 429, with when to come again. */
export const quotaExceeded = (
  whose: string,
  { retryAfterS }: Pick<Taken, 'retryAfterS'>,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  problem(
    429,
    'quota_exceeded',
    'Too many requests',
    `More came ${whose} than this collector takes in a minute; nothing of this request was kept. Send it again in ${retryAfterS} s.`,
    { headers: { ...headers, 'retry-after': String(retryAfterS) } },
  )

/** As draft-ietf-httpapi-ratelimit-headers-03 has them, which clients know: `RateLimit-Reset` in seconds. */
export function withRateLimit(response: Response, { left, resetS, perMinute }: Taken): Response {
  response.headers.set('ratelimit-limit', String(perMinute))
  response.headers.set('ratelimit-remaining', String(left))
  response.headers.set('ratelimit-reset', String(resetS))
  return response
}

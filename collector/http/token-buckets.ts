import { MINUTE_MS } from '../../shared/time.ts'

/** What is left after something was asked for. Seconds are whole, and rounded up. */
export interface Taken {
  readonly ok: boolean
  readonly perMinute: number
  /** how many more at once */
  readonly left: number
  /** until so much is there that this would be given; 0 when it was */
  readonly retryAfterS: number
  /** until all of a minute's is there again */
  readonly resetS: number
}

export interface TokenBuckets {
  /** Takes `cost` from the bucket of that key, all or nothing. More than a bucket holds is given when it is full. */
  take(key: string, cost: number, now: number): Taken
}

interface Bucket {
  tokens: number
  at: number
}

/** Buckets remembered at least, a hundred bytes each; our choice. A forgotten one is a full one. */
const REMEMBERED = 25_000

/**
 * A bucket for each key: it holds a minute's worth, and fills at that rate. Those that were not asked for longest are
 * forgotten, a generation at once, so memory is bounded whoever asks under how many names.
 */
export function tokenBuckets(perMinute: number, remembered = REMEMBERED): TokenBuckets {
  let young = new Map<string, Bucket>()
  let old = new Map<string, Bucket>()

  function bucketOf(key: string, now: number): Bucket {
    const known = young.get(key)
    if (known) return known
    const bucket = old.get(key) ?? { tokens: perMinute, at: now }
    if (young.size >= remembered) {
      old = young
      young = new Map()
    }
    young.set(key, bucket)
    return bucket
  }

  const secondsFor = (tokens: number): number => Math.ceil((Math.max(0, tokens) / perMinute) * 60)

  return {
    take: (key, cost, now) => {
      const bucket = bucketOf(key, now)
      // a clock that was put back fills nothing
      const elapsed = Math.max(0, now - bucket.at)
      bucket.tokens = Math.min(perMinute, bucket.tokens + (elapsed / MINUTE_MS) * perMinute)
      bucket.at = now
      const needed = Math.min(cost, perMinute)
      const ok = bucket.tokens >= needed
      if (ok) bucket.tokens -= cost
      return {
        ok,
        perMinute,
        left: Math.max(0, Math.floor(bucket.tokens)),
        retryAfterS: ok ? 0 : Math.max(1, secondsFor(needed - bucket.tokens)),
        resetS: secondsFor(perMinute - bucket.tokens),
      }
    },
  }
}

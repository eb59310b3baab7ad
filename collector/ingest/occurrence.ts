import { LATE_AFTER_MS } from '../../shared/limits.ts'
import { MINUTE_MS } from '../../shared/time.ts'

/** When the sender says it happened and sent, and when it came. Epoch ms, the first two on the sender's clock. */
export interface Claimed {
  readonly at: number
  readonly sentAt: number
  readonly receivedAt: number
}

/**
 * When an event happened, on our clock. A sender's clock that is more than a minute off is corrected by what it
 * believed when sending (collector.md, Wire); the future is clamped to now.
 */
export function occurredAt({ at, sentAt, receivedAt }: Claimed): number {
  const skewMs = receivedAt - sentAt
  const corrected = Math.abs(skewMs) > MINUTE_MS ? at + skewMs : at
  return Math.max(0, Math.min(corrected, receivedAt))
}

/** A browser's queue may keep events through an outage of this long; what is older is kept, never scored. */
export const isTooLate = (occurred: number, receivedAt: number): boolean =>
  receivedAt - occurred > LATE_AFTER_MS

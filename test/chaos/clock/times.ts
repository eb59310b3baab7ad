import { MINUTE_MS } from '../../../shared/time.ts'
import type { EventTimes } from '../trial/stored.ts'
import type { Batch } from '../trial/visitors.ts'

/** A delivery that was acknowledged, in the stretch that it was sent in. */
export interface Taken {
  readonly batch: Batch
  readonly stretch: number
}

interface Sent {
  readonly visitor: string
  readonly sentAt: number
}

/**
 * Holds stored times against collector.md, Wire: a skew of more than a minute is corrected by what the sender believed when
 * sending, the future is clamped, nothing of now is too late; and while the clocks go on, a visitor's events keep their order.
 * All events of these deliveries happened when they were sent.
 */
export function faultsOfTimes(
  taken: readonly Taken[],
  times: ReadonlyMap<string, EventTimes>,
): readonly string[] {
  const faults: string[] = []
  const latest = new Map<string, number>()
  for (const { batch, stretch } of taken) {
    const { visitor, sentAt }: Sent = JSON.parse(batch.body)
    const timeline = `${stretch} ${visitor}`
    for (const id of batch.ids) {
      const stored = times.get(id)
      const fault = stored ? faultOf(sentAt, stored, latest.get(timeline) ?? 0) : 'acknowledged and not there'
      if (fault !== null) faults.push(`${id}: ${fault}`)
      latest.set(timeline, stored?.occurredAt ?? 0)
    }
  }
  return faults
}

function faultOf(
  sentAt: number,
  { occurredAt, receivedAt, tooLate }: EventTimes,
  before: number,
): string | null {
  const isCorrected = Math.abs(receivedAt - sentAt) > MINUTE_MS
  const expected = isCorrected ? receivedAt : Math.min(sentAt, receivedAt)
  if (occurredAt !== expected) return `expected at ${expected}, came ${occurredAt}`
  if (tooLate === 1) return 'too late, though it happened when it was sent'
  return occurredAt < before ? 'before the one that was sent before it' : null
}

import type { TypedEnvelope, WireEvent } from '../shared/wire.ts'
import { site } from './config.ts'
import { BATCH_EVENTS, ENOUGH_BYTES } from './limits.ts'

/** An event waiting to be sent, with the visitor and session it belonged to when it happened. */
export interface Entry {
  /** empty when the person did not consent to tracking */
  readonly who: Pick<TypedEnvelope, 'visitor' | 'session'>
  readonly event: WireEvent
}

export const bytesOf = (text: string): number => new Blob([text]).size

/** The oldest of `entries` that may travel in one envelope: one visitor, one session, within the limits. */
export const firstBatch = (entries: readonly Entry[]): readonly Entry[] => {
  const owner = JSON.stringify(entries[0]?.who)
  let bytes = 0
  return entries
    .filter(({ who, event }) => {
      const fits = bytes < ENOUGH_BYTES && JSON.stringify(who) === owner
      if (fits) bytes += bytesOf(JSON.stringify(event))
      return fits
    })
    .slice(0, BATCH_EVENTS)
}

/** The body of a request, sent at `now` (epoch ms). */
export const envelopeOf = (batch: readonly Entry[], now: number): string => {
  const events = batch.map(({ event }) => event)
  return JSON.stringify({ v: 1, site, sentAt: now, ...batch[0]?.who, events } satisfies TypedEnvelope)
}

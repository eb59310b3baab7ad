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

/** As JSON.stringify, but an array stays one although an old library of the page gave arrays a `toJSON` (Prototype 1.6). */
export const jsonOf = (value: unknown): string =>
  JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, key, converted) {
    return Array.isArray(this[key]) ? this[key] : converted
  })

/** The oldest of `entries` that may travel in one envelope: one visitor, one session, within the limits. */
export const firstBatch = (entries: readonly Entry[]): readonly Entry[] => {
  const owner = entries[0]?.who.session
  let bytes = 0
  return entries
    .filter(({ who, event }) => {
      const fits = bytes < ENOUGH_BYTES && who.session === owner
      if (fits) bytes += bytesOf(jsonOf(event))
      return fits
    })
    .slice(0, BATCH_EVENTS)
}

/** The body of a request, sent at `now` (epoch ms). */
export const envelopeOf = (batch: readonly Entry[], now: number): string => {
  const events = batch.map(({ event }) => event)
  return jsonOf({ v: 1, site, sentAt: now, ...batch[0]?.who, events } satisfies TypedEnvelope)
}

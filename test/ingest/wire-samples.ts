import { randomBytes } from 'node:crypto'
import { uuidV7Maker } from '../../shared/ids.ts'
import { WIRE_VERSION, type WireEvent } from '../../shared/wire.ts'

/** Noon of a day; samples happen here unless they say otherwise. */
export const NOON = Date.UTC(2026, 2, 2, 12)

const nextId = uuidV7Maker(length => randomBytes(length))

/** An event with a fresh id. */
export const eventOf = (changes: Partial<WireEvent> = {}): WireEvent => ({
  id: nextId(NOON),
  type: 'page_view',
  at: NOON,
  ...changes,
})

export const VISITOR = 'visitor-0001'

/** An envelope as the snippet sends it. */
export const envelopeOf = (events: readonly unknown[] = [eventOf()], site = 'pk_live_sample') => ({
  v: WIRE_VERSION,
  site,
  sentAt: NOON,
  visitor: VISITOR,
  session: 'session-0001',
  events,
})

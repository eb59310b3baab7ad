import { randomBytes } from 'node:crypto'
import { randomId, uuidV7Maker } from '../../../shared/ids.ts'
import { WIRE_VERSION } from '../../../shared/wire.ts'
import type { Batch } from './visitors.ts'

/** Close to the limits of the wire: 500 KB a batch, 32 KB an event, 1 KB a text. */
const EVENTS = 14
const TEXTS = 28
const CHARS = 1_000

const nextId = uuidV7Maker(randomBytes)

/** Events that fill the log fast. */
export function heavyBatch(site: string): Batch {
  const now = Date.now()
  const props = Object.fromEntries(Array.from({ length: TEXTS }, (_, n) => [`text${n}`, 'x'.repeat(CHARS)]))
  const events = Array.from({ length: EVENTS }, () => ({ id: nextId(now), type: 'brochure', at: now, props }))
  const who = { visitor: randomId(randomBytes), session: randomId(randomBytes) }
  return {
    ids: events.map(({ id }) => id),
    body: JSON.stringify({ v: WIRE_VERSION, site, sentAt: now, ...who, events }),
    headers: { 'content-type': 'text/plain;charset=UTF-8' },
    makesMql: null,
  }
}

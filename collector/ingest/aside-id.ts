import { createHash } from 'node:crypto'
import { EVENT_ID_PATTERN } from '../../shared/ids.ts'
import type { Came } from '../contracts/facts.ts'

const EVENT_ID = new RegExp(EVENT_ID_PATTERN)

/**
 * By which id an event that failed its check is known when it is sent again. Its own where that is one. Else one that follows
 * from its words and who sent them, if they say when it happened: the same words of the same millisecond are the same event, as
 * for Segment's messages (segment/ids.ts). Without a time nobody can say, for another may happen in the same words: null.
 * @param event as it is kept
 */
export function asideIdOf(
  event: unknown,
  { subject, session }: Pick<Came, 'subject' | 'session'>,
): string | null {
  const own = ownIdOf(event)
  if (own !== null || !saysWhen(event)) return own
  return uuidFrom(JSON.stringify(['aside', subject, session, event]))
}

/** The id that an event of any shape came with, if the wire takes it. */
export function ownIdOf(event: unknown): string | null {
  if (typeof event !== 'object' || event === null || !('id' in event)) return null
  const { id } = event
  return typeof id === 'string' && EVENT_ID.test(id) ? id : null
}

/** A UUID of version 8 that follows from a text (RFC 9562 §5.8). */
export function uuidFrom(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex')
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-a$4-$5')
}

/** Before it nothing was tracked: a smaller number counts something else. */
const FIRST_MS = Date.UTC(2000)

const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

/** Epoch ms, or a date and time of ISO 8601: `noon` is the same every day, and `step 1` no time, though V8 reads a date there. */
function saysWhen(event: unknown): boolean {
  if (typeof event !== 'object' || event === null || !('at' in event)) return false
  const { at } = event
  if (typeof at === 'number') return at >= FIRST_MS
  return typeof at === 'string' && ISO_8601.test(at) && !Number.isNaN(Date.parse(at))
}

import { createHash, randomUUID } from 'node:crypto'
import { CLIENT_ID_PATTERN, EVENT_ID_PATTERN } from '../../../shared/ids.ts'
import { LIMITS } from '../../../shared/limits.ts'
import { isPlaceholderId } from '../../../shared/placeholders.ts'
import { claimedTime, type Fields, textIn } from './message.ts'

const EVENT_ID = new RegExp(EVENT_ID_PATTERN)
const CLIENT_ID = new RegExp(CLIENT_ID_PATTERN)

/** `ajs-next-1767225600000-…`, `node-next-1767225600000-…`: libraries write epoch ms into their ids. */
const TIME_IN_ID = /(?:^|-)(1\d{12})-/

const VISITOR_CHARS = 32

/**
 * The event's id: the message's, so that a retry is the same event. A UUID stays, any other text becomes a UUIDv8 that
 * follows from it (RFC 9562 §5.8). A message without an id that says when it happened is known by all it says; another may
 * happen twice in the same words.
 */
export function eventIdOf(message: Fields): string {
  const id = textIn(message, 'messageId')
  if (id === undefined) {
    const { sentAt: _, ...said } = message
    return claimedTime(message) === undefined ? randomUUID() : uuidOf(JSON.stringify(said), null)
  }
  const lower = id.toLowerCase()
  return EVENT_ID.test(lower) ? lower : uuidOf(id, TIME_IN_ID.exec(id)?.[1] ?? null)
}

/** The visitor of an anonymous id, under a name that the wire takes; undefined: it is nobody's. */
export function visitorOf(id: string | undefined): string | undefined {
  if (id === undefined || isPlaceholderId(id)) return undefined
  return CLIENT_ID.test(id) ? id : sha256(id).slice(0, VISITOR_CHARS)
}

/** The customer's own id of the person; a text that the wire does not take, too long or with half a character, goes by its hash. */
export function userOf(id: string | undefined): string | undefined {
  if (id === undefined || isPlaceholderId(id)) return undefined
  return id.length > LIMITS.userChars || !id.isWellFormed() ? sha256(id) : id
}

/** Whether an id may be a browser's: the anonymous ids that Segment's libraries make are UUIDs. */
export const isAnonymousId = (id: string): boolean => EVENT_ID.test(id.toLowerCase())

/** UTF-8 knows no half characters, and would make two texts one. */
const sha256 = (text: string): string =>
  createHash('sha256')
    .update(text, text.isWellFormed() ? 'utf8' : 'utf16le')
    .digest('hex')

/** @param time digits of epoch ms that lead the id, so that those of one day lie together in the store */
function uuidOf(text: string, time: string | null): string {
  const hash = sha256(text)
  const head = time === null ? hash.slice(0, 12) : Number(time).toString(16).padStart(12, '0')
  return `${head.slice(0, 8)}-${head.slice(8)}-8${hash.slice(12, 15)}-8${hash.slice(15, 18)}-${hash.slice(18, 30)}`
}

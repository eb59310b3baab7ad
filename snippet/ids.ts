import { SESSION_GAP_MS } from '../shared/limits.ts'
import { area, save, VISITOR } from './storage.ts'

/**
 * 16 random digits, 53 bits, by Math.random, which every browser seeds well and no page takes away: an id tells people
 * apart, it opens nothing.
 */
const digits = (): string => Math.random().toFixed(16).slice(2)

let last = 0

/**
 * A UUIDv7 (RFC 9562 §5.7) for an event of `now` (epoch ms). Those of one page ascend, so that two events of one
 * millisecond keep their order: 8 bits count up, then borrow from the next millisecond (§6.2, method 1). The other digits
 * are random decimals; of the variant only `9` is used.
 */
export const nextEventId = (now: number): string => {
  last = Math.max(now * 256, last + 1)
  // twelve digits of time (the first is 0 until the year 2527), two of the count
  return `0${last.toString(16) + digits()}`.replace(/(.{8})(.{4})(...)(...)/, '$1-$2-7$3-9$4-')
}

/**
 * Whose event of `now` (epoch ms) it is, and notes the event. The visitor is this browser profile: three times 53
 * random bits, made once and kept. A session ends SESSION_GAP_MS after its last event; it is kept in storage, so that the tabs of a site
 * share it.
 */
export const whoAt = (now: number): { readonly visitor: string; readonly session: string } => {
  const [known, current, lastAt] = (area[VISITOR] ?? '').split('.')
  const visitor = known || digits() + digits() + digits()
  const session = current && now - Number(lastAt) < SESSION_GAP_MS ? current : digits() + digits()
  save(VISITOR, `${visitor}.${session}.${now}`)
  return { visitor, session }
}

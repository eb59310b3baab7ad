import fc from 'fast-check'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts'

/** Deeds, and how often they are done. */
const KINDS = [
  ['view', 8],
  ['report', 6],
  ['download', 3],
  ['form', 5],
  ['identify', 2],
  ['webinar', 2],
  ['email_open', 1],
  ['consent', 1],
  ['decision', 3],
] as const

/** Time since the event before: often none, a millisecond, or a length that rules use, to the millisecond. */
export const gap = fc.oneof(
  { arbitrary: fc.constantFrom(0, 0, 1, HOUR_MS, HOUR_MS + 1, DAY_MS, DAY_MS + 1, 7 * DAY_MS), weight: 3 },
  { arbitrary: fc.integer({ min: 2, max: 10 * MINUTE_MS }), weight: 4 },
  { arbitrary: fc.integer({ min: HOUR_MS, max: 4 * DAY_MS }), weight: 4 },
  { arbitrary: fc.integer({ min: 5 * DAY_MS, max: 30 * DAY_MS }), weight: 1 },
)

const kind = fc.constantFrom(...KINDS.flatMap(([name, times]) => Array.from({ length: times }, () => name)))

/** One event to be: what, how long after the one before, from which browser, and which of the values above. */
export const deed = fc.record({
  kind,
  gap,
  visitor: fc.constantFrom(0, 0, 0, 1, 1, 2),
  choice: fc.nat({ max: 999 }),
  other: fc.nat({ max: 999 }),
  odd: fc.constantFrom(
    'no',
    'no',
    'no',
    'no',
    'no',
    'no',
    'bot',
    'too_late',
    'no_session',
    'import',
    'other_name',
  ),
})
export type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never

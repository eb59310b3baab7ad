import fc from 'fast-check'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts'

/** Deeds, and how often they are done; a spree of pages, some forty events, in one story of twenty. */
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
  ['click', 3],
  ['clicks', 1],
  ['user', 2],
  ['callback', 2],
  ['merge', 3],
  ['unmerge', 1],
  ['reclassify', 1],
] as const

/** Time since the event before: often none, a millisecond, or a length that rules use, to the millisecond. */
export const gap = fc.oneof(
  { arbitrary: fc.constantFrom(0, 0, 0, 1, HOUR_MS, HOUR_MS + 1, DAY_MS, DAY_MS + 1, 7 * DAY_MS), weight: 3 },
  { arbitrary: fc.integer({ min: 2, max: 10 * MINUTE_MS }), weight: 4 },
  { arbitrary: fc.integer({ min: HOUR_MS, max: 4 * DAY_MS }), weight: 4 },
  { arbitrary: fc.integer({ min: 5 * DAY_MS, max: 30 * DAY_MS }), weight: 1 },
)

const often = fc.constantFrom(...KINDS.flatMap(([name, times]) => Array.from({ length: times }, () => name)))
const kind = fc.oneof(
  { arbitrary: often, weight: 600 },
  { arbitrary: fc.constant('spree' as const), weight: 1 },
)

/** Or a length that rules use after one of the deeds before, to the millisecond or one more; often the same deed again. */
const echo = fc.record({
  isSame: fc.boolean(),
  back: fc.integer({ min: 1, max: 6 }),
  lengthMs: fc.constantFrom(HOUR_MS, DAY_MS, 3 * DAY_MS, 5 * DAY_MS, 7 * DAY_MS, 14 * DAY_MS),
  offMs: fc.constantFrom(0, 0, 1),
})

/** One event to be: what, when, from which browser, and which of the values that random-facts.ts knows. */
export const deed = fc.record({
  kind,
  gap,
  echo: fc.option(echo, { freq: 2 }),
  visitor: fc.constantFrom<number>(0, 0, 0, 1, 1, 2),
  choice: fc.nat({ max: 999 }),
  other: fc.nat({ max: 999 }),
  odd: fc.constantFrom(
    'no',
    'no',
    'no',
    'no',
    'no',
    'no',
    'no',
    'no',
    'no',
    'no',
    'bot',
    'too_late',
    'no_session',
    'no_session',
    'import',
    'server',
    'test',
    'crowd',
    'own',
    'queued',
    'queued',
    'other_name',
    'other_name',
  ),
})
export type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never

export interface Done {
  readonly deed: Deed
  readonly at: number
}

/** What is done when, in order. */
export function inTime(deeds: readonly Deed[], start: number): readonly Done[] {
  const done: Done[] = []
  for (const deed of deeds) {
    const last = done.at(-1)?.at ?? start
    const before = deed.echo && done.at(-deed.echo.back)
    const echoed = deed.echo && before ? before.at + deed.echo.lengthMs + deed.echo.offMs : last
    const isEcho = echoed > last
    done.push({
      deed: isEcho && before && deed.echo?.isSame ? before.deed : deed,
      at: isEcho ? echoed : last + deed.gap,
    })
  }
  return done
}

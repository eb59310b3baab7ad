import type { Qualification } from './back-test.ts'
import { isWithin } from './quality.ts'
import type { Both, Median, Period, Timing } from './shapes.ts'
import type { PersonSummary } from './summary.ts'

/**
 * Whether people whom both models find are found sooner or later, and how long it takes from the first visit on.
 * @param minN below this no median is shown
 */
export function timingOf(people: readonly PersonSummary[], period: Period, minN: number): Timing {
  const moves = people.flatMap(({ old, new: fresh }) =>
    old && fresh && (isWithin(old.at, period) || isWithin(fresh.at, period)) ? fresh.at - old.at : [],
  )
  const earlier = moves.filter(move => move < 0).map(move => -move)
  const later = moves.filter(move => move > 0)
  const medianIn = (spans: readonly number[]): number | null => (spans.length < minN ? null : medianOf(spans))
  const over = (spans: readonly number[]): Median => ({ n: spans.length, medianMs: medianIn(spans) })
  const each = (spanOf: SpanOf): Both<Median> => ({
    old: over(spansOf('old', people, period, spanOf)),
    new: over(spansOf('new', people, period, spanOf)),
  })
  return {
    earlier: { count: earlier.length, medianMs: medianIn(earlier) },
    later: { count: later.length, medianMs: medianIn(later) },
    same: moves.length - earlier.length - later.length,
    firstVisitToMql: each(({ at }, { firstSeenAt }) => [at - firstSeenAt]),
    staysMql: each(({ at, fallsAt }) => (fallsAt === null ? [] : [fallsAt - at])),
  }
}

/** The span of a person, or none. */
type SpanOf = (mql: Qualification, person: PersonSummary) => readonly number[]

const spansOf = (
  side: keyof Both<unknown>,
  people: readonly PersonSummary[],
  period: Period,
  spanOf: SpanOf,
): readonly number[] =>
  people.flatMap(person => {
    const { [side]: mql } = person
    return mql && isWithin(mql.at, period) ? spanOf(mql, person) : []
  })

/** The middle of the values, or the mean of the two in the middle; null of none. */
function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2
}

import type { Fact } from '../../collector/contracts/facts.ts'
import type { Condition, ValueTest } from '../../collector/contracts/model.ts'
import { reaches } from './conditions.ts'
import { engagementAt, scoreOf } from './engagement.ts'
import type { Known } from './known.ts'
import { type Episode, mayLeaveFrom, staysMql } from './policy.ts'

/** Scores fade for ever; what has not crossed a threshold after this many half-lives is taken never to. */
const HALF_LIVES = 64

/**
 * The first millisecond from `from` on at which an MQL falls back though nothing happens, or null. Not a formula: of all
 * instants at which anything can change the first is taken at which the MQL does not stay.
 */
export function fallAfter(
  known: Known,
  episode: Episode,
  from: number,
  recycled: Fact | null,
): number | null {
  const start = Math.max(from, mayLeaveFrom(episode, known))
  const instants = [start, ...endings(known), ...crossings(known, start)]
  return (
    instants
      .filter(at => at >= start)
      .toSorted((a, b) => a - b)
      .find(at => !staysMql(known, episode.by, at, recycled)) ?? null
  )
}

/** The millisecond after each match leaves its window, or its `for` has passed. */
const endings = ({ version, matches }: Known): readonly number[] =>
  version.model.engagement.rules.flatMap(({ id, window, forMs }) =>
    (matches.get(id) ?? []).flatMap(({ at }) =>
      [window?.withinMs, forMs].flatMap(length => (typeof length === 'number' ? at + length + 1 : [])),
    ),
  )

/** The first millisecond on the other side of each number that the policy holds the engagement against. */
function crossings(known: Known, start: number): readonly number[] {
  const { mql, engagement } = known.version.model
  const score = (at: number) => scoreOf(engagementAt(known, at))
  return [...numbersIn(mql.when), mql.exit?.engagement ?? 0].flatMap(level =>
    [(at: number) => reaches(score(at), level), (at: number) => reaches(-score(at), -level)].flatMap(
      test => firstChange(test, start, start + HALF_LIVES * engagement.halfLifeMs) ?? [],
    ),
  )
}

/** Halves the time until two neighbouring milliseconds are left that the test tells apart. */
function firstChange(test: (at: number) => boolean, start: number, end: number): number | null {
  if (test(start) === test(end)) return null
  let [before, after] = [start, end]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (test(middle) === test(start)) before = middle
    else after = middle
  }
  return after
}

/** The numbers that a condition holds the engagement against. */
function numbersIn(condition: Condition): readonly number[] {
  if ('all' in condition) return condition.all.flatMap(numbersIn)
  if ('any' in condition) return condition.any.flatMap(numbersIn)
  if ('none' in condition) return condition.none.flatMap(numbersIn)
  return condition.key === 'engagement' ? boundsIn(condition.is) : []
}

function boundsIn(test: ValueTest): readonly number[] {
  if ('not' in test) return boundsIn(test.not)
  if ('oneOf' in test) return test.oneOf.map(Number)
  return [...('from' in test ? [test.from] : []), ...('to' in test ? [test.to] : [])].filter(
    bound => bound !== undefined,
  )
}

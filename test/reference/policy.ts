import type { Fact } from '../../collector/contracts/facts.ts'
import type { Condition, QualificationPolicy, ValueTest } from '../../collector/contracts/model.ts'
import type { MqlPath } from '../../collector/contracts/state.ts'
import type { FitGrade } from '../../shared/grades.ts'
import { HOUR_MS } from '../../shared/time.ts'
import { reaches, truthOf, type Value } from './conditions.ts'
import { engagementAt, flagsAt, matchesSince, rulesAt, scoreOf } from './engagement.ts'
import { type Known, personValue } from './known.ts'
import { completions } from './rules.ts'
import type { Step } from './steps.ts'

/** Being an MQL: since when, by which path, and what spoke for it at that moment. */
export interface Episode {
  readonly since: number
  readonly by: MqlPath
  readonly fitScore: number
  readonly fitGrade: FitGrade
  readonly engagementScore: number
  /** rules */
  readonly reasons: readonly string[]
}

export function episodeFrom(known: Known, since: number, by: MqlPath): Episode {
  const { score, grade, matched } = known.fit
  const parts = engagementAt(known, since)
  const reasons = [...matched, ...parts.map(({ rule }) => rule)]
  return { since, by, fitScore: score, fitGrade: grade, engagementScore: scoreOf(parts), reasons }
}

/**
 * By which path the person qualifies at an instant, or null; if both hold it is `when`.
 * @param recycled the latest recycling: rules, windows and flags are read from matches since
 */
export function pathAt(
  known: Known,
  at: number,
  recycled: Fact | null,
  fastTracked: number | null,
): MqlPath | null {
  if (gatesAt(known, at).length > 0) return null
  if (isMet(known.version.model.mql.when, known, at, recycled)) return 'when'
  return isFastTracked(known, at, recycled, fastTracked) ? 'fast_track' : null
}

/** Disqualifiers that are true; their flags count whatever recycling came between. */
export function gatesAt(known: Known, at: number): readonly string[] {
  const flags = flagsAt(known, at, null)
  const valueFor = (key: string) => (key === 'flag' ? flags : personValue(key, known.profile, known.lists))
  return known.version.model.disqualify
    .filter(gate => truthOf(gate.if, valueFor) === true)
    .map(({ id }) => id)
}

/**
 * Fast track holds for the dwell, at least an hour, after an event that matches its rule: one that came after the latest
 * episode it opened.
 */
function isFastTracked(known: Known, at: number, recycled: Fact | null, fastTracked: number | null): boolean {
  const { mql, engagement, timezone } = known.version.model
  const rule = engagement.rules.find(({ id }) => id === mql.fastTrack?.rule)
  if (rule === undefined) return false
  const matches = completions(rule, matchesSince(known, rule.id, recycled), timezone)
  const unused = matches.filter(match => fastTracked === null || match.at > fastTracked)
  return (
    unused.some(match => match.at <= at && at <= match.at + stayMs(mql, 'fast_track')) && fitsFastTrack(known)
  )
}

const fitsFastTrack = ({ fit, version }: Known): boolean =>
  fit.score >= (version.model.mql.fastTrack?.fitFrom ?? -Infinity)

/** Nothing of this is something that a person did to learn more. */
const NO_BEHAVIOUR: ReadonlySet<string> = new Set(['identify', 'consent', 'web_vital', 'email_open', 'merge'])

/** After a recycling: a behaviour event, after the cool-down, with new engagement enough since. */
export function mayQualifyAgain(known: Known, { at, by }: Step, recycled: Fact): boolean {
  const { newPoints, cooldownMs } = known.version.model.recycle
  const cooldown = cooldownMs[String(recycled.props.reason)] ?? cooldownMs.default ?? 0
  return (
    typeof by === 'object' &&
    known.humans.has(by.id) &&
    !NO_BEHAVIOUR.has(by.type) &&
    at >= recycled.occurredAt + cooldown &&
    reaches(scoreOf(engagementAt(known, at, recycled)), newPoints)
  )
}

/** The first instant at which an unaccepted MQL may leave, gates aside. */
export const mayLeaveFrom = ({ since, by }: Episode, { version: { model } }: Known): number =>
  since + stayMs(model.mql, by)

/** The dwell; by fast track at least an hour. */
const stayMs = ({ dwellMs }: QualificationPolicy, by: MqlPath): number =>
  by === 'fast_track' ? Math.max(dwellMs, HOUR_MS) : dwellMs

/** Whether an unaccepted MQL whose dwell has ended stays one at an instant, gates aside. */
export function staysMql(known: Known, by: MqlPath, at: number, recycled: Fact | null): boolean {
  const { when, exit } = known.version.model.mql
  if (by !== 'fast_track') return isMet(exit ? lowered(when, exit.engagement) : when, known, at, recycled)
  const floor = exit?.engagement ?? floorOf(when)
  return fitsFastTrack(known) && (floor === null || reaches(scoreOf(engagementAt(known, at)), floor))
}

const isMet = (condition: Condition, known: Known, at: number, recycled: Fact | null): boolean =>
  truthOf(condition, key => policyValue(key, known, at, recycled)) === true

/** The shown score counts whole, recycled or not. */
function policyValue(key: string, known: Known, at: number, recycled: Fact | null): Value {
  if (key === 'engagement') return scoreOf(engagementAt(known, at))
  if (key === 'fit') return known.fit.score
  if (key === 'grade') return known.fit.grade
  if (key === 'rule') return rulesAt(known, at, recycled)
  if (key === 'flag') return flagsAt(known, at, recycled)
  if (key === 'need') return known.needs
  return personValue(key, known.profile, known.lists)
}

/** `when` with its engagement floors lowered to the exit's. Under a negation a number is a ceiling, and stays. */
function lowered(condition: Condition, exit: number, isNegated = false): Condition {
  const each = (parts: readonly Condition[]) => parts.map(part => lowered(part, exit, isNegated))
  if ('all' in condition) return { all: each(condition.all) }
  if ('any' in condition) return { any: each(condition.any) }
  if ('none' in condition) return { none: condition.none.map(part => lowered(part, exit, !isNegated)) }
  const { key, is } = condition
  return key === 'engagement' && !isNegated ? { key, is: loweredTest(is, exit) } : condition
}

const loweredTest = (test: ValueTest, exit: number): ValueTest =>
  'from' in test && test.from !== undefined ? { ...test, from: Math.min(test.from, exit) } : test

/** What a condition asks of the engagement at least, negations left out: of several in an `any`, the least. */
function floorOf(condition: Condition): number | null {
  if ('none' in condition) return null
  if ('key' in condition) {
    return condition.key === 'engagement' && 'from' in condition.is ? (condition.is.from ?? null) : null
  }
  const parts = 'all' in condition ? condition.all : condition.any
  const floors = parts.map(floorOf).filter(floor => floor !== null)
  if (floors.length === 0) return null
  return 'all' in condition ? Math.max(...floors) : Math.min(...floors)
}

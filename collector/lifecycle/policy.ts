import { memoByObject } from '../../shared/memo.ts'
import { HOUR_MS } from '../../shared/time.ts'
import type { Condition, QualificationPolicy, RecyclePolicy, ValueTest } from '../contracts/model.ts'
import type { MqlPath, PersonState } from '../contracts/state.ts'
import { compilerOver, type KeyReader, leavesOf } from '../scoring/conditions.ts'
import { currentScore, settled } from '../scoring/decay.ts'
import { profileKey } from '../scoring/profile-reader.ts'

/** What the policy looks at: where a person stands as of the last fold. A stored PersonState is one. */
export type Standing = Pick<
  PersonState,
  | 'traits'
  | 'emailKind'
  | 'companyDomain'
  | 'lists'
  | 'fit'
  | 'engagement'
  | 'holds'
  | 'flags'
  | 'needs'
  | 'gates'
>

/** Whether a condition of the policy holds at an instant. What is unknown does not hold. */
export const meets = (condition: Condition, standing: Standing, at: number): boolean =>
  judgeStanding(condition)({ standing, at }) === true

/** The top-level conditions of `when` that do not hold: what is missing. */
export function unmet(when: Condition, standing: Standing, at: number): readonly Condition[] {
  const parts = 'all' in when ? when.all : [when]
  return parts.filter(part => !meets(part, standing, at))
}

interface StandingAt {
  readonly standing: Standing
  /** epoch ms, not before the last fold */
  readonly at: number
}

const KEYS: Readonly<Record<string, KeyReader<StandingAt>>> = {
  engagement: ({ standing, at }) => settled(currentScore(standing.engagement, at)),
  fit: ({ standing }) => standing.fit.score,
  grade: ({ standing }) => standing.fit.grade,
  rule: ({ standing, at }) => holding(standing.holds, at),
  flag: ({ standing, at }) => holding(standing.flags, at),
  need: ({ standing }) => standing.needs,
}

const judgeStanding = compilerOver((key): KeyReader<StandingAt> => {
  const read = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined
  if (read) return read
  const ofProfile = profileKey(key)
  return ({ standing }) => ofProfile(standing)
})

/** Names whose hold reaches to the instant; null is for ever. */
export const holding = (holds: Readonly<Record<string, number | null>>, at: number): readonly string[] =>
  Object.keys(holds).filter(name => (holds[name] ?? Number.POSITIVE_INFINITY) >= at)

/** `when` with its engagement floors lowered to the exit's: what an MQL must go on to meet (scoring.md, Leaving mql). */
export const whenToStay = memoByObject(
  (policy: QualificationPolicy): Condition =>
    policy.exit ? lowerFloors(policy.when, policy.exit.engagement) : policy.when,
)

/** Under `none` and `not` a bound is no floor, and stays. */
function lowerFloors(condition: Condition, exit: number): Condition {
  if ('all' in condition) return { all: condition.all.map(part => lowerFloors(part, exit)) }
  if ('any' in condition) return { any: condition.any.map(part => lowerFloors(part, exit)) }
  if (!('key' in condition) || condition.key !== 'engagement') return condition
  const { is } = condition
  if (!('from' in is) || is.from === undefined) return condition
  return { key: 'engagement', is: { ...is, from: Math.min(is.from, exit) } }
}

/**
 * Every engagement score at which an MQL may stop staying one: floors, ceilings, and both under `not`; and what one that
 * came by fast track is held against.
 */
export const boundsToStay = memoByObject((policy: QualificationPolicy): readonly number[] => {
  const leaves = leavesOf(whenToStay(policy)).filter(({ key }) => key === 'engagement')
  return [...leaves.flatMap(({ is }) => boundsOf(is)), fastTrackFloor(policy)]
})

function boundsOf(is: ValueTest): readonly number[] {
  if ('not' in is) return boundsOf(is.not)
  return 'from' in is || 'to' in is ? [is.from ?? [], is.to ?? []].flat() : []
}

/**
 * How long an MQL stays one at least, gates aside. By fast track at least an hour: as long as its rule opens it after a
 * match, so that nobody is told and taken back in one moment (scoring.md, Leaving mql).
 */
export const leastStayMs = ({ dwellMs }: QualificationPolicy, by: MqlPath): number =>
  by === 'fast_track' ? Math.max(dwellMs, HOUR_MS) : dwellMs

/** Below this a fast-tracked MQL has cooled: the exit, else what `when` asks for at least. */
export const fastTrackFloor = ({ exit, when }: QualificationPolicy): number =>
  exit?.engagement ?? floorOf(when)

/**
 * The engagement floor of a condition, of several in a choice the least; -Infinity: none. Under `none` and `not` a bound is no
 * floor.
 */
function floorOf(condition: Condition): number {
  if ('all' in condition) return Math.max(NO_FLOOR, ...condition.all.map(floorOf))
  if ('any' in condition) {
    const floors = condition.any.map(floorOf).filter(floor => floor !== NO_FLOOR)
    return floors.length > 0 ? Math.min(...floors) : NO_FLOOR
  }
  if (!('key' in condition) || condition.key !== 'engagement' || !('from' in condition.is)) return NO_FLOOR
  return condition.is.from ?? NO_FLOOR
}
const NO_FLOOR = Number.NEGATIVE_INFINITY

/** How long a recycled lead is left alone, by the reason sales gave; a reason the model does not name: the default. */
export const cooldownOf = ({ cooldownMs }: RecyclePolicy, reason: string): number =>
  (Object.hasOwn(cooldownMs, reason) ? cooldownMs[reason] : cooldownMs.default) ?? 0

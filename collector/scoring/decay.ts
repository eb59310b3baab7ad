import type { EngagementState } from '../contracts/state.ts'

/**
 * Points lose half their worth per half-life: `points · 2^(−age/halfLife)` (scoring.md, Arithmetic). Every decayed number
 * in Goldpan comes from here, so that a score and its explanation agree.
 */
export function decayed(points: number, fromMs: number, toMs: number, halfLifeMs: number): number {
  return points === 0 || fromMs === toMs ? points : points * 2 ** ((fromMs - toMs) / halfLifeMs)
}

/** What rounding may have added to a sum of decayed points, as a share of it (measured: 1e-13 after 10,000 events). */
const ROUNDING = 1e-12

/**
 * A score as decisions read it: twenty points are five after two half-lives, also when they were added up on the way and
 * the last bit was lost. What stands within rounding of a number of six decimals is that number.
 */
export function settled(score: number): number {
  const round = Math.round(score * 1e6) / 1e6
  return Math.abs(score - round) <= ROUNDING * Math.abs(score) ? round : score
}

/** log2(score) + asOf/halfLife: orders people by current score without knowing the time; null when score ≤ 0. */
export function rankingKey(score: number, asOf: number, halfLifeMs: number): number | null {
  return score > 0 ? Math.log2(score) + asOf / halfLifeMs : null
}

/**
 * The first millisecond at which a settled score has fallen below a floor; null if it never does or is below already.
 * The closed form lands within a millisecond or two; the last steps look at the score itself, so that the instant agrees
 * with every decision.
 */
export function fallsBelow(score: number, asOf: number, halfLifeMs: number, floor: number): number | null {
  const isBelow = (at: number): boolean => settled(decayed(score, asOf, at, halfLifeMs)) < floor
  if (floor <= 0 || isBelow(asOf)) return null
  let at = asOf + Math.max(0, Math.floor(halfLifeMs * Math.log2(score / floor)) - 2)
  while (at > asOf && isBelow(at)) at -= 1
  while (!isBelow(at)) at += 1
  return at
}

/** A stored engagement score as of an instant not before its fold. */
export const currentScore = (engagement: EngagementState, at: number): number =>
  decayed(engagement.score, engagement.asOf, at, engagement.halfLifeMs)

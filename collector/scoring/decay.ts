import type { EngagementState } from '../contracts/state.ts'

/**
 * Points lose half their worth per half-life: `points · 2^(−age/halfLife)` (scoring.md, Arithmetic). Every decayed number
 * in Goldpan comes from here, so that a score and its explanation agree.
 */
export function decayed(points: number, fromMs: number, toMs: number, halfLifeMs: number): number {
  return points === 0 || fromMs === toMs ? points : points * 2 ** ((fromMs - toMs) / halfLifeMs)
}

/** log2(score) + asOf/halfLife: orders people by current score without knowing the time; null when score ≤ 0. */
export function rankingKey(score: number, asOf: number, halfLifeMs: number): number | null {
  return score > 0 ? Math.log2(score) + asOf / halfLifeMs : null
}

/**
 * The first millisecond at which a score has fallen below a floor; null if it never does or is below already.
 * The closed form lands within a millisecond or two; the last steps use `decayed` itself, so that the instant agrees
 * with every score shown.
 */
export function fallsBelow(score: number, asOf: number, halfLifeMs: number, floor: number): number | null {
  if (floor <= 0 || score < floor) return null
  let at = asOf + Math.max(0, Math.floor(halfLifeMs * Math.log2(score / floor)) - 2)
  while (at > asOf && decayed(score, asOf, at, halfLifeMs) < floor) at -= 1
  while (decayed(score, asOf, at, halfLifeMs) >= floor) at += 1
  return at
}

/** A stored engagement score as of an instant not before its fold. */
export const currentScore = (engagement: EngagementState, at: number): number =>
  decayed(engagement.score, engagement.asOf, at, engagement.halfLifeMs)

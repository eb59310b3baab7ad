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

/** The last instant that a date can name (ECMAScript, Time Values); what comes after it never comes. */
const LAST_INSTANT_MS = 8.64e15

/**
 * The first millisecond at which a settled score has passed a bound on its way to nought: fallen below one above nought,
 * or risen above one below. Null if it never does, or has already. The closed form lands within a millisecond or two; the
 * last steps look at the score itself, so that the instant agrees with every decision.
 */
export function crosses(score: number, asOf: number, halfLifeMs: number, bound: number): number | null {
  if (bound === 0 || Math.sign(score) !== Math.sign(bound)) return null
  const [size, limit] = [Math.abs(score), Math.abs(bound)]
  const isPast = (at: number): boolean => settled(decayed(size, asOf, at, halfLifeMs)) < limit
  if (isPast(asOf)) return null
  const halfLives = Math.log2(size) - Math.log2(limit)
  let at = asOf + Math.max(0, Math.floor(halfLifeMs * halfLives) - 2)
  if (at >= LAST_INSTANT_MS) return null
  while (at > asOf && isPast(at)) at -= 1
  while (!isPast(at)) at += 1
  return at
}

/** A stored engagement score as of an instant not before its fold. */
export const currentScore = (engagement: EngagementState, at: number): number =>
  decayed(engagement.score, engagement.asOf, at, engagement.halfLifeMs)

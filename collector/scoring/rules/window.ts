import type { EngagementRule, Window } from '../../contracts/model.ts'
import type { Match, RuleState } from './rule-state.ts'

/**
 * The windowed rule: true at T when N distinct units have a match in [T − W, T]. It earns on completion, and again at the
 * first match later than W after that, unless `once` or `again: never`. With `for` it holds for the later of window and
 * `for`.
 * @returns whether this match earns
 */
export function matchWindow(rule: EngagementRule, window: Window, state: RuleState, match: Match): boolean {
  state.units.delete(match.unit)
  state.units.set(match.unit, match.at)
  const [oldest] = state.units
  if (oldest && state.units.size > window.atLeast) state.units.delete(oldest[0])
  const [nthLatest = match.at] = state.units.values()
  if (state.units.size < window.atLeast || nthLatest < match.at - window.withinMs) return false

  state.heldAt = match.at
  const heldByFor = rule.forMs === null ? Number.NEGATIVE_INFINITY : match.at + rule.forMs
  state.heldUntil = Math.max(nthLatest + window.withinMs, heldByFor)
  if (!mayEarn(rule, window, state.completedAt, match.at)) return false
  state.completedAt = match.at
  return true
}

function mayEarn({ once }: EngagementRule, window: Window, completedAt: number | null, at: number): boolean {
  if (completedAt === null) return true
  return !once && window.again === 'afterWindow' && at > completedAt + window.withinMs
}

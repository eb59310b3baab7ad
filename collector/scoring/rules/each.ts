import type { EngagementRule } from '../../contracts/model.ts'
import type { Match, RuleState } from './rule-state.ts'

/**
 * The plain rule: each match earns; with `once`, only the first. It holds from its first match for ever, or with `for`
 * that long after the latest.
 * @returns whether this match earns
 */
export function matchEach(rule: EngagementRule, state: RuleState, match: Match): boolean {
  state.heldAt = match.at
  state.heldUntil = rule.forMs === null ? Number.POSITIVE_INFINITY : match.at + rule.forMs
  return !(rule.once && state.count > 0)
}

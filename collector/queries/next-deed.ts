import type { EngagementRule } from '../contracts/model.ts'
import { calendarDay } from '../scoring/calendar.ts'
import { leavesOf } from '../scoring/conditions.ts'
import { decayed } from '../scoring/decay.ts'
import type { EngagementFold } from '../scoring/engagement.ts'
import { matchEach } from '../scoring/rules/each.ts'
import { credit } from '../scoring/rules/rule-state.ts'
import { matchWindow } from '../scoring/rules/window.ts'

/** A rule and what matching it once more, in a new visit, would add to the engagement score now. */
export interface NextDeed {
  readonly rule: EngagementRule
  readonly gain: number
  /** it was done before: "one more" */
  readonly again: boolean
}

type Line = EngagementFold['rules'][number]

/**
 * What one more deed would earn, rule by rule, worked out by the rules themselves on a copy of their state. What
 * satisfies a rule satisfies each rule on the same event that asks for no more, so their points come with it.
 */
export function nextDeeds(fold: EngagementFold, at: number): readonly NextDeed[] {
  const gains = new Map(fold.rules.map(line => [line, gainOf(line, fold, at)]))
  return fold.rules
    .filter(({ rule }) => rule.points > 0)
    .map(line => ({
      rule: line.rule,
      gain: fold.rules
        .filter(other => asksNoMore(other.rule, line.rule))
        .reduce((sum, other) => sum + (gains.get(other) ?? 0), 0),
      again: line.state.heldAt !== null || line.state.units.size > 0,
    }))
}

function gainOf({ rule, state }: Line, { model }: EngagementFold, at: number): number {
  const day = calendarDay(model.timezone)
  const { halfLifeMs } = model.engagement
  const trial = structuredClone(state)
  const match = { at, event: 'next', unit: rule.window?.per === 'day' ? day(at) : 'next' }
  const earns = rule.window ? matchWindow(rule, rule.window, trial, match) : matchEach(rule, trial, match)
  if (!earns) return 0
  credit(rule, trial, match, day, halfLifeMs)
  return trial.subtotal - decayed(state.subtotal, state.asOf, at, halfLifeMs)
}

function asksNoMore(rule: EngagementRule, than: EngagementRule): boolean {
  if (rule === than) return true
  if (rule.on !== than.on || !isPlain(rule)) return false
  const met = new Set(asks(than))
  return asks(rule).every(ask => met.has(ask))
}

const asks = ({ if: condition }: EngagementRule): readonly string[] =>
  condition ? leavesOf(condition).map(leaf => JSON.stringify(leaf)) : []

/** Only conditions that must all hold can be compared key by key. */
const isPlain = ({ if: condition }: EngagementRule): boolean =>
  condition === null ||
  'key' in condition ||
  ('all' in condition && condition.all.every(part => 'key' in part))

import { calendarDay } from '../../shared/calendar.ts'
import { memoByObject } from '../../shared/memo.ts'
import { counts, type Evidence } from '../contracts/evidence.ts'
import type { EngagementRule, ScoringModel } from '../contracts/model.ts'
import type { ScoreReason } from '../contracts/state.ts'
import { type Judge, type KeyTest, leavesOf } from './conditions.ts'
import { decayed } from './decay.ts'
import { judgeEvidence } from './evidence-reader.ts'
import { matchEach } from './rules/each.ts'
import { credit, newRuleState, type RuleState, reasonOf, UNTOUCHED } from './rules/rule-state.ts'
import { matchWindow } from './rules/window.ts'

/**
 * The engagement axis of one person: evidence goes in, in order of occurrence, and points, windows and flags can be read
 * at any instant not before the last evidence. Its rule states are mutable; made by `startEngagement`, owned by one fold.
 */
export interface EngagementFold {
  readonly model: ScoringModel
  readonly rules: readonly Line[]
  /** by event type: the rules that it can concern, in model order */
  readonly listeners: ReadonlyMap<string, readonly Listener[]>
}

interface Line {
  readonly rule: EngagementRule
  /** `UNTOUCHED` until the rule matches */
  state: RuleState
}

export function startEngagement(model: ScoringModel): EngagementFold {
  const rules = model.engagement.rules.map(rule => ({ rule, state: UNTOUCHED }))
  return { model, rules, listeners: listenersOf(model) }
}

/** A fold of what comes from now on: caps and `once` afresh, but what a view fired for it does not fire for again. */
export function startAfresh(before: EngagementFold): EngagementFold {
  const rules = before.rules.map(({ rule, state }) => ({
    rule,
    state: state === UNTOUCHED ? UNTOUCHED : { ...newRuleState(), views: new Set(state.views) },
  }))
  return { ...before, rules }
}

/**
 * Folds one piece of evidence in. What is not human traffic leaves the fold as it was.
 * @returns whether a rule matched
 */
export function foldEvidence(fold: EngagementFold, evidence: Evidence): boolean {
  if (!counts(evidence.traffic)) return false
  let matched = false
  for (const { index, matches } of fold.listeners.get(evidence.fact.type) ?? NONE) {
    const line = fold.rules[index]
    if (!line || !matches(evidence, line)) continue
    match(line, evidence, fold.model)
    matched = true
  }
  return matched
}

function match(line: Line, evidence: Evidence, { timezone, engagement }: ScoringModel): void {
  const { rule } = line
  const state = ownState(line)
  const day = calendarDay(timezone)
  const found = { at: evidence.at, event: evidence.fact.id, unit: unitOf(rule, evidence, day) }
  const earns = rule.window ? matchWindow(rule, rule.window, state, found) : matchEach(rule, state, found)
  if (earns) credit(rule, state, found, day, engagement.halfLifeMs)
}

/** Most people match few rules: what the others made of them is one and the same nothing. */
function ownState(line: Line): RuleState {
  if (line.state === UNTOUCHED) line.state = newRuleState()
  return line.state
}

/** Sum, in model order, of what is left of each rule's points. */
export function engagementAt(fold: EngagementFold, at: number): number {
  const { halfLifeMs } = fold.model.engagement
  let score = 0
  for (const { state } of fold.rules) score += decayed(state.subtotal, state.asOf, at, halfLifeMs)
  return score
}

/** One line per rule that earned; their `decayed` points, added in order, are `engagementAt`. */
export function engagementReasons(fold: EngagementFold, at: number): readonly ScoreReason[] {
  const { halfLifeMs } = fold.model.engagement
  return fold.rules
    .filter(({ state }) => state.count > 0)
    .map(({ rule, state }) => reasonOf(rule, state, at, halfLifeMs))
}

interface Listener {
  readonly index: number
  readonly matches: (evidence: Evidence, line: Line) => boolean
}

const NONE: readonly Listener[] = []

const listenersOf = memoByObject((model: ScoringModel): ReadonlyMap<string, readonly Listener[]> => {
  const byType = new Map<string, Listener[]>()
  for (const [index, rule] of model.engagement.rules.entries()) {
    const judge = rule.if ? judgeEvidence(rule.if) : () => true
    const ofView = rule.on === 'page_view' && rule.if !== null && leavesOf(rule.if).some(readsView)
    const matches = ofView ? firstOfView(judge) : matchesNow(judge)
    for (const on of ofView ? ['page_view', 'engagement'] : [rule.on]) {
      byType.set(on, [...(byType.get(on) ?? []), { index, matches }])
    }
  }
  return byType
})

const readsView = ({ key }: KeyTest): boolean => key === 'engaged' || key === 'scroll'

const matchesNow =
  (judge: Judge<Evidence>): Listener['matches'] =>
  evidence =>
    judge(evidence) === true

/** A rule on engaged time or scroll depth fires once per view, at the report that reaches it (scoring.md). */
const firstOfView =
  (judge: Judge<Evidence>): Listener['matches'] =>
  (evidence, line) => {
    if (!evidence.view || line.state.views.has(evidence.view.id)) return false
    if (judge(evidence) !== true) return false
    ownState(line).views.add(evidence.view.id)
    return true
  }

/** An event without a session is a unit of its own (scoring.md, fine print). */
function unitOf(rule: EngagementRule, evidence: Evidence, day: (at: number) => string): string {
  if (rule.window?.per === 'session') return evidence.fact.session ?? evidence.fact.id
  if (rule.window?.per === 'day') return day(evidence.at)
  return evidence.view?.id ?? evidence.fact.id
}

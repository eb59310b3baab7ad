import type { EngagementRule } from '../../contracts/model.ts'
import type { ScoreReason } from '../../contracts/state.ts'
import { decayed } from '../decay.ts'

/** What one engagement rule has made of the evidence so far. Mutable: it lives inside one fold and never leaves it. */
export interface RuleState {
  /** matches that earned, and the events behind them */
  count: number
  readonly events: string[]
  /** undecayed points over all of them, and what the cap cut */
  earned: number
  capped: number
  /** what is left as of `asOf` */
  subtotal: number
  asOf: number
  /** undecayed credit that counts against the cap: for life, or of `capDay` */
  credited: number
  capDay: string
  /** the latest match that made the rule hold (a window: completed it or kept it complete), earning or not; null: none */
  heldAt: number | null
  /** the rule holds up to this instant, inclusive; -Infinity: not yet */
  heldUntil: number
  /** views that fired already (rules on engaged time fire once per view) */
  readonly views: Set<string>
  /** unit → its latest match, in the order of these times: the N latest of a window of N */
  readonly units: Map<string, number>
  /** the latest completion of the window that earned; null: none */
  completedAt: number | null
}

/** A match of a rule's conditions: at which instant, by which event, in which unit of the rule's window. */
export interface Match {
  readonly at: number
  readonly event: string
  readonly unit: string
}

export const newRuleState = (): RuleState => ({
  count: 0,
  events: [],
  earned: 0,
  capped: 0,
  subtotal: 0,
  asOf: 0,
  credited: 0,
  capDay: '',
  heldAt: null,
  heldUntil: Number.NEGATIVE_INFINITY,
  views: new Set(),
  units: new Map(),
  completedAt: null,
})

/** Of a rule that nothing matched, shared by all folds: to be read only. */
export const UNTOUCHED: RuleState = Object.freeze(newRuleState())

/** Credits the rule's points for one match, as far as the cap allows; the rest of a match is partial credit. */
export function credit(
  rule: EngagementRule,
  state: RuleState,
  match: Match,
  day: (at: number) => string,
  halfLifeMs: number,
): void {
  const granted = rule.cap ? withinCap(rule, rule.cap, state, match.at, day) : rule.points
  state.count += 1
  state.events.push(match.event)
  state.earned += rule.points
  state.capped += rule.points - granted
  state.subtotal = decayed(state.subtotal, state.asOf, match.at, halfLifeMs) + granted
  state.asOf = match.at
}

function withinCap(
  rule: EngagementRule,
  cap: NonNullable<EngagementRule['cap']>,
  state: RuleState,
  at: number,
  day: (at: number) => string,
): number {
  const capDay = cap.per === 'day' ? day(at) : 'lifetime'
  if (capDay !== state.capDay) {
    state.capDay = capDay
    state.credited = 0
  }
  const room = cap.points - state.credited
  const granted = rule.points > 0 ? Math.min(rule.points, room) : Math.max(rule.points, room)
  state.credited += granted
  return granted
}

/** The rule's line in an explanation at an instant not before the last match. */
export function reasonOf(
  rule: EngagementRule,
  state: RuleState,
  at: number,
  halfLifeMs: number,
): ScoreReason {
  return {
    rule: rule.id,
    axis: 'engagement',
    points: rule.points,
    earned: state.earned,
    capped: state.capped,
    decayed: decayed(state.subtotal, state.asOf, at, halfLifeMs),
    count: state.count,
    events: [...state.events],
  }
}

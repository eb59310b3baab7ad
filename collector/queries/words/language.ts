import type { LifecycleStage } from '../../../shared/stages.ts'
import type { EngagementRule, FitRule } from '../../contracts/model.ts'
import type { ScoreReason } from '../../contracts/state.ts'
import type { Closer } from '../closers.ts'
import type { Missing } from '../missing.ts'
import type { Summary } from '../summary.ts'

/**
 * What is said about rules, conditions and reasons: to a salesperson, in the API, on the command line, wherever words are
 * shown. Everything said is decided before, as data (rule ids, numbers, instants, durations); a language only says it.
 *
 * To add one: a folder beside `english/` and an object that implements this interface. No sentence is put together outside
 * of a language, so word order, cases and plurals are its own affair. What a marketer wrote in goldpan.yaml (rule ids,
 * categories, lists) is in the marketer's language and is quoted as it stands.
 */
export interface Language {
  /** BCP 47 */
  readonly tag: string
  /** one thing that is missing, as a line of a list */
  readonly missing: (missing: Missing, when: When) => string
  /** a single thing that would be enough, as a sentence without its full stop */
  readonly closer: (closer: Closer, when: When) => string
  /** what a rule's line of an explanation stands for, its cap and its decay */
  readonly reason: (line: ReasonLine) => string
  /** two to four sentences that a salesperson would say */
  readonly summary: (summary: Summary) => string
  readonly trait: (name: string) => string
  readonly stage: (stage: LifecycleStage) => string
  /** an instant by day and minute */
  readonly moment: (at: number, when: When) => string
}

/** The instant from which things are seen, epoch ms, and the time zone of the model. */
export interface When {
  readonly at: number
  readonly timezone: string
}

/** A line of an explanation with the rule it comes from. */
export type ReasonLine =
  | { readonly axis: 'fit'; readonly reason: ScoreReason; readonly rule: FitRule }
  | { readonly axis: 'engagement'; readonly reason: ScoreReason; readonly rule: EngagementRule }

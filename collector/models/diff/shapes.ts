import type { Refusal } from './guard.ts'
import type { Verdict } from './outcome.ts'
import type { Interval } from './wilson.ts'

/**
 * What `goldpan model diff` found: plain data, as `--json` prints it and a dashboard can draw it. Instants are epoch ms,
 * durations ms. Speaks of identified people, and of an MQL as of the first time a model makes somebody one.
 */
export interface ModelDiff {
  readonly site: string
  readonly old: ModelName
  readonly new: ModelName
  readonly period: Period
  /** IANA name: the new model's, by which days are told */
  readonly timezone: string
  /** identified people in the history up to the period's end */
  readonly leads: number
  /** people who become an MQL within the period */
  readonly mqls: Both<number>
  /** of these, whom time or a gate puts back to lead by the period's end, if nobody takes them up */
  readonly cooled: Both<number>
  /** MQLs within the period under one model; under the other none by its end */
  readonly gained: Group
  readonly lost: Group
  /** MQLs under both, within the period under one at least */
  readonly kept: Group
  /** every difference between the models, and whom it decided about; most people first, the idle ones last */
  readonly changes: readonly ChangeEffect[]
  readonly perWeek: readonly Bucket[]
  readonly perMonth: readonly Bucket[]
  /** of the new model, else the old one; null: neither says */
  readonly mqlsPerMonthTarget: number | null
  readonly timing: Timing
  readonly quality: Quality
  /** what the leak guard kept from the models, as far as one of them asks for it */
  readonly refused: readonly RefusedInput[]
}

export interface Both<T> {
  readonly old: T
  readonly new: T
}

export interface ModelName {
  /** as the command line has it: a path, `version 3` */
  readonly label: string
  readonly name: string
  /** null: never published */
  readonly version: number | null
}

/** Both ends inclusive, epoch ms. */
export interface Period {
  readonly since: number
  readonly until: number
}

export interface Group {
  readonly total: number
  /** what became of them with sales so far */
  readonly outcomes: Readonly<Record<Verdict, number>>
  /** those with a good outcome first, then the latest; of the kept, whose time moved furthest; no more than were asked for */
  readonly people: readonly PersonDiff[]
}

export interface PersonDiff {
  readonly id: string
  readonly who: Who
  /** when each model first makes them an MQL */
  readonly oldAt: number | null
  readonly newAt: number | null
  readonly outcome: Verdict
  /** what weighed most at that moment: ids of rules, at most three; for kept people none */
  readonly rules: readonly string[]
  /** why the models disagree, in words; for kept people empty */
  readonly why: string
  /** the same as ids of changes; null for kept people */
  readonly because: Pick<Causes, 'kind' | 'changes'> | null
}

/**
 * Why one model makes a person an MQL and the other does not. `needed`: without any one of these changes the models would
 * agree. `enough`: no single one is needed, but each of these alone would do the same. `together`: only several do.
 */
export interface Causes {
  readonly kind: 'needed' | 'enough' | 'together'
  /** ids of changes */
  readonly changes: readonly string[]
  /** what weighed most at the moment of the MQL: ids of rules, the heaviest first */
  readonly rules: readonly string[]
}

/** What tells a person apart without naming them. */
export interface Who {
  readonly jobTitle: string | null
  /** name, else the domain of the e-mail */
  readonly company: string | null
}

export interface ChangeEffect {
  readonly id: string
  readonly text: string
  /** for how many of these it made the difference, alone or with others */
  readonly gained: number
  readonly lost: number
}

export interface Bucket {
  /** the first day, `YYYY-MM-DD` in the model's time zone */
  readonly start: string
  /** days of it that lie in the period; a whole week has 7 */
  readonly days: number
  readonly old: number
  readonly new: number
}

export interface Timing {
  /** kept people whom the new model finds sooner, and the median of how much */
  readonly earlier: Moved
  readonly later: Moved
  readonly same: number
  /** first visit to MQL, over the MQLs of the period */
  readonly firstVisitToMql: Both<Median>
  /** how long they stay one if nobody takes them up: until it ended, or until time alone will end it; others are left out */
  readonly staysMql: Both<Median>
}

export interface Moved {
  readonly count: number
  /** null below the least n */
  readonly medianMs: number | null
}

export interface Median {
  /** over how many */
  readonly n: number
  /** null below the least n */
  readonly medianMs: number | null
}

/** How the models' MQLs stand against what sales said of them (outcome.ts). */
export interface Quality {
  readonly maturityMs: number
  /** below this no figure is shown */
  readonly minN: number
  readonly precision: Both<Precision>
  readonly recall: Both<Recall>
  /** whether the new model's figure differs from the old one's beyond chance */
  readonly verdict: { readonly precision: Comparison; readonly recall: Comparison }
}
/** `no_clear_difference`: the intervals overlap. `not_enough_data`: one of the two has fewer than the least n. */
export type Comparison = 'higher' | 'lower' | 'no_clear_difference' | 'not_enough_data'

/** k of n; the figures are null below the least n. */
export interface Share {
  readonly k: number
  readonly n: number
  readonly share: number | null
  readonly interval: Interval | null
}

/** Of the MQLs of the period that sales has judged: how many were good. The rest of them, by why they do not count. */
export interface Precision extends Share {
  /** became an MQL less than the maturity window before the period's end */
  readonly tooYoung: number
  /** old enough, and sales has said nothing: many of whom only one model calls, sales never saw */
  readonly unjudged: number
  /** this model calls them only after the verdict of sales fell */
  readonly afterVerdict: number
  /** of the n: called only after sales had taken them up, whose later visits may be sales' doing */
  readonly afterContact: number
}

/** Of the people in whom sales found a good lead within the period: how many the model had called before. */
export interface Recall extends Share {
  /** gave their contact data less than the maturity window before the period's end */
  readonly tooYoung: number
}

export interface RefusedInput extends Refusal {
  /** for how many people */
  readonly people: number
  /** what asks for it, as `new: budget-known` */
  readonly askedBy: readonly string[]
}

import type { Outcome } from './outcome.ts'
import type { Both, Comparison, Period, Precision, Quality, Recall, Share } from './shapes.ts'
import type { PersonSummary } from './summary.ts'
import { overlap, wilson } from './wilson.ts'

export interface QualityTerms {
  readonly period: Period
  /** people younger than this at the period's end have had no time for an outcome */
  readonly maturityMs: number
  /** below this no figure is shown */
  readonly minN: number
}

type Side = keyof Both<unknown>

/** How well each model's MQLs agree with what sales found. */
export function qualityOf(people: readonly PersonSummary[], terms: QualityTerms): Quality {
  const precision = { old: precisionOf('old', people, terms), new: precisionOf('new', people, terms) }
  const recall = { old: recallOf('old', people, terms), new: recallOf('new', people, terms) }
  const { maturityMs, minN } = terms
  const verdict = { precision: compared(precision), recall: compared(recall) }
  return { maturityMs, minN, precision, recall, verdict }
}

function precisionOf(side: Side, people: readonly PersonSummary[], terms: QualityTerms): Precision {
  const count = { k: 0, n: 0, tooYoung: 0, unjudged: 0, afterVerdict: 0, afterContact: 0 }
  for (const { outcome, contactedAt, [side]: mql } of people) {
    if (mql === null || !isWithin(mql.at, terms.period)) continue
    const bar = whyNotJudged(mql.at, outcome, terms)
    count[bar ?? 'n'] += 1
    if (bar !== null) continue
    if (outcome.verdict === 'good') count.k += 1
    if (contactedAt !== null && mql.at > contactedAt) count.afterContact += 1
  }
  return { ...count, ...shareOf(count, terms.minN) }
}

/** What keeps an MQL from being judged by its outcome; null: nothing does. */
function whyNotJudged(mqlAt: number, outcome: Outcome, terms: QualityTerms) {
  if (mqlAt > ripeBefore(terms)) return 'tooYoung'
  if (outcome.at === null) return 'unjudged'
  return mqlAt > outcome.at ? 'afterVerdict' : null
}

function recallOf(side: Side, people: readonly PersonSummary[], terms: QualityTerms): Recall {
  const ripe = ripeBefore(terms)
  const count = { k: 0, n: 0, tooYoung: 0 }
  for (const { outcome, leadAt, [side]: mql } of people) {
    const { verdict, at } = outcome
    if (verdict !== 'good' || at === null || !isWithin(at, terms.period)) continue
    if (leadAt > ripe) count.tooYoung += 1
    else {
      count.n += 1
      if (mql !== null && mql.at <= at) count.k += 1
    }
  }
  return { ...count, ...shareOf(count, terms.minN) }
}

const ripeBefore = ({ period, maturityMs }: QualityTerms): number => period.until - maturityMs

export const isWithin = (at: number, { since, until }: Period): boolean => at >= since && at <= until

function shareOf({ k, n }: Pick<Share, 'k' | 'n'>, minN: number): Share {
  const interval = n < minN ? null : wilson(k, n)
  return { k, n, share: interval && k / n, interval }
}

/** Intervals that overlap leave it open which share is the greater: said so rather than guessed. */
function compared({ old, new: fresh }: Both<Share>): Comparison {
  if (!old.interval || !fresh.interval) return 'not_enough_data'
  if (overlap(old.interval, fresh.interval)) return 'no_clear_difference'
  return fresh.interval.low > old.interval.high ? 'higher' : 'lower'
}

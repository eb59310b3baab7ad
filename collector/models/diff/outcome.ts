import { byOccurrence, type Fact } from '../../contracts/facts.ts'

/**
 * What became of a person in the eyes of sales, read from people's decisions alone:
 * `good`: ever moved to sales_qualified or customer; `bad`: not that, and given back (lead, nurturing) or disqualified at
 * the last word; `open`: no word yet, or none beyond accepting.
 */
export interface Outcome {
  readonly verdict: Verdict
  /** epoch ms at which the verdict fell: the first good move, or the first of the last unbroken run of bad ones; null: open */
  readonly at: number | null
}
export type Verdict = 'good' | 'bad' | 'open'

const GOOD: ReadonlySet<unknown> = new Set(['sales_qualified', 'customer'])
const BAD: ReadonlySet<unknown> = new Set(['lead', 'nurturing', 'disqualified'])

/** @param decisions about one person, in any order */
export function outcomeOf(decisions: readonly Fact[]): Outcome {
  const ordered = [...decisions].sort(byOccurrence)
  const won = ordered.find(({ props }) => GOOD.has(props.to))
  if (won) return { verdict: 'good', at: won.occurredAt }
  const lastOther = ordered.findLastIndex(({ props }) => !BAD.has(props.to))
  const refused = ordered[lastOther + 1]
  return refused ? { verdict: 'bad', at: refused.occurredAt } : { verdict: 'open', at: null }
}

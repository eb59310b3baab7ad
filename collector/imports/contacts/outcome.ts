import type { LifecycleStage } from '../../../shared/stages.ts'
import { compileLexicon, wordsOf } from '../../enrich/words.ts'
import { legalMove } from '../../lifecycle/stages.ts'
import { OUTCOMES, type OutcomeKind } from './outcome-words.ts'

/** What the CRM says became of a contact. */
export interface Outcome {
  /** null: nothing that moves a lead */
  readonly to: Goal | null
  /** `unknown`: no word for it is known */
  readonly kind: OutcomeKind | 'unknown'
  /** the cell that says so, as the CRM has it */
  readonly word: string
}

export type Goal = 'customer' | 'disqualified' | 'nurturing' | 'sales_qualified' | 'sal'

const GOALS: Readonly<Record<OutcomeKind, Goal | null>> = {
  customer: 'customer',
  disqualified: 'disqualified',
  nurturing: 'nurturing',
  no_budget: 'nurturing',
  sales_qualified: 'sales_qualified',
  sal: 'sal',
  own: null,
  lead: null,
  former: null,
}

/** Of several columns the one that says most: an open lifecycle stage beside a lost deal is lost. */
const BY_WEIGHT: readonly Outcome['kind'][] = [
  'former',
  'customer',
  'disqualified',
  'no_budget',
  'nurturing',
  'sales_qualified',
  'sal',
  'own',
  'lead',
  'unknown',
]

const kindOf = compileLexicon(OUTCOMES)

/** What the cells of a row's outcome columns come to; null when there is none. */
export function outcomeIn(cells: readonly string[]): Outcome | null {
  const all = cells.map((word): Outcome => {
    const kind = kindOf(wordsOf(word)) ?? 'unknown'
    return { kind, word, to: kind === 'unknown' ? null : GOALS[kind] }
  })
  return all.reduce<Outcome | null>(
    (most, one) => (most && weightOf(most) <= weightOf(one) ? most : one),
    null,
  )
}

/** Less is weightier. */
export const weightOf = ({ kind }: Outcome): number => BY_WEIGHT.indexOf(kind)

const FORWARD: readonly LifecycleStage[] = ['sal', 'sales_qualified', 'customer']

/**
 * The moves that take a lead where the CRM says it is, each legal after the one before (lifecycle/stages.ts): a customer was
 * accepted and qualified by sales first. Never through `mql`, which Goldpan finds itself and tells sales of. Empty when
 * the lead is there, or further: what sales does here knows better than an export.
 */
export function movesTo(from: LifecycleStage, to: Goal): readonly LifecycleStage[] {
  const goal = FORWARD.indexOf(to)
  if (goal < 0) return from !== to && legalMove(from, to) ? [to] : []
  const at = FORWARD.indexOf(from)
  if (at >= 0) return FORWARD.slice(at + 1, goal + 1)
  const reopened: readonly LifecycleStage[] = from === 'disqualified' ? ['lead'] : []
  return [...reopened, ...FORWARD.slice(0, goal + 1)]
}

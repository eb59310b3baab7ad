import type { LifecycleStage } from '../../shared/stages.ts'

/**
 * The moves a person (sales, operator, CRM) may make; Goldpan itself moves only anonymous → lead, lead or nurturing →
 * mql, and mql → lead (mission.md, Funnel; scoring.md, fine print).
 */
const MOVES: Readonly<Record<LifecycleStage, readonly LifecycleStage[]>> = {
  anonymous: [],
  lead: ['mql', 'sal', 'nurturing', 'disqualified'],
  mql: ['lead', 'sal', 'nurturing', 'disqualified'],
  sal: ['sales_qualified', 'nurturing', 'disqualified'],
  sales_qualified: ['customer', 'nurturing', 'disqualified'],
  customer: [],
  nurturing: ['lead', 'mql', 'sal', 'disqualified'],
  disqualified: ['lead', 'nurturing'],
}

export const movesFrom = (stage: LifecycleStage): readonly LifecycleStage[] => MOVES[stage]

export const legalMove = (from: LifecycleStage, to: LifecycleStage): boolean => MOVES[from].includes(to)

const LEAVES_EPISODE: ReadonlySet<LifecycleStage> = new Set(['lead', 'nurturing', 'disqualified'])

/** An episode runs from entering mql to leaving it for lead, nurturing or disqualified (scoring.md). */
export const endsEpisode = (stage: LifecycleStage): boolean => LEAVES_EPISODE.has(stage)

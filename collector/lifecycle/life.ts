import type { LifecycleStage } from '../../shared/stages.ts'
import type { ScoringModel } from '../contracts/model.ts'
import type { MqlPath, MqlState, ScoreReason, StageTransition } from '../contracts/state.ts'
import { currentScore } from '../scoring/decay.ts'
import type { Standing } from './policy.ts'
import { endsEpisode } from './stages.ts'

/** A person's way through the funnel so far. Immutable: every move returns a new one. */
export interface Life {
  readonly stage: LifecycleStage
  /** the open episode, from mql on through sal and sales_qualified */
  readonly mql: MqlState | null
  /** the latest return to nurturing; null: never recycled */
  readonly recycled: { readonly at: number; readonly reason: string } | null
  /** epoch ms of the latest episode that the fast track opened; null: none */
  readonly fastTracked: number | null
  /** a person put them where they are, and nothing has happened since that the policy could judge by */
  readonly byWord: boolean
  readonly transitions: readonly StageTransition[]
}

export const NEWBORN: Life = {
  stage: 'anonymous',
  mql: null,
  recycled: null,
  fastTracked: null,
  byWord: false,
  transitions: [],
}

/** An instant at which the policy looks at a person, and what it sees. */
export interface Moment {
  readonly at: number
  readonly version: number
  readonly model: ScoringModel
  readonly standing: Standing
  readonly cause: StageTransition['cause']
  /** a behaviour event: the only kind at which a recycled lead may qualify again */
  readonly behaviour: boolean
  /** engagement earned since the latest recycling, decayed */
  readonly newPoints: number
  /** the latest match of the fast track's rule that counts; null: none */
  readonly fastTrackAt: number | null
  /** the explanation as of this moment, made only when it is kept */
  readonly reasons: () => readonly ScoreReason[]
}

interface Move {
  readonly to: LifecycleStage
  readonly reason: string
  readonly actor?: string
  readonly path?: MqlPath
}

/** Moves a life to a stage: opens, keeps or ends the episode, and writes the transition down. */
export function move(
  life: Life,
  moment: Moment,
  { to, reason, actor = 'goldpan', path = 'decision' }: Move,
): Life {
  const { at, version, cause } = moment
  const transition = { from: life.stage, to, at, actor, reason, model: version, cause }
  return {
    stage: to,
    mql: to === 'mql' ? snapshot(moment, path) : endsEpisode(to) ? null : life.mql,
    recycled: to === 'nurturing' ? { at, reason } : life.recycled,
    fastTracked: path === 'fast_track' ? at : life.fastTracked,
    byWord: cause === 'decision',
    transitions: [...life.transitions, transition],
  }
}

/** The moment of the MQL, kept as it was: what sales is told and can always ask about. */
function snapshot({ at, standing, reasons }: Moment, by: MqlPath): MqlState {
  return {
    since: at,
    by,
    fitScore: standing.fit.score,
    fitGrade: standing.fit.grade,
    engagementScore: currentScore(standing.engagement, at),
    reasons: reasons(),
  }
}

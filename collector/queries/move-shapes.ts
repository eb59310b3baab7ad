import type { FitGrade } from '../../shared/grades.ts'
import type { LifecycleStage } from '../../shared/stages.ts'
import type { Handoff, HandoffStatus, ScoreReason, StageTransition } from '../contracts/state.ts'
import { rfc3339 } from './rfc3339.ts'

/** Moves of a lead, and what sales was told of them, as the API shows them (docs/api.md). */

export interface HandoffShape {
  readonly id: string
  readonly at: string
  readonly status: HandoffStatus
  readonly reasons: readonly ScoreReason[]
  readonly fit: { readonly score: number; readonly grade: FitGrade }
  readonly engagement: { readonly score: number }
}

export interface TransitionShape {
  readonly from: LifecycleStage
  readonly to: LifecycleStage
  readonly at: string
  readonly actor: string
  readonly reason: string
  readonly model: number
}

export const handoffShape = (handoff: Handoff): HandoffShape => ({
  id: handoff.id,
  at: rfc3339(handoff.toldAt),
  status: handoff.status,
  reasons: handoff.reasons,
  fit: { score: handoff.fitScore, grade: handoff.fitGrade },
  engagement: { score: handoff.engagementScore },
})

export const transitionShape = ({
  from,
  to,
  at,
  actor,
  reason,
  model,
}: StageTransition): TransitionShape => ({
  from,
  to,
  at: rfc3339(at),
  actor,
  reason,
  model,
})

import { type Closer, closersOf } from './closers.ts'
import type { Inquiry } from './inquiry.ts'
import { type Missing, missingOf, type TraitGap, unknownTraits } from './missing.ts'

/** What is missing for an MQL as of an instant, and what would be enough, as data. */
export interface Findings {
  readonly missing: readonly Missing[]
  /** fit rules that cannot be judged, whatever the stage */
  readonly unknown: readonly TraitGap[]
  readonly closers: readonly Closer[]
}

export function findingsOf(inquiry: Inquiry): Findings {
  const { state, version, at, counting, newPoints } = inquiry
  const { model } = version
  return {
    missing: missingOf({ state, model, at, counting }, newPoints),
    unknown: unknownTraits(state, model),
    closers: closersOf(inquiry),
  }
}

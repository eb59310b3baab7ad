import type { Condition } from '../collector/contracts/model.ts'

/** What an MQL needs on each axis, as far as the definition says so plainly; null where it does not. */
export interface QualifyingBar {
  readonly fit: number | null
  readonly engagement: number | null
}

export const NO_BAR: QualifyingBar = { fit: null, engagement: null }

/**
 * The floors of `mql.when` that always apply: its own and those in its `all`. A floor within `any` is one way among
 * others and makes no line in a picture.
 */
export const qualifyingBar = (when: Condition): QualifyingBar => ({
  fit: floorOf(when, 'fit'),
  engagement: floorOf(when, 'engagement'),
})

function floorOf(condition: Condition, axis: keyof QualifyingBar): number | null {
  if ('all' in condition) {
    const floors = condition.all.map(part => floorOf(part, axis)).filter(floor => floor !== null)
    return floors.length > 0 ? Math.max(...floors) : null
  }
  if (!('key' in condition) || condition.key !== axis || !('from' in condition.is)) return null
  return condition.is.from ?? null
}

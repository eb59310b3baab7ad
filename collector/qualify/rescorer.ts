import type { Clock } from '../contracts/clock.ts'
import type { Signals } from '../signals.ts'
import type { ModelStore, Rescoring } from '../storage/model-store.ts'

/** How many timelines are marked, or rows swept away, in one commit: some ten milliseconds (our choice). */
const STEP = 500

export interface Rescorer {
  /**
   * One step with every generation being prepared, and with what earlier ones left: mark the next timelines, switch when
   * all are computed, sweep.
   * @returns whether anything was done
   */
  goOn(): Promise<boolean>
}

export interface RescorerDeps {
  readonly store: ModelStore
  readonly clock: Clock
  readonly signals: Signals
}

/**
 * Prepares generations in the background. All it knows is in the store, so a process that ends loses nothing: the next
 * one goes on where this one was.
 */
export function startRescorer({ store, clock, signals }: RescorerDeps): Rescorer {
  // After a start there may be rows that an earlier process did not come to sweep.
  let swept = false
  return {
    goOn: async () => {
      const rescorings = await store.rescorings()
      for (const rescoring of rescorings) if (await step(rescoring)) return true
      if (swept) return false
      swept = (await store.sweepGenerations(STEP)) === 0
      return !swept
    },
  }

  async function step(rescoring: Rescoring): Promise<boolean> {
    if ((await store.markForRescoring(rescoring, STEP)) > 0) return true
    if ((await store.switchGeneration(rescoring, clock())) === 'not_yet') return false
    swept = false
    signals.emit({ kind: 'switched', site: rescoring.site })
    return true
  }
}

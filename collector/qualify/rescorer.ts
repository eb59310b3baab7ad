import { SECOND_MS } from '../../shared/time.ts'
import type { Clock } from '../contracts/clock.ts'
import type { Signals } from '../signals.ts'
import type { ModelStore, Rescoring } from '../storage/model-store.ts'

/** How many timelines are marked, or rows swept away, in one commit: some ten milliseconds (our choice). */
const STEP = 500

/** So many timelines are computed while live traffic waits, for a fraction of a second: a small site is ready at once. */
const CATCH_UP = 1_000
/** Should more and more come meanwhile, live traffic does not wait longer than this. */
const CATCH_UP_MS = 2 * SECOND_MS

/** What a round may do. */
export interface Leave {
  /** a generation whose time has come: its timelines before any other; null: none */
  readonly only: Rescoring | null
  /** epoch ms from which another version judges: nothing is decided by the one before it */
  readonly until: number
}

const FREE: Leave = { only: null, until: Number.POSITIVE_INFINITY }

export interface Rescorer {
  /**
   * Before each round: shows generations that are ready at their time, so that no instant is ever judged by the version
   * before. One that cannot be ready in time is given another.
   */
  leave(): Promise<Leave>
  /**
   * One step with every generation being prepared, and with what earlier ones left: mark the next timelines, switch when
   * all are computed, sweep.
   * @returns whether anything was done
   */
  goOn(): Promise<boolean>
  /** Whether a generation whose time has come waits for its last timelines: it is shown when none of them is dirty. */
  isAwaited(): Promise<boolean>
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

  async function show(rescoring: Rescoring): Promise<boolean> {
    if ((await store.switchGeneration(rescoring, clock())) === 'not_yet') return false
    swept = false
    signals.emit({ kind: 'switched', site: rescoring.site })
    return true
  }

  async function postpone(rescoring: Rescoring): Promise<number> {
    const now = clock()
    const given = Math.max(SECOND_MS, rescoring.inForceAt - rescoring.passAt)
    const inForceAt = now + 2 * given
    await store.postponeGeneration(rescoring, { inForceAt, now })
    return inForceAt
  }

  async function leaveOf(rescoring: Rescoring): Promise<Leave> {
    if (rescoring.inForceAt > clock()) return { only: null, until: rescoring.inForceAt }
    if (rescoring.isReady && (await show(rescoring))) return FREE
    return isNear(rescoring, clock())
      ? { only: rescoring, until: Number.POSITIVE_INFINITY }
      : { only: null, until: await postpone(rescoring) }
  }

  return {
    leave: async () => {
      let until = Number.POSITIVE_INFINITY
      for (const rescoring of (await store.rescorings()).filter(bringsAVersion)) {
        const next = await leaveOf(rescoring)
        if (next.only) return next
        until = Math.min(until, next.until)
      }
      return { only: null, until }
    },
    goOn: async () => {
      for (const rescoring of await store.rescorings()) {
        if ((await store.markForRescoring(rescoring, STEP)) > 0 || (await show(rescoring))) return true
      }
      if (swept) return false
      swept = (await store.sweepGenerations(STEP)) === 0
      return !swept
    },
    isAwaited: async () => (await store.rescorings()).some(({ inForceAt }) => inForceAt <= clock()),
  }
}

/** A rebuild judges by the versions there are: no instant of it is anybody's. */
const bringsAVersion = ({ version }: Rescoring): boolean => version !== null

const isNear = ({ total, done, inForceAt }: Rescoring, now: number): boolean =>
  total - done <= CATCH_UP && now < inForceAt + CATCH_UP_MS

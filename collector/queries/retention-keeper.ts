import { HOUR_MS } from '../../shared/time.ts'
import { applyRetention, type RetentionDeps, type RetentionPeriods } from './retention.ts'

/** How often it is looked for what has become too old, real time (our choice). */
const EVERY_MS = HOUR_MS
/** Between two commits: an event that comes meanwhile waits for one at most (our choice). */
const PAUSE_MS = 50

export interface KeeperDeps extends Omit<RetentionDeps, 'pause' | 'stop'> {
  readonly periods: RetentionPeriods
  readonly onError: (error: unknown) => void
  /** real time, ms. @default an hour */
  readonly everyMs?: number
}

/** Applies retention to every site, again and again, behind live traffic. @returns what ends it */
export function startRetention(deps: KeeperDeps): () => Promise<void> {
  const stopping = new AbortController()
  let running: Promise<void> | null = null
  const timer = setInterval(() => {
    running ??= sweepAll(deps, stopping.signal).finally(() => {
      running = null
    })
  }, deps.everyMs ?? EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    stopping.abort()
    await running
  }
}

async function sweepAll(deps: KeeperDeps, stop: AbortSignal): Promise<void> {
  try {
    for (const { id } of await deps.store.sites())
      await applyRetention({ ...deps, stop, pause }, id, deps.periods)
  } catch (error) {
    deps.onError(error)
  }
}

/** Lets live traffic through. */
export const pause = (): Promise<void> => new Promise(resolve => setTimeout(resolve, PAUSE_MS))

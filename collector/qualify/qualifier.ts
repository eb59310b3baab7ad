import type { ModelStore } from '../storage/model-store.ts'
import { type StateStore, StoreError } from '../storage/store.ts'
import { createFolds } from './folds.ts'
import { startRescorer } from './rescorer.ts'
import { qualifyRound, type RoundDeps } from './round.ts'

/** How often due instants are looked for, real time: a cooled lead is published within this of its instant. */
const DUE_EVERY_MS = 1_000

export interface Qualifier {
  /** Something is dirty: look now. */
  wake(): void
  /** Resolves when nothing is dirty or due, and no generation waits for its switch but for one whose time has not come. */
  settle(): Promise<void>
  /** Finishes the round under way and stops. Nothing is lost: what is dirty stays so in the store. */
  stop(): Promise<void>
}

export interface QualifierDeps extends Omit<RoundDeps, 'folds'> {
  readonly store: StateStore & ModelStore
}

/**
 * The worker behind ingest: dirty subjects first, live ones before what is rescored, then leads whose due instant has
 * come; one round at a time.
 */
export function startQualifier(given: QualifierDeps): Qualifier {
  const deps = { ...given, folds: createFolds(), onError: damageOnce(given.onError) }
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  const rescorer = startRescorer(deps)
  const timer = setInterval(wake, DUE_EVERY_MS)
  const unsubscribe = deps.signals.subscribe(signal => {
    if (signal.kind === 'erased') deps.folds.forget(signal.site, signal.subjects)
    if (signal.kind === 'recorded' || signal.kind === 'erased') wake()
  })
  wake()
  return { wake, settle, stop }

  function wake(): void {
    void settle()
  }

  function settle(): Promise<void> {
    again = true
    running ??= drain().finally(() => {
      running = null
    })
    return running
  }

  async function drain(): Promise<void> {
    while (again && !stopped) {
      again = false
      try {
        while (!stopped && (await goOn()));
      } catch (error) {
        deps.onError(error, null)
      }
    }
  }

  /** Rescoring goes on only when live traffic leaves room. @returns whether there may be more to do */
  async function goOn(): Promise<boolean> {
    const { done, isFull } = await qualifyRound(deps, await rescorer.leave())
    const rescored = (!isFull || done === 0) && (await rescorer.goOn())
    return done > 0 || rescored
  }

  async function stop(): Promise<void> {
    stopped = true
    clearInterval(timer)
    unsubscribe()
    await running
  }
}

/** What cannot be read is tried at every look, and is the same until a backup is put in its place: each damage is told once. */
function damageOnce(onError: QualifierDeps['onError']): QualifierDeps['onError'] {
  const told = new Set<string>()
  return (error, subject) => {
    if (error instanceof StoreError && error.code === 'corrupt') {
      if (told.has(error.message)) return
      told.add(error.message)
    }
    onError(error, subject)
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { ModelStore } from '../storage/model-store.ts'
import { type StateStore, StoreError } from '../storage/store.ts'
import { createFolds } from './folds.ts'
import { startRescorer } from './rescorer.ts'
import { qualifyRound, type RoundDeps } from './round.ts'

/** How often due instants are looked for, real time: a cooled lead is published within this of its instant. */
const DUE_EVERY_MS = 1_000

/**
 * How long after one round the next begins, unless more waits than a round takes, or a generation for its last timelines:
 * who comes meanwhile shares its commit (our choice; what it saves stands in docs/benchmarks.md).
 */
const GATHER_MS = 10

export interface Qualifier {
  /** Something is dirty: look now, or shortly after a round that just ended. */
  wake(): void
  /**
   * Waits for nobody else to come. Resolves when nothing is dirty or due, and no generation waits for its switch but for
   * one whose time has not come.
   */
  settle(): Promise<void>
  /** Finishes the round under way and stops. Nothing is lost: what is dirty stays so in the store. */
  stop(): Promise<void>
}

export interface QualifierDeps extends Omit<RoundDeps, 'folds'> {
  readonly store: StateStore & ModelStore
  /** Resolves after `ms`, or when the signal comes. @default a timer */
  readonly gather?: (ms: number, signal: AbortSignal) => Promise<void>
}

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined)

/**
 * The worker behind ingest: dirty subjects first, live ones before what is rescored, then leads whose due instant has
 * come; one round at a time.
 */
export function startQualifier(given: QualifierDeps): Qualifier {
  const deps = { ...given, folds: createFolds(), onError: damageOnce(given.onError) }
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  let hurry = new AbortController()
  const { gather = wait } = given
  const rescorer = startRescorer(deps)
  const timer = setInterval(wake, DUE_EVERY_MS)
  const unsubscribe = deps.signals.subscribe(signal => {
    if (signal.kind === 'erased') deps.folds.forget(signal.site, signal.subjects)
    if (signal.kind === 'recorded' || signal.kind === 'erased') wake()
  })
  wake()
  return { wake, settle, stop }

  function wake(): void {
    again = true
    running ??= drain()
  }

  async function settle(): Promise<void> {
    hurry.abort()
    wake()
    await running
  }

  async function drain(): Promise<void> {
    while (again && !stopped) {
      try {
        await untilRest()
      } catch (error) {
        deps.onError(error, null)
      }
    }
    running = null
    hurry = new AbortController()
  }

  async function untilRest(): Promise<void> {
    while (!stopped) {
      again = false
      const next = await goOn()
      if (next === 'rest') return
      if (next === 'gather') await gather(GATHER_MS, hurry.signal)
    }
  }

  /** Rescoring goes on only when live traffic leaves room. @returns when there may be more to do */
  async function goOn(): Promise<'at once' | 'gather' | 'rest'> {
    const { done, isFull, isMore } = await qualifyRound(deps, await rescorer.leave())
    const rescored = (!isFull || done === 0) && (await rescorer.goOn())
    if (!rescored && done === 0) return 'rest'
    return rescored || isMore || (await rescorer.isAwaited()) ? 'at once' : 'gather'
  }

  async function stop(): Promise<void> {
    stopped = true
    clearInterval(timer)
    unsubscribe()
    hurry.abort()
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

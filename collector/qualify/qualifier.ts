import { setImmediate as nextTurn } from 'node:timers/promises'
import type { SubjectRef } from '../storage/store.ts'
import { type QualifyDeps, qualify } from './qualify.ts'

/** How many dirty subjects are looked at in one go: small, so that live ones overtake a backlog (our choice). */
const ROUND = 64

/** How often due instants are looked for, real time: a cooled lead is published within this of its instant. */
const DUE_EVERY_MS = 1_000

export interface Qualifier {
  /** Something is dirty: look now. */
  wake(): void
  /** Resolves when nothing is dirty or due. */
  settle(): Promise<void>
  /** Finishes the round under way and stops. Nothing is lost: what is dirty stays so in the store. */
  stop(): Promise<void>
}

export interface QualifierDeps extends QualifyDeps {
  /** A subject could not be qualified, or (null) the store did not answer: tried again at the next look. */
  readonly onError: (error: unknown, subject: SubjectRef | null) => void
}

/** The worker behind ingest: dirty subjects first, then leads whose due instant has come; one round at a time. */
export function startQualifier(deps: QualifierDeps): Qualifier {
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  const timer = setInterval(wake, DUE_EVERY_MS)
  const unsubscribe = deps.signals.subscribe(signal => {
    if (signal.kind === 'recorded') wake()
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
        while (!stopped && (await round(deps)) > 0);
      } catch (error) {
        deps.onError(error, null)
      }
    }
  }

  async function stop(): Promise<void> {
    stopped = true
    clearInterval(timer)
    unsubscribe()
    await running
  }
}

/**
 * One round. A subject that fails is left dirty and does not hold up the others.
 * @returns how many subjects were dealt with; 0 when nothing is left that can be
 */
async function round(deps: QualifierDeps): Promise<number> {
  const marks = await deps.store.dirty(ROUND)
  const due = marks.length < ROUND ? await deps.store.due(deps.clock(), ROUND - marks.length) : []
  const done = new Set<string>()
  for (const ref of [...marks, ...due]) {
    if (done.has(keyOf(ref))) continue
    // Requests go first: a backlog must not keep the process from answering.
    await nextTurn()
    try {
      for (const subject of await qualify(deps, ref, marks)) done.add(keyOf({ site: ref.site, subject }))
    } catch (error) {
      deps.onError(error, ref)
    }
  }
  return done.size
}

const keyOf = ({ site, subject }: SubjectRef): string => `${site}\0${subject}`

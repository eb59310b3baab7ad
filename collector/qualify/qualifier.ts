import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Signals } from '../signals.ts'
import type { ModelStore } from '../storage/model-store.ts'
import type { Decision, StateStore, SubjectRef } from '../storage/store.ts'
import { type QualifyDeps, qualify } from './qualify.ts'
import { type Rescorer, startRescorer } from './rescorer.ts'

/** How many dirty subjects are decided on in one commit: few, so that live ones overtake a backlog (our choice). */
const ROUND = 64

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

export interface QualifierDeps extends QualifyDeps {
  readonly store: StateStore & ModelStore
  readonly signals: Signals
  /** A subject could not be qualified, or (null) the store did not answer: tried again at the next look. */
  readonly onError: (error: unknown, subject: SubjectRef | null) => void
}

/**
 * The worker behind ingest: dirty subjects first, live ones before what is rescored, then leads whose due instant has
 * come; one round at a time.
 */
export function startQualifier(deps: QualifierDeps): Qualifier {
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  const rescorer = startRescorer(deps)
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
        while (!stopped && (await round(deps, rescorer)));
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

/** One round. @returns whether anything was done: there may be more */
async function round(deps: QualifierDeps, rescorer: Rescorer): Promise<boolean> {
  const marks = await deps.store.dirty(ROUND)
  const due = marks.length < ROUND ? await deps.store.due(deps.clock(), ROUND - marks.length) : []
  const decisions: Decision[] = []
  const decided = new Set<string>()
  for (const ref of [...marks, ...due]) {
    if (decided.has(keyOf(ref))) continue
    // Requests go first: a backlog must not keep the process from answering.
    await nextTurn()
    try {
      const decision = await qualify(deps, ref, marks)
      for (const subject of decision.subjects) decided.add(keyOf({ ...ref, subject }))
      decisions.push(decision)
    } catch (error) {
      deps.onError(error, ref)
    }
  }
  const written = await write(deps, decisions)
  const rescored = marks.length < ROUND && (await rescorer.goOn())
  return written > 0 || rescored
}

/**
 * Writes what was decided in one commit. A conflict means that somebody else wrote first: the marks stay, and the next
 * round sees what they wrote. When one cannot be written it is left dirty, and does not hold up the others.
 * @returns how many were dealt with
 */
async function write(deps: QualifierDeps, decisions: readonly Decision[]): Promise<number> {
  if (decisions.length === 0) return 0
  try {
    const outcomes = await deps.store.apply(decisions)
    for (const [index, decision] of decisions.entries()) {
      if (outcomes[index] === 'applied') announce(deps, decision)
    }
    return decisions.length
  } catch (error) {
    const [only, ...others] = decisions
    if (only && others.length === 0) {
      deps.onError(error, refOf(only))
      return 0
    }
    let written = 0
    for (const decision of decisions) written += await write(deps, [decision])
    return written
  }
}

const announce = ({ signals }: QualifierDeps, { site, persons, isShown }: Decision): void => {
  if (isShown) signals.emit({ kind: 'applied', site, persons })
}

const refOf = ({ site, subjects, generation }: Decision): SubjectRef => ({
  site,
  generation,
  subject: subjects[0] ?? '',
})

const keyOf = ({ site, subject, generation }: SubjectRef): string => `${site}\0${generation}\0${subject}`

import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Signals } from '../signals.ts'
import type { SubjectRef } from '../storage/store.ts'
import { keptOf, type Qualified, type QualifyDeps, qualify } from './qualify.ts'
import type { Leave } from './rescorer.ts'

/** How many dirty subjects are decided on in one commit: few, so that live ones overtake a backlog (our choice). */
const ROUND = 64

/** How many due leads are looked at beside them: an import must not keep a lead from cooling (our choice). */
const DUE = 16

export interface RoundDeps extends QualifyDeps {
  readonly signals: Signals
  /** A subject could not be qualified, or (null) the store did not answer: tried again at the next look. */
  readonly onError: (error: unknown, subject: SubjectRef | null) => void
}

/** One round: who is dirty, then who is due, decided one by one and written in one commit. */
export async function qualifyRound(
  deps: RoundDeps,
  { only, until }: Leave,
): Promise<{ readonly done: number; readonly isFull: boolean }> {
  const marks = await deps.store.dirty(ROUND, only ?? undefined)
  const due = only ? [] : await deps.store.due(deps.clock(), DUE)
  const all = await decideOn(deps, [...marks, ...due], until)
  return { done: await write(deps, all), isFull: marks.length === ROUND }
}

async function decideOn(
  deps: RoundDeps,
  refs: readonly SubjectRef[],
  until: number,
): Promise<readonly Qualified[]> {
  const all: Qualified[] = []
  const seen = new Set<string>()
  for (const ref of refs) {
    // Requests go first: a backlog must not keep the process from answering.
    await nextTurn()
    if (deps.clock() >= until) break
    const qualified = seen.has(keyOf(ref)) ? null : await attempt(deps, ref)
    const keys = qualified?.decision.subjects.map(subject => keyOf({ ...ref, subject })) ?? []
    // What is not written yet was not seen: people who are connected now wait for the next round.
    if (qualified && !keys.some(key => seen.has(key))) all.push(qualified)
    for (const key of keys) seen.add(key)
  }
  return all
}

async function attempt(deps: RoundDeps, ref: SubjectRef): Promise<Qualified | null> {
  try {
    return await qualify(deps, ref)
  } catch (error) {
    await failed(deps, ref, error)
    return null
  }
}

/**
 * Writes what was decided in one commit. A conflict means that somebody else wrote first: the marks stay, and the next
 * round sees what they wrote. When one cannot be written it is left dirty, and does not hold up the others.
 * @returns how many were dealt with
 */
async function write(deps: RoundDeps, all: readonly Qualified[]): Promise<number> {
  const [first, ...others] = all
  if (!first) return 0
  try {
    const outcomes = await deps.store.apply(all.map(({ decision }) => decision))
    for (const [index, one] of all.entries()) if (outcomes[index] === 'applied') wasWritten(deps, one)
    return all.length
  } catch (error) {
    if (others.length === 0) {
      for (const mark of first.decision.clears) await failed(deps, mark, error)
      return 0
    }
    let written = 0
    for (const one of all) written += await write(deps, [one])
    return written
  }
}

/** It stays dirty, behind the others. */
async function failed({ store, onError }: RoundDeps, ref: SubjectRef, error: unknown): Promise<void> {
  onError(error, ref)
  await store.postpone(ref)
}

/** Nobody hears of what is only being prepared. */
function wasWritten({ signals, folds }: RoundDeps, qualified: Qualified): void {
  const { site, persons, isShown } = qualified.decision
  if (!isShown) return
  folds.keep(keptOf(qualified))
  signals.emit({ kind: 'applied', site, persons })
}

const keyOf = ({ site, subject, generation }: SubjectRef): string => `${site}\0${generation}\0${subject}`

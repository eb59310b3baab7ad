import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Signals } from '../signals.ts'
import type { SubjectRef } from '../storage/store.ts'
import {
  type Company,
  type JoinsOthers,
  keptOf,
  type Qualified,
  type QualifyDeps,
  qualify,
} from './qualify.ts'
import type { Leave } from './rescorer.ts'

/** How many dirty subjects are decided on in one commit: few, so that live ones overtake a backlog (our choice). */
const ROUND = 64

/** How many due leads are looked at beside them: an import must not keep a lead from cooling (our choice). */
const DUE = 16

export interface RoundDeps extends QualifyDeps {
  readonly signals: Signals
  /** lets requests go first. @default the next turn of the event loop */
  readonly turn?: () => Promise<void>
  /** A subject could not be qualified, or (null) the store did not answer: tried again at the next look. */
  readonly onError: (error: unknown, subject: SubjectRef | null) => void
}

export interface Round {
  /** subjects dealt with */
  readonly done: number
  /** there may be more that are dirty than it took */
  readonly isFull: boolean
  /** there may be more that are dirty or due */
  readonly isMore: boolean
}

/** One round: who is dirty, then who is due, decided one by one and written in one commit. */
export async function qualifyRound(deps: RoundDeps, { only, until }: Leave): Promise<Round> {
  const marks = await deps.store.dirty(ROUND, only ?? undefined)
  const due = only ? [] : await deps.store.due(deps.clock(), DUE)
  const all = await decideOn(deps, [...marks, ...due], until)
  const isFull = marks.length === ROUND
  return { done: await write(deps, all), isFull, isMore: isFull || due.length === DUE }
}

/** A subject that was decided on, and those that turned out to be about the same people. */
interface Group {
  readonly ref: SubjectRef
  readonly others: string[]
  qualified: Qualified
}

/**
 * Decides for one after another. Many browsers may name one person at once: who names somebody who is being dealt with joins
 * them, and they are decided on together in the end, instead of once for each.
 */
async function decideOn(
  deps: RoundDeps,
  refs: readonly SubjectRef[],
  until: number,
): Promise<readonly Group[]> {
  const groups: Group[] = []
  const seen = new Set<string>()
  const byName = new Map<string, Group>()
  for (const ref of refs) {
    if (!(await mayGoOn(deps, until))) return groups
    if (!seen.has(keyOf(ref))) await decideOne(deps, ref, { groups, seen, byName })
  }
  for (const group of groups.filter(({ others }) => others.length > 0)) {
    if (!(await mayGoOn(deps, until))) return groups
    await decideTogether(deps, group, seen)
  }
  return groups
}

/** Requests go first: a backlog must not keep the process from answering. Who is not decided on by `until` stays dirty. */
async function mayGoOn({ turn = nextTurn, clock }: RoundDeps, until: number): Promise<boolean> {
  await turn()
  return clock() < until
}

/** A round so far: whom it has looked at, and under which names. */
interface SoFar {
  readonly groups: Group[]
  readonly seen: Set<string>
  readonly byName: Map<string, Group>
}

async function decideOne(deps: RoundDeps, ref: SubjectRef, { groups, seen, byName }: SoFar): Promise<void> {
  const keyOfName = (name: string): string => keyOf({ ...ref, subject: name })
  const found = await attempt(deps, ref, { others: [], isTaken: name => byName.has(keyOfName(name)) })
  if (found === null) return
  if ('taken' in found) {
    byName.get(keyOfName(found.taken))?.others.push(ref.subject)
    return
  }
  if (!take(found, ref, seen)) return
  const group: Group = { ref, others: [], qualified: found }
  groups.push(group)
  for (const name of namesIn(found)) byName.set(keyOfName(name), group)
}

/** What is not written yet was not seen: people who are connected now wait for the next round. */
function take({ decision }: Qualified, ref: SubjectRef, seen: Set<string>): boolean {
  const keys = decision.subjects.map(subject => keyOf({ ...ref, subject }))
  const isFree = !keys.some(key => seen.has(key))
  for (const key of keys) seen.add(key)
  return isFree
}

async function decideTogether(deps: RoundDeps, group: Group, seen: Set<string>): Promise<void> {
  const { ref, others, qualified } = group
  const own = new Set(qualified.decision.subjects)
  const found = await attempt(deps, ref, { others, isTaken: () => false })
  if (found === null || 'taken' in found) return
  const added = found.decision.subjects.filter(subject => !own.has(subject))
  if (added.some(subject => seen.has(keyOf({ ...ref, subject })))) return
  for (const subject of added) seen.add(keyOf({ ...ref, subject }))
  group.qualified = found
}

/** By which a newcomer may say that they are one of them: what their spans carry, and what their people go by besides. */
const namesIn = ({ folded }: Qualified): readonly string[] => [
  ...folded.spans.flatMap(({ identifier }) => identifier ?? []),
  ...[...folded.persons.values()].flatMap(({ whose }) => [...whose.names]),
]

async function attempt(
  deps: RoundDeps,
  ref: SubjectRef,
  company: Company,
): Promise<Qualified | JoinsOthers | null> {
  try {
    return await qualify(deps, ref, company)
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
async function write(deps: RoundDeps, all: readonly Group[]): Promise<number> {
  const [first, ...others] = all
  if (!first) return 0
  try {
    const outcomes = await deps.store.apply(all.map(({ qualified }) => qualified.decision))
    for (const [index, { qualified }] of all.entries())
      if (outcomes[index] === 'applied') wasWritten(deps, qualified)
    return all.length
  } catch (error) {
    return others.length === 0 ? couldNotBeWritten(deps, first, error) : writeEach(deps, all)
  }
}

async function writeEach(deps: RoundDeps, all: readonly Group[]): Promise<number> {
  let written = 0
  for (const one of all) written += await write(deps, [one])
  return written
}

async function couldNotBeWritten(deps: RoundDeps, { ref, qualified }: Group, error: unknown): Promise<0> {
  const { clears } = qualified.decision
  // a lead that was due has no mark
  for (const one of clears.length > 0 ? clears : [ref]) await failed(deps, one, error)
  return 0
}

/** It is dirty, behind the others. */
async function failed({ store, onError }: RoundDeps, ref: SubjectRef, error: unknown): Promise<void> {
  onError(error, ref)
  await store.postpone(ref)
}

/** Most visitors do once what they do: only of those who come again is it worth the memory to know what was folded. */
const wasThere = ({ decision }: Qualified): boolean =>
  Object.values(decision.expected).some(version => version > 0)

/** Nobody hears of what is only being prepared. */
function wasWritten({ signals, folds }: RoundDeps, qualified: Qualified): void {
  const { site, persons, isShown } = qualified.decision
  if (!isShown) return
  if (wasThere(qualified)) folds.keep(keptOf(qualified))
  signals.emit({ kind: 'applied', site, persons })
}

const keyOf = ({ site, subject, generation }: SubjectRef): string => `${site}\0${generation}\0${subject}`

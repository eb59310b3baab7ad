import { type Advanced, advancedOf, append, type Folded, fold } from '../advance/advance.ts'
import type { Clock } from '../contracts/clock.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { IdOf } from '../identity/resolve.ts'
import type { Component, Decision, StateStore, SubjectRef } from '../storage/store.ts'
import { loadUnlessTaken, type Seed } from './connected.ts'
import { decide, type StoredComponent } from './decision.ts'
import type { Folds, Kept } from './folds.ts'
import { presentOf } from './present.ts'

export interface QualifyDeps {
  readonly store: StateStore
  readonly clock: Clock
  /** the versions that judge a generation of a site (storage/model-store.ts), oldest first */
  readonly versionsOf: (site: string, generation?: number) => Promise<readonly ModelVersion[]>
  readonly idsOf: (site: string) => Promise<IdOf>
  readonly folds: Folds
}

/** What follows for a component, and what to keep of it once that is written. */
export interface Qualified {
  readonly decision: Decision
  readonly folded: Folded
}

/** With whom a subject is looked at. */
export interface Company {
  /** subjects that are known to name the same people */
  readonly others: readonly string[]
  /** whether somebody is being dealt with already, together with another subject */
  readonly isTaken: (identifier: string) => boolean
}

const ALONE: Company = { others: [], isTaken: () => false }

/** A subject names people who are being dealt with: by which identifier. */
export interface JoinsOthers {
  readonly taken: string
}

/**
 * The second transaction, for one subject, but for the writing: load what is connected to it, advance, and say what
 * follows. What comes in order is appended to what was folded before; anything else folds the whole component.
 */
export async function qualify(
  deps: QualifyDeps,
  ref: SubjectRef,
  { others, isTaken }: Company = ALONE,
): Promise<Qualified | JoinsOthers> {
  const { site, generation } = ref
  const [versions, idOf] = await Promise.all([deps.versionsOf(site, generation), deps.idsOf(site)])
  const loaded =
    (others.length === 0 ? await appended(deps, ref, versions) : null) ??
    (await whole(deps, { ...ref, others, idOf }, versions, isTaken))
  if ('taken' in loaded) return loaded
  const { folded, component } = loaded
  const advanced = advancedOf(folded)
  const handoffs = await deps.store.handoffsOf(site, everybodyIn(advanced, component))
  const { now } = folded
  const comingSince = component.isShown ? null : comingSinceOf(versions, await deps.versionsOf(site))
  const given = { site, generation, component, advanced, handoffs, versions, comingSince, idOf, now }
  const decision = decide(given)
  return { decision, folded }
}

/** A component to decide on: what is stored of it, and everything folded. */
interface Loaded {
  readonly folded: Folded
  readonly component: StoredComponent
}

async function whole(
  { store, clock }: QualifyDeps,
  seed: Seed,
  versions: readonly ModelVersion[],
  isTaken: Company['isTaken'],
): Promise<Loaded | JoinsOthers> {
  const { site, idOf } = seed
  const loaded = await loadUnlessTaken(store, seed, isTaken)
  if (typeof loaded === 'string') return { taken: loaded }
  const { facts } = loaded
  const component = asKept(loaded)
  const now = presentOf(Math.max(clock(), comesInForceAt(versions)), facts, component.persons)
  return { folded: fold({ site, facts, versions, idOf, now }), component }
}

/** @returns null when the component is not at hand, or cannot be appended to */
async function appended(
  { store, clock, folds }: QualifyDeps,
  ref: SubjectRef,
  versions: readonly ModelVersion[],
): Promise<Loaded | null> {
  const kept = folds.take(ref)
  const latest = kept?.folded.latest
  if (!kept || !latest) return null
  const { facts, marks } = await store.loadNews({ ...ref, subjects: kept.component.subjects }, latest)
  if (marks.some(({ earliest }) => earliest <= latest.occurredAt)) return null
  const now = presentOf(Math.max(clock(), comesInForceAt(versions)), facts, kept.component.persons)
  const folded = append(kept.folded, { facts, versions, now })
  return folded && { folded, component: { ...kept.component, marks } }
}

/**
 * Ids of who is there now, of who was, and of leads that were merged into others (their ids are timelines, of words on
 * them): sales may have been told of any.
 */
const everybodyIn = ({ persons, spans }: Advanced, component: StoredComponent): readonly string[] => [
  ...new Set([
    ...[...persons, ...component.persons, ...component.shown].map(({ id }) => id),
    ...spans.map(({ subject }) => subject),
  ]),
]

/** What to keep of a component whose decision was applied: each person it wrote is one version further. */
export function keptOf({ decision, folded }: Qualified): Kept {
  const { site, generation, persons, expected, subjects, isShown } = decision
  const written = persons.map(({ id, transitions }) => ({
    id,
    transitions,
    version: (expected[id] ?? 0) + 1,
  }))
  return { site, generation, folded, component: { subjects, persons: written, shown: written, isShown } }
}

/** Thousands of components are kept (folds.ts): of what is stored, no more than deciding needs. */
const asKept = ({ subjects, isShown, marks, persons, shown }: Component): StoredComponent => ({
  subjects,
  isShown,
  marks,
  persons: persons.map(({ state: { id, transitions }, version }) => ({ id, transitions, version })),
  shown: shown.map(({ id, transitions }) => ({ id, transitions })),
})

/** @param inForce the versions of what is shown */
function comingSinceOf(versions: readonly ModelVersion[], inForce: readonly ModelVersion[]): number | null {
  const newest = versions.at(-1)
  return newest && newest.version !== inForce.at(-1)?.version ? newest.publishedAt : null
}

/**
 * The time that a version comes in force at that is being prepared. The first version judges whatever was before it, too: its
 * time may be of a clock that was put right since.
 */
function comesInForceAt(versions: readonly ModelVersion[]): number {
  const [, ...later] = versions
  return later.at(-1)?.publishedAt ?? 0
}

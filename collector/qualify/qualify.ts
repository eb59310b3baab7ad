import { type Advanced, advancedOf, append, type Folded, fold } from '../advance/advance.ts'
import type { Clock } from '../contracts/clock.ts'
import type { Fact } from '../contracts/facts.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { IdOf } from '../identity/resolve.ts'
import type { Component, Decision, DirtyMark, StateStore, SubjectRef } from '../storage/store.ts'
import { loadConnected } from './connected.ts'
import { decide } from './decision.ts'
import type { Folds, Kept } from './folds.ts'

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

/**
 * The second transaction, for one subject, but for the writing: load what is connected to it, advance, and say what
 * follows. What comes in order is appended to what was folded before; anything else folds the whole component.
 * @param marks all marks in sight; those on the component are done with once the decision is applied
 */
export async function qualify(
  deps: QualifyDeps,
  ref: SubjectRef,
  marks: readonly DirtyMark[],
): Promise<Qualified> {
  const { site, generation } = ref
  const [versions, idOf] = await Promise.all([deps.versionsOf(site, generation), deps.idsOf(site)])
  const { folded, component } =
    (await goOn(deps, ref, { versions, marks })) ?? (await begin(deps, ref, { versions, idOf }))
  const advanced = advancedOf(folded)
  const handoffs = await deps.store.handoffsOf(site, everybodyIn(advanced, component))
  const ours = marksOf(ref, component, marks)
  const { now } = folded
  const decision = decide({
    site,
    generation,
    component,
    advanced,
    handoffs,
    versions,
    marks: ours,
    idOf,
    now,
  })
  return { decision, folded }
}

type Stored = Omit<Component, 'facts' | 'handoffs'>

/** Ids of who is there now, and of who was: sales may have been told of either. */
const everybodyIn = ({ persons }: Advanced, component: Stored): readonly string[] => [
  ...new Set(
    [...persons, ...component.persons.map(({ state }) => state), ...component.shown].map(({ id }) => id),
  ),
]

/** A component to decide on: what is stored of it, and everything folded. */
interface Loaded {
  readonly folded: Folded
  readonly component: Stored
}

async function begin(
  { store, clock }: QualifyDeps,
  { site, subject, generation }: SubjectRef,
  { versions, idOf }: { readonly versions: readonly ModelVersion[]; readonly idOf: IdOf },
): Promise<Loaded> {
  const { facts, handoffs: _, ...component } = await loadConnected(store, { site, subject, idOf, generation })
  const now = presentOf(clock(), facts, versions)
  return { folded: fold({ site, facts, versions, idOf, now }), component }
}

interface Arrival {
  readonly versions: readonly ModelVersion[]
  readonly marks: readonly DirtyMark[]
}

/** @returns null when the component is not at hand, or cannot be appended to */
async function goOn(
  { store, clock, folds }: QualifyDeps,
  ref: SubjectRef,
  { versions, marks }: Arrival,
): Promise<Loaded | null> {
  const kept = folds.take(ref)
  if (!kept) return null
  const { latest } = kept.folded
  const isInOrder = marksOf(ref, kept.component, marks).every(
    ({ earliest }) => latest && earliest > latest.occurredAt,
  )
  if (!latest || !isInOrder) return null
  const facts = await store.loadNews(ref.site, kept.component.subjects, latest)
  const folded = append(kept.folded, { facts, versions, now: presentOf(clock(), facts, versions) })
  return folded && { folded, component: kept.component }
}

/** What to keep of a component whose decision was applied: each person it wrote is one version further. */
export function keptOf({ decision, folded }: Qualified): Kept {
  const { site, generation, persons, expected, subjects } = decision
  return {
    site,
    generation,
    folded,
    component: {
      subjects,
      identifiers: [],
      persons: persons.map(state => ({ state, version: (expected[state.id] ?? 0) + 1 })),
      shown: persons,
      isShown: true,
    },
  }
}

const marksOf = (
  { site, generation }: SubjectRef,
  { subjects }: Pick<Component, 'subjects'>,
  marks: readonly DirtyMark[],
): readonly DirtyMark[] =>
  marks.filter(
    mark => mark.site === site && mark.generation === generation && subjects.includes(mark.subject),
  )

/** Never before the latest fact, nor before a version that is being prepared comes in force. */
const presentOf = (now: number, facts: readonly Fact[], versions: readonly ModelVersion[]): number =>
  Math.max(now, facts.at(-1)?.occurredAt ?? 0, versions.at(-1)?.publishedAt ?? 0)

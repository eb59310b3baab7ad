import { advance, claimOf } from '../advance/advance.ts'
import type { Clock } from '../contracts/clock.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { IdOf } from '../identity/resolve.ts'
import type { Component, Decision, DirtyMark, StateStore, SubjectRef } from '../storage/store.ts'
import { decide } from './decision.ts'

export interface QualifyDeps {
  readonly store: StateStore
  readonly clock: Clock
  /** the versions that judge a generation of a site (storage/model-store.ts), oldest first */
  readonly versionsOf: (site: string, generation?: number) => Promise<readonly ModelVersion[]>
  readonly idsOf: (site: string) => Promise<IdOf>
}

/**
 * The second transaction, for one subject, but for the writing: load everything connected to it, advance, and say what
 * follows.
 * @param marks all marks in sight; those on the component are done with once the decision is applied
 */
export async function qualify(
  deps: QualifyDeps,
  { site, subject, generation }: SubjectRef,
  marks: readonly DirtyMark[],
): Promise<Decision> {
  const [versions, idOf] = await Promise.all([deps.versionsOf(site, generation), deps.idsOf(site)])
  const component = await loadConnected(deps.store, { site, subject, idOf, generation })
  const now = presentOf(deps.clock(), component, versions)

  const advanced = advance({ site, facts: component.facts, versions, idOf, now })
  const ours = marks.filter(
    mark => mark.site === site && mark.generation === generation && component.subjects.includes(mark.subject),
  )
  return decide({ site, generation, component, advanced, versions, marks: ours, idOf, now })
}

/** Never before the latest fact, nor before a version that is being prepared comes in force. */
const presentOf = (now: number, { facts }: Component, versions: readonly ModelVersion[]): number =>
  Math.max(now, facts.at(-1)?.occurredAt ?? 0, versions.at(-1)?.publishedAt ?? 0)

export interface Seed {
  readonly site: string
  readonly subject: string
  readonly idOf: IdOf
  /** whose persons. @default the generation that is shown */
  readonly generation?: number
}

/**
 * Facts may name people whom no span knows yet: these connect too, with the decisions made about them, until nothing new
 * turns up.
 */
export async function loadConnected(
  store: Pick<StateStore, 'loadComponent'>,
  { site, subject, idOf, generation }: Seed,
): Promise<Component> {
  let named: readonly string[] = []
  for (;;) {
    const seeds = { subjects: [subject, ...named.map(idOf)], identifiers: named }
    const component = await store.loadComponent(site, seeds, generation)
    const claims = new Set(component.facts.map(claimOf).filter(claim => claim !== null))
    const known = new Set(component.identifiers)
    if ([...claims].every(claim => known.has(claim))) return component
    named = [...claims]
  }
}

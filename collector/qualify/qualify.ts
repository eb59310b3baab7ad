import { advance, claimOf } from '../advance/advance.ts'
import type { Clock } from '../contracts/clock.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { IdOf } from '../identity/resolve.ts'
import type { Signals } from '../signals.ts'
import type { Component, DirtyMark, StateStore, SubjectRef } from '../storage/store.ts'
import { decide } from './decision.ts'

export interface QualifyDeps {
  readonly store: StateStore
  readonly clock: Clock
  readonly signals: Signals
  /** published model versions of a site, oldest first */
  readonly versionsOf: (site: string) => Promise<readonly ModelVersion[]>
  readonly idsOf: (site: string) => Promise<IdOf>
}

/**
 * The second transaction, for one subject: load everything connected to it, advance, write what follows. A conflict means
 * that somebody else wrote first; the marks stay, and the next look sees what they wrote.
 * @param marks all marks in sight; those on the component are cleared with it
 * @returns the subjects that were dealt with
 */
export async function qualify(
  deps: QualifyDeps,
  { site, subject }: SubjectRef,
  marks: readonly DirtyMark[],
): Promise<readonly string[]> {
  const { store, clock, signals } = deps
  const [versions, idOf] = await Promise.all([deps.versionsOf(site), deps.idsOf(site)])
  const component = await loadConnected(store, idOf, site, subject)
  const now = Math.max(clock(), component.facts.at(-1)?.occurredAt ?? 0)

  const advanced = advance({ site, facts: component.facts, versions, idOf, now })
  const ours = marks.filter(mark => mark.site === site && component.subjects.includes(mark.subject))
  const decision = decide({ site, component, advanced, versions, marks: ours, idOf, now })

  const outcome = await store.apply(decision)
  if (outcome === 'applied') signals.emit({ kind: 'applied', site, persons: advanced.persons })
  return component.subjects
}

/**
 * Facts may name people whom no span knows yet: these connect too, with the decisions made about them, until nothing new
 * turns up.
 */
export async function loadConnected(
  store: Pick<StateStore, 'loadComponent'>,
  idOf: IdOf,
  site: string,
  subject: string,
): Promise<Component> {
  let named: readonly string[] = []
  for (;;) {
    const seeds = { subjects: [subject, ...named.map(idOf)], identifiers: named }
    const component = await store.loadComponent(site, seeds)
    const claims = new Set(component.facts.map(claimOf).filter(claim => claim !== null))
    const known = new Set(component.identifiers)
    if ([...claims].every(claim => known.has(claim))) return component
    named = [...claims]
  }
}

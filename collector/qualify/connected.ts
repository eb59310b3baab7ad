import { claimOf } from '../advance/advance.ts'
import type { IdOf } from '../identity/resolve.ts'
import type { Component, StateStore } from '../storage/store.ts'

export interface Seed {
  readonly site: string
  readonly subject: string
  readonly idOf: IdOf
  /** whose persons. @default the generation that is shown */
  readonly generation?: number
}

/**
 * Everything connected to a subject. Facts may name people whom no span knows yet: these connect too, with the decisions
 * made about them, until nothing new turns up.
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

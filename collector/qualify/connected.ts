import type { Fact } from '../contracts/facts.ts'
import { identifiersIn } from '../enrich/claim.ts'
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
 * Everything connected to a subject. Facts may name people whom no span knows yet, by identifier or, in a merge, by id:
 * these connect too, with the words on them, until nothing new turns up.
 */
export async function loadConnected(
  store: Pick<StateStore, 'loadComponent'>,
  { site, subject, idOf, generation }: Seed,
): Promise<Component> {
  let named: readonly string[] = []
  let leads: readonly string[] = []
  for (;;) {
    const seeds = { subjects: [subject, ...leads, ...named.map(idOf)], identifiers: named }
    const component = await store.loadComponent(site, seeds, generation)
    const claims = new Set(component.facts.flatMap(identifiersIn))
    const merged = new Set(component.facts.flatMap(leadMerged))
    if (isWithin(component.identifiers, claims) && isWithin(component.subjects, merged)) return component
    named = [...claims]
    leads = [...merged]
  }
}

const leadMerged = ({ type, props }: Fact): readonly string[] =>
  type === 'merge' && typeof props.lead === 'string' ? [props.lead] : []

const isWithin = (known: readonly string[], names: ReadonlySet<string>): boolean => {
  const all = new Set(known)
  return [...names].every(name => all.has(name))
}

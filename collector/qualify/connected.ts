import type { Fact } from '../contracts/facts.ts'
import { identifiersIn } from '../enrich/claim.ts'
import type { IdOf } from '../identity/resolve.ts'
import type { Component, StateStore } from '../storage/store.ts'

export interface Seed {
  readonly site: string
  readonly subject: string
  /** further subjects that name the same people. @default none */
  readonly others?: readonly string[]
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
  seed: Seed,
): Promise<Component> {
  const loaded = await loadUnlessTaken(store, seed, () => false)
  if (typeof loaded === 'string') throw new Error('nothing is taken')
  return loaded
}

/**
 * The same, unless the subject turns out to name people who are being dealt with already: then that is all there is to know.
 * @returns the identifier that is taken
 */
export async function loadUnlessTaken(
  store: Pick<StateStore, 'loadComponent'>,
  { site, subject, others = [], idOf, generation }: Seed,
  isTaken: (identifier: string) => boolean,
): Promise<Component | string> {
  let named: readonly string[] = []
  let leads: readonly string[] = []
  for (;;) {
    const seeds = { subjects: [subject, ...others, ...leads, ...named.map(idOf)], identifiers: named }
    const component = await store.loadComponent(site, seeds, generation)
    const claims = new Set(component.facts.flatMap(identifiersIn))
    const taken = [...claims].find(isTaken)
    if (taken !== undefined) return taken
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

import type { Fact } from '../../contracts/facts.ts'
import type { ModelVersion, ScoringModel } from '../../contracts/model.ts'
import type { PersonState } from '../../contracts/state.ts'
import type { IdOf } from '../../identity/resolve.ts'
import type { Advance } from '../tests.ts'
import type { ModelChange, Models } from './changes.ts'
import type { Period } from './shapes.ts'

/** What two models are tried on, and by what. */
export interface BackTest {
  readonly site: string
  readonly advance: Advance
  readonly idOf: IdOf
  readonly models: Models
  readonly changes: readonly ModelChange[]
  readonly period: Period
}

/** The first time that a model makes a person an MQL. */
export interface Qualification {
  /** epoch ms */
  readonly at: number
  /** when time or a gate ended it; null: not by the end */
  readonly cooledAt: number | null
  /** the same, else when time alone will end it, whatever the period's end; null: it does not */
  readonly fallsAt: number | null
}

/**
 * Everybody's state at an instant, by person id, as if one model had been in force all the time.
 * @param facts what may be seen of a component, in order of occurrence
 */
export function live(
  { site, advance, idOf }: BackTest,
  facts: readonly Fact[],
  model: ScoringModel,
  at: number,
): ReadonlyMap<string, PersonState> {
  const known = facts.filter(({ occurredAt }) => occurredAt <= at)
  const { persons } = advance({ site, facts: known, versions: [asVersion(model)], idOf, now: at })
  return new Map(persons.map(person => [person.id, person]))
}

const asVersion = (model: ScoringModel): ModelVersion => ({
  version: 1,
  publishedAt: 0,
  hash: '',
  source: '',
  model,
})

export function firstMql({ transitions, nextDueAt }: PersonState): Qualification | null {
  const index = transitions.findIndex(({ to }) => to === 'mql')
  const became = transitions[index]
  if (!became) return null
  const cooledAt = transitions[index + 1]?.at ?? null
  return { at: became.at, cooledAt, fallsAt: cooledAt ?? nextDueAt }
}

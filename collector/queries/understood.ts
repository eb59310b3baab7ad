import type { Evidence, Traffic, TraitValue } from '../contracts/evidence.ts'
import type { Fact } from '../contracts/facts.ts'
import type { ScoringModel } from '../contracts/model.ts'
import { NO_BEHAVIOUR } from '../enrich/behaviour.ts'
import { startReading } from '../enrich/reading.ts'
import { type PageShape, pageShape } from './event-shape.ts'

/** How a model understands an event that is recorded nowhere. */
export interface Understood {
  readonly page: PageShape | null
  /** what it says of the person */
  readonly traits: Readonly<Record<string, TraitValue>>
  readonly form: Evidence['form']
  readonly asset: Evidence['asset']
  readonly needs: readonly string[]
  readonly traffic: Traffic
}

/**
 * How a model understands the events of one delivery, in their order, by themselves: what else is known of their person has
 * no part in it.
 * @param facts in the order they were sent
 */
export function understoodOf(model: ScoringModel, facts: readonly Fact[]): readonly Understood[] {
  const read = startReading(model, NO_BEHAVIOUR)
  return facts.map(fact => {
    const { page, traits, form, asset, needs, traffic } = read(fact)
    return {
      page: page && pageShape(page),
      traits: Object.fromEntries(traits.map(({ name, value }) => [name, value])),
      form,
      asset,
      needs,
      traffic,
    }
  })
}

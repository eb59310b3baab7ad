import type { Fact } from '../../contracts/facts.ts'
import type { PersonState } from '../../contracts/state.ts'
import { claimOf } from '../../enrich/claim.ts'
import { type BackTest, firstMql, live, type Qualification } from './back-test.ts'
import { causesOf } from './causes.ts'
import { type GuardedPerson, guard, type Refusal } from './guard.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import type { Both, Causes, Who } from './shapes.ts'
import type { Told } from './walk.ts'

/** One person's two lives, as far as comparing them asks. Instants are epoch ms. */
export interface PersonSummary {
  readonly id: string
  readonly who: Who
  readonly firstSeenAt: number
  /** when contact data made a lead of them */
  readonly leadAt: number
  /** when sales first had a hand in it; null: never */
  readonly contactedAt: number | null
  readonly outcome: Outcome
  readonly old: Qualification | null
  readonly new: Qualification | null
  /** null: the models agree, or disagree outside of the period */
  readonly causes: Causes | null
  readonly refused: readonly Refusal[]
}

/**
 * Lives everybody of a component twice, once as if the old model had been in force all the time and once as if the new
 * had, on what the leak guard lets through. Anonymous visitors have no stage and are passed over.
 */
export function summarise(component: Told, test: BackTest): readonly PersonSummary[] {
  const { until } = test.period
  const known = component.facts.filter(({ occurredAt }) => occurredAt <= until)
  if (!known.some(fact => claimOf(fact) !== null)) return []
  const { facts, persons } = guard(known, component.handoffs, test.idOf)
  const old = live(test, facts, test.models.old, until)
  const fresh = live(test, facts, test.models.new, until)
  return [...persons].flatMap(([id, guarded]) => {
    const states = [old.get(id), fresh.get(id)] as const
    if (!states[0] || !states[1]) return []
    return summaryOf({ old: states[0], new: states[1] }, guarded, facts, test)
  })
}

function summaryOf(
  states: Both<PersonState>,
  { decisions, contactedAt, refused }: GuardedPerson,
  facts: readonly Fact[],
  test: BackTest,
): PersonSummary {
  const { id, transitions, firstSeenAt } = states.old
  const first = { old: firstMql(states.old), new: firstMql(states.new) }
  return {
    id,
    who: whoIs(states.old),
    firstSeenAt,
    leadAt: transitions[0]?.at ?? firstSeenAt,
    contactedAt,
    outcome: outcomeOf(decisions),
    ...first,
    causes: causesOf(id, first, facts, test),
    refused,
  }
}

function whoIs({ traits, companyDomain }: PersonState): Who {
  const text = (name: string): string | null => {
    const value = traits[name]?.value
    return value === undefined ? null : String(value)
  }
  return { jobTitle: text('jobTitle'), company: text('company') ?? companyDomain }
}

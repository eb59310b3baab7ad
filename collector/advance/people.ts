import type { Fact } from '../contracts/facts.ts'
import { type Behaviour, behaviourIn } from '../enrich/behaviour.ts'
import { claimsBeside } from '../enrich/claim.ts'
import { type IdOf, type Resolution, resolve } from '../identity/resolve.ts'

/** Who is in a component, and how its timelines go. */
export interface People extends Resolution {
  readonly behaviour: Behaviour
}

/** @param facts a whole component, in order of occurrence */
export function peopleIn(facts: readonly Fact[], idOf: IdOf): People {
  const behaviour = behaviourIn(facts)
  return { behaviour, ...resolve(facts, claimsBeside(behaviour), idOf) }
}

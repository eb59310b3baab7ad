import type { Fact } from '../contracts/facts.ts'

/** A fact becomes evidence about its person at its own time, and may bring facts from before. */
export interface Arrival {
  readonly fact: Fact
  /** what this fact joins to the person, in order of occurrence: a timeline's first claim its anonymous past, a merge another's */
  readonly history: readonly Fact[]
}

/** One person of a component, and what arrives about them, in order of occurrence. */
export interface ResolvedPerson {
  readonly id: string
  /** `email:…` or `phone:…`; null while anonymous */
  readonly identifier: string | null
  readonly arrivals: readonly Arrival[]
}

export const NO_HISTORY: readonly Fact[] = []

/** Most facts arrive so. */
export const withoutHistory = (fact: Fact): Arrival => ({ fact, history: NO_HISTORY })

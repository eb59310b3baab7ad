import type { Fact } from '../contracts/facts.ts'
import type { UnconfirmedDevice } from '../contracts/state.ts'

/** A fact becomes evidence about its person at its own time, and may bring facts from before. */
export interface Arrival {
  readonly fact: Fact
  /** what this fact joins to the person, in order of occurrence: a timeline's first claim its anonymous past, a merge another's */
  readonly history: readonly Fact[]
}

/** One person of a component. */
export interface Whose {
  readonly id: string
  /** `email:…`, `phone:…` or `user:…`, of the test key's people `test:email:…` and so on; null while anonymous */
  readonly identifier: string | null
  /** the identifiers that mean this person */
  readonly names: ReadonlySet<string>
  /** id of the lead that this device says it is, until it is confirmed; null: it says nothing, or it is a lead */
  readonly claims: string | null
  /** devices that say they are this lead, and are not confirmed */
  readonly unconfirmed: readonly UnconfirmedDevice[]
  /** how many people one browser has said it is, at most, among those this person used */
  readonly addressesOnOneBrowser: number
}

/** A person, and what arrives about them, in order of occurrence. */
export interface ResolvedPerson extends Whose {
  readonly arrivals: readonly Arrival[]
}

export const NO_HISTORY: readonly Fact[] = []

/** Most facts arrive so. */
export const withoutHistory = (fact: Fact): Arrival => ({ fact, history: NO_HISTORY })

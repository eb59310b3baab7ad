import type { Fact } from '../contracts/facts.ts'

/** What is too old to be kept (trust.md, Privacy: retention defaults), and the names that a site's timelines carry. */
export interface RetentionStore {
  /** Identifiers that timelines of a site carry, in any generation, after one of them, ascending. */
  identifiers(site: string, after: string, limit: number): Promise<readonly string[]>
  /** Facts of the types in which people say who they are. Reads all of them, so it is for a restore alone. */
  sayings(site: string): Promise<readonly Fact[]>
  /** One timeline each of people last seen before a time, of these stages, in what is shown; after a place, in its order. */
  longUnseen(query: UnseenQuery): Promise<readonly Unseen[]>
  /**
   * Takes whole components out of the store in one commit, with all that was computed and told of them, and leaves nothing:
   * should one of their events come again, it is new.
   * @returns what went; a component with a fact that is not known, or that waits to be computed, stays whole
   */
  forget(components: readonly Forgettable[]): Promise<Forgotten>
  /** Deletes events of quarantine received before a time, the oldest first. @returns how many; 0: none are left */
  sweepQuarantine(site: string, before: number, limit: number): Promise<number>
}

export interface UnseenQuery {
  readonly site: string
  readonly who: 'anonymous' | 'leads'
  /** epoch ms */
  readonly before: number
  /** the last one of the page before; null: from the start */
  readonly after: Unseen | null
  readonly limit: number
}

export interface Unseen {
  readonly person: string
  readonly stage: string
  /** epoch ms */
  readonly lastSeenAt: number
  /** null: no timeline leads to them */
  readonly subject: string | null
}

export interface Forgettable {
  readonly site: string
  /** all timelines of the component */
  readonly subjects: readonly string[]
  /** ids of all facts on them, the guard */
  readonly facts: readonly string[]
  /** ids of everybody in it */
  readonly persons: readonly string[]
}

export interface Forgotten {
  readonly components: number
  readonly events: number
  readonly persons: number
  readonly handoffs: number
}

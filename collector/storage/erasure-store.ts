import type { Fact } from '../contracts/facts.ts'

/** Erasure of a person (collector.md, Identity; trust.md, Privacy), and what is left of it: tombstones. */
export interface ErasureStore {
  /**
   * Facts of forms, identify calls, clicks in mails and people's decisions in which one of the texts stands: an address in
   * any case and normal form, a number whatever is between its digits. They may be said on timelines that nothing connects.
   * Reads all of these types, so it is for erasing alone.
   */
  factsNaming(site: string, texts: readonly string[]): Promise<readonly Fact[]>
  /**
   * Takes everything of a person out of the store in one commit, leaves their tombstones, and marks what is left of the
   * component dirty. `conflict`: there are facts on its timelines that the order does not know of; nothing is written.
   */
  erase(order: ErasureOrder): Promise<Erased | 'conflict'>
  /** Tombstones of all sites after a place in their order, oldest first. One that is renewed is the newest again. */
  tombstones(afterSeq: number): Promise<readonly Tombstone[]>
  /** How many events came that were not kept because their person had been erased. */
  refusedAsErased(site: string): Promise<number>
}

/** What goes. It is decided outside (queries/erasure.ts), of everything that is connected. */
export interface ErasureOrder {
  readonly site: string
  /** epoch ms: what happened until then is refused from now on */
  readonly erasedAt: number
  /** ids of the facts that go; they stay known, so that one that comes again is a duplicate */
  readonly facts: readonly string[]
  /** ids of all facts on the timelines of the component, the guard of the order */
  readonly known: readonly string[]
  /** timelines of the component */
  readonly subjects: readonly string[]
  /** timelines that are theirs from end to end */
  readonly wholly: readonly string[]
  /** ids of the people that go: the lead, whom it was merged from, who it was while anonymous */
  readonly persons: readonly string[]
  /** identifiers that spans may carry, `email:…` */
  readonly identifiers: readonly string[]
  /** addresses (NFC, lower case) and numbers: events in quarantine that hold one go, as do those of `wholly` */
  readonly texts: readonly string[]
  /** ids of others' facts in which the texts are blotted out */
  readonly mentions: readonly string[]
  /** keyed hashes (queries/erased-names.ts) */
  readonly tombstones: readonly string[]
}

/** How much was taken out. */
export interface Erased {
  readonly events: number
  /** in what is shown: rows of other generations are not counted */
  readonly persons: number
  readonly handoffs: number
  readonly changes: number
  readonly quarantined: number
  /** events of others in which their address was blotted out */
  readonly blotted: number
}

/** Refuses what belongs to a name and happened no later than its erasure. */
export interface Tombstone {
  readonly seq: number
  readonly site: string
  readonly hash: string
  /** epoch ms */
  readonly erasedAt: number
}

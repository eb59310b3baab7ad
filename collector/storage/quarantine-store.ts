import type { Quarantined } from '../contracts/facts.ts'

/** What is kept aside because it failed its check, until a person mends it or lets it go. */
export interface QuarantineStore {
  /**
   * What waits for a person, newest first.
   * @param after id to go on after, whether it still waits or not; of another form: nothing. @default from the newest
   */
  aside(site: string, limit: number, after?: string): Promise<readonly Aside[]>
  /** One of them, whether it waits or not. */
  asideById(site: string, id: string): Promise<Aside | null>
  /**
   * Notes what became of it, and lets go of what it said. What was released is released for good; a release that was under
   * way when it was discarded wins, for its event is recorded.
   * @returns it as it is now; null when it is settled already, or not there
   */
  settleAside(site: string, id: string, settled: Settled): Promise<Aside | null>
}

export interface Aside extends Quarantined {
  /** a whole number as text; the newer, the greater */
  readonly id: string
  /** null: it waits */
  readonly settled: Settled | null
}

export interface Settled {
  readonly as: 'released' | 'discarded'
  /** epoch ms */
  readonly at: number
  /** label of a token, or a name at the command line */
  readonly actor: string
}

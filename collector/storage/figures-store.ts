import type { HandoffStatus } from '../contracts/state.ts'

/** What an operator watches of a store, of all sites together. Cheap however much there is. */
export interface FiguresStore {
  figures(): Promise<StoreFigures>
}

export interface StoreFigures {
  /** timelines that wait for the qualifier */
  readonly dirty: number
  /** events in quarantine that wait for a person */
  readonly quarantined: number
  /** one for each episode that made an MQL */
  readonly handoffs: Readonly<Partial<Record<HandoffStatus, number>>>
  /** of the database, its log aside */
  readonly bytes: number
}

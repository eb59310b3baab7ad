import type { DropReason, IngestAnswer } from '../../shared/wire.ts'

/** Why a whole request was not taken. */
export type TurnedAway = DropReason | 'quota' | 'overloaded' | 'store' | 'full'

/** Who looks on while events come in: figures and alarms. Nothing it does changes what becomes of them. */
export interface IngestWatch {
  /** a request was answered after its commit */
  settled(site: string, answer: IngestAnswer): void
  /** none of its events was taken. @param site null: not known */
  turnedAway(site: string | null, why: TurnedAway, events: number): void
}

/** How much of one site may come: asked before anything is recorded. */
export type SiteQuota = (asked: {
  readonly site: string
  /** with its secret key */
  readonly isServer: boolean
  /** the sender's whole address, or null */
  readonly ip: string | null
  readonly events: number
}) => number

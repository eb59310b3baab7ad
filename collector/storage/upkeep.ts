import type { Tombstone } from './erasure-store.ts'

/** What is done with a database as a file: kept a copy of, put back, checked, measured. Not through an open store. */

/** How a long act is watched. */
export interface UpkeepWatch {
  /** parts (pages) done since the last call, of so many in all */
  readonly onProgress?: (more: number, total: number) => Promise<void>
  /** ends the act where it is; what was made so far is taken away */
  readonly stop?: AbortSignal
}

/** How many rows of each kind a database holds. */
export interface RowCounts {
  readonly sites: number
  readonly events: number
  readonly persons: number
  readonly handoffs: number
  /** of quarantine what waits for a person, and what is settled and known by its id alone */
  readonly quarantined: number
  readonly settled: number
  readonly erasures: number
}

export interface BackupReport {
  /** absolute path */
  readonly file: string
  readonly bytes: number
  /** of the database as the copy holds it; null: not verified */
  readonly rows: RowCounts | null
}

export interface BackupWish extends UpkeepWatch {
  /** absolute path of the copy */
  readonly to: string
  /** whether a file that is there may be replaced */
  readonly force: boolean
  /** reads the copy back whole, and compares the number of rows with the database's */
  readonly verify: boolean
}

/** A backup that was read back and found whole, ready to be put in place. Nothing of what is in place has changed. */
export interface PreparedRestore {
  readonly rows: RowCounts
  /** DATABASE_URL of the copy that will be put in place, its schema this release's */
  readonly url: string
  /**
   * Keeps every other process out of what is replaced, and brings the erasures that it knows of into the copy.
   * @throws StoreError `unavailable` while another process has the database open
   */
  carryErasures(): CarriedErasures
  /** Puts the copy in place in one step. @returns absolute path of what was replaced; null: there was nothing */
  swap(at: number): string | null
  /** Lets go of everything; a copy that was not put in place is taken away. */
  close(): void
}

export interface CarriedErasures {
  /** tombstones that the backup did not have, or only an older one of */
  readonly tombstones: readonly Tombstone[]
  /** why what is replaced could not be asked; null: it could */
  readonly unreadable: string | null
}

/** What a check of the whole file found. */
export interface CheckReport extends Extent {
  readonly file: string
  readonly schema: number
  readonly rows: RowCounts | null
  /** in the engine's words; none: it is whole */
  readonly problems: readonly string[]
}

/** What became of a log that was damaged within. */
export interface CutLog {
  /** path of the log as it was */
  readonly kept: string
  /** how many stood whole behind the damaged one, and are given up with it */
  readonly transactions: number
}

/** How much room a database takes. */
export interface Extent {
  /** of the database at that moment, what stands in its log alone included */
  readonly bytes: number
  /** of the file, into which the log is taken from time to time: until then it may be less than `bytes` */
  readonly fileBytes: number
  /** of the log beside it: written over when it has been taken in, so it says nothing of how much is in it */
  readonly logBytes: number
}

export interface SizeReport extends Extent {
  readonly file: string
  /** of `bytes`, free for what comes */
  readonly freeBytes: number
  /** tables with their indexes, the largest first */
  readonly tables: readonly TableSize[]
  readonly sites: readonly SiteGrowth[]
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number }
}

export interface TableSize {
  readonly name: string
  readonly bytes: number
  readonly indexes: readonly { readonly name: string; readonly bytes: number }[]
}

export interface SiteGrowth {
  readonly site: string
  readonly events: number
  /** of the last 30 days, or of the days there are */
  readonly eventsPerDay: number
}

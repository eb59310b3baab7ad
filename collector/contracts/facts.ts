import type { Page } from '../../shared/events.ts'
import { DAY_MS } from '../../shared/time.ts'

/**
 * What ingest writes and nothing ever edits. Everything else in the store is derived from facts and can be derived
 * again.
 */
export interface Fact {
  /** UUID made by the sender; with `site` the key for as long as the fact is kept */
  readonly id: string
  readonly site: string
  /**
   * Whose timeline the fact is on: the visitor id; for a fact without a visitor (a form sent without tracking consent,
   * a server's call) `fact:<id>`, a timeline of one; for a decision the id of the lead it addresses.
   */
  readonly subject: string
  readonly visitor: string | null
  readonly session: string | null
  /** a name of shared/events.ts, or a custom event's */
  readonly type: string
  /** epoch ms: when it happened, fixed at first acceptance (sender's clock, corrected for skew) */
  readonly occurredAt: number
  /** epoch ms: when the collector accepted it */
  readonly receivedAt: number
  readonly page: Page | null
  readonly props: Readonly<Record<string, unknown>>
  /** through which door it came; doors differ in how far they are believed (trust.md, identity poisoning) */
  readonly origin: FactOrigin
  /** who decided, for a decision; null otherwise */
  readonly actor: string | null
  /** network of the sender, host bits zeroed before storage (IPv4 /24, IPv6 /48) */
  readonly ip: string | null
  readonly userAgent: string | null
  /** older than the wire accepts (limits.ts, LATE_AFTER_MS): kept, never scored */
  readonly tooLate: boolean
}

export type FactOrigin = 'browser' | 'server' | 'operator'

/** What a server sends of days gone by is an import: live traffic goes before it, and whom it qualifies waits (collector.md). */
export const isImport = ({ origin, occurredAt, receivedAt }: Fact): boolean =>
  origin === 'server' && receivedAt - occurredAt > DAY_MS

/** What people say of a lead, each on a timeline named after the lead: not what the lead did. */
export const isWord = ({ type }: Fact): boolean =>
  type === 'decision' || type === 'merge' || type === 'unmerge'

/** A fact with its place in commit order: the cursor of event feeds. */
export type StoredFact = Fact & { readonly seq: number }

/** An event that failed its check: kept aside with the reason, so that nothing valid-but-unknown is lost. */
export interface Quarantined {
  readonly site: string
  readonly receivedAt: number
  readonly code: string
  readonly path: string
  readonly message: string
  /** the event as it came, JSON text */
  readonly body: string
}

/** Order of folding: (occurredAt, id), the same whatever the order of arrival (scoring.md, Order). */
export const byOccurrence = (a: Fact, b: Fact): number =>
  a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

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
  /** null: nothing was to be noted */
  readonly noted: Noted | null
}

/**
 * What the collector itself saw when the event came and nobody can tell later: it had the whole address, the key and the
 * token, none of which is kept. Written once by ingest, so that a replay reads the same.
 */
export interface Noted {
  /** ISO 3166-1 alpha-2 of the address, by the operator's country file */
  readonly country?: string
  /** whose address it is, by the operator's file of company networks */
  readonly company?: NetworkOwner
  /** the model's lists that hold the whole address */
  readonly lists?: readonly string[]
  /** how many visitors came from this one address within ten minutes, once that is more than an office is */
  readonly crowd?: number
  /** the browser says it is one of our own */
  readonly optedOut?: true
  /** sent with the site's test key: kept apart from real people */
  readonly test?: true
  /** the customer's own id of the person; from a secret key alone */
  readonly user?: string
  /** another id of that user, by the word of the customer's server */
  readonly formerUser?: string
  /** the signed e-mail link that was followed; on the `email_click` that ingest makes of the page view (trust.md) */
  readonly click?: EmailClick
}

export interface NetworkOwner {
  /** registrable domain, or null when the file names the company alone */
  readonly domain: string | null
  readonly name: string | null
}

/** What a signed e-mail link says: whom it was sent to, and in which message. */
export interface EmailClick {
  /** normalised as in traits */
  readonly email: string
  /** the mailing; links of one message share it */
  readonly message: string | null
  /** which link of the message: its target */
  readonly link: string
  /** epoch ms the link was made at */
  readonly mintedAt: number
}

export type FactOrigin = 'browser' | 'server' | 'operator'

/** What a server sends of days gone by is an import: live traffic goes before it, and whom it qualifies waits (collector.md). */
export const isImport = ({ origin, occurredAt, receivedAt }: Fact): boolean =>
  origin === 'server' && receivedAt - occurredAt > DAY_MS

/** What people say of a lead, each on a timeline named after the lead: not what the lead did. */
export const isWord = ({ type }: Fact): boolean =>
  type === 'decision' || type === 'merge' || type === 'unmerge'

/** Whether a fact may tell who its visitor is, or is said of somebody: no other can make a lead of whom nobody knew. */
export const mayNameSomebody = (fact: Fact): boolean =>
  isWord(fact) ||
  fact.type === 'form_submit' ||
  fact.type === 'identify' ||
  fact.noted?.user !== undefined ||
  fact.noted?.click !== undefined

/** A fact with its place in commit order: the cursor of event feeds. */
export type StoredFact = Fact & {
  readonly seq: number
  /**
   * Columns of its row that cannot be read any more, as `table.column`: nothing stands in their place, and nothing may be computed
   * of it. Only lists show such a fact.
   */
  readonly unreadable?: readonly string[]
}

/** An event that failed its check: kept aside with the reason, so that nothing valid-but-unknown is lost. */
export interface Quarantined {
  readonly site: string
  /** by which it is known when it is sent again (ingest/aside-id.ts); null: by nothing, each is one of its own */
  readonly eventId: string | null
  readonly receivedAt: number
  readonly code: string
  readonly path: string
  readonly message: string
  /** the event as it came, JSON text */
  readonly body: string
  /** how it came, so that it can be released as if it had been sound; null: a release before 0.2 did not note it */
  readonly came: Came | null
}

/** What an event has from its request and not from itself. */
export interface Came extends Pick<Fact, 'visitor' | 'session' | 'ip' | 'userAgent' | 'noted'> {
  readonly origin: 'browser' | 'server'
  /** the timeline it would be on; null: one of its own */
  readonly subject: string | null
  /** epoch ms of the sender's clock */
  readonly sentAt: number
}

/** A fact's place in the order of folding. */
export type Position = Pick<Fact, 'occurredAt' | 'id'>

/** Order of folding: (occurredAt, id), the same whatever the order of arrival (scoring.md, Order). */
export const byOccurrence = (a: Position, b: Position): number =>
  a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

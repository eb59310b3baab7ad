import type { Fact } from '../../contracts/facts.ts'
import type { OwnedFact } from '../store.ts'
import { jsonIn } from './json-column.ts'

/** Where the columns of events become fields, and back. */

export interface EventRow {
  readonly seq: number
  readonly site: string
  readonly id: string
  readonly subject: string
  readonly visitor: string | null
  readonly session: string | null
  readonly type: string
  readonly occurred_at: number
  readonly received_at: number
  readonly page: string | null
  readonly props: string
  readonly origin: Fact['origin']
  readonly actor: string | null
  readonly ip: string | null
  readonly user_agent: string | null
  readonly too_late: 0 | 1
  readonly noted: string | null
}

/** Written columns, in the order of `eventValues`. */
export const EVENT_COLUMNS = [
  'site',
  'id',
  'subject',
  'visitor',
  'session',
  'type',
  'occurred_at',
  'received_at',
  'page',
  'props',
  'origin',
  'actor',
  'ip',
  'user_agent',
  'too_late',
  'noted',
] as const satisfies readonly (keyof EventRow)[]

export const eventValues = (fact: Fact): readonly (string | number | null)[] => [
  fact.site,
  fact.id,
  fact.subject,
  fact.visitor,
  fact.session,
  fact.type,
  fact.occurredAt,
  fact.receivedAt,
  fact.page && JSON.stringify(fact.page),
  JSON.stringify(fact.props),
  fact.origin,
  fact.actor,
  fact.ip,
  fact.userAgent,
  fact.tooLate ? 1 : 0,
  fact.noted && JSON.stringify(fact.noted),
]

export const factOf = (row: EventRow): Fact => ({
  id: row.id,
  site: row.site,
  subject: row.subject,
  visitor: row.visitor,
  session: row.session,
  type: row.type,
  occurredAt: row.occurred_at,
  receivedAt: row.received_at,
  page: row.page === null ? null : (jsonIn('events.page', row.page) as Fact['page']),
  props: jsonIn('events.props', row.props) as Fact['props'],
  origin: row.origin,
  actor: row.actor,
  ip: row.ip,
  userAgent: row.user_agent,
  tooLate: row.too_late === 1,
  noted: row.noted === null ? null : (jsonIn('events.noted', row.noted) as Fact['noted']),
})

export interface OwnedEventRow extends EventRow {
  readonly owner: string | null
  readonly owner_identifier: string | null
}

export const ownedFactOf = (row: OwnedEventRow): OwnedFact => ({
  ...factOf(row),
  seq: row.seq,
  person: row.owner === null ? null : { id: row.owner, identified: row.owner_identifier !== null },
})

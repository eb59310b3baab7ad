import type { Fact } from '../../contracts/facts.ts'
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

/** Columns of a fact, in the order of `EventValues`. */
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

/** What is written of a fact, and read where many are: values without names are read in two thirds of the time. */
export type EventValues = readonly [
  site: string,
  id: string,
  subject: string,
  visitor: string | null,
  session: string | null,
  type: string,
  occurredAt: number,
  receivedAt: number,
  page: string | null,
  props: string,
  origin: Fact['origin'],
  actor: string | null,
  ip: string | null,
  userAgent: string | null,
  tooLate: 0 | 1,
  noted: string | null,
]

export const eventValues = (fact: Fact): EventValues => [
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

export function factIn(values: EventValues): Fact {
  const [
    site,
    id,
    subject,
    visitor,
    session,
    type,
    occurredAt,
    receivedAt,
    page,
    props,
    origin,
    actor,
    ip,
    userAgent,
    tooLate,
    noted,
  ] = values
  return {
    id,
    site,
    subject,
    visitor,
    session,
    type,
    occurredAt,
    receivedAt,
    page: page === null ? null : (jsonIn('events.page', page) as Fact['page']),
    props: jsonIn('events.props', props) as Fact['props'],
    origin,
    actor,
    ip,
    userAgent,
    tooLate: tooLate === 1,
    noted: noted === null ? null : (jsonIn('events.noted', noted) as Fact['noted']),
  }
}

export const factOf = (row: EventRow): Fact =>
  factIn([
    row.site,
    row.id,
    row.subject,
    row.visitor,
    row.session,
    row.type,
    row.occurred_at,
    row.received_at,
    row.page,
    row.props,
    row.origin,
    row.actor,
    row.ip,
    row.user_agent,
    row.too_late,
    row.noted,
  ])

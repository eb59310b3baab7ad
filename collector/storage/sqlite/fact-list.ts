import type { FactQuery, OwnedFact, Page } from '../store.ts'
import type { Connection } from './connection.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { upTo } from './limit.ts'
import { type OwnedEventRow, ownedFactOf } from './owned-fact.ts'
import { SHOWN } from './shown.ts'

const LIST = 'facts'

/** The span an event lies in: the last one of its subject that starts no later than it. */
const OWNER = `
  LEFT JOIN spans AS owner ON owner.site = events.site AND owner.subject = events.subject
  AND owner.generation = ${SHOWN} AND (owner.starts_at, owner.starts_id) = (
    SELECT starts_at, starts_id FROM spans
    WHERE site = events.site AND subject = events.subject AND generation = ${SHOWN}
    AND (starts_at, starts_id) <= (events.occurred_at, events.id)
    ORDER BY starts_at DESC, starts_id DESC LIMIT 1
  )`

const OWNED_EVENT = 'SELECT events.*, owner.person AS owner, owner.identifier AS owner_identifier'

/** From the person's subjects to their events: a person has tens of them, the site millions. */
const EVENTS_NEAR_PERSON = `
  (SELECT DISTINCT subject FROM spans WHERE site = @site AND person = @person AND generation = ${SHOWN}) AS own
  CROSS JOIN events INDEXED BY events_by_subject ON events.subject = own.subject`

const SINCE = `${OWNED_EVENT} FROM events ${OWNER} WHERE events.site = @site AND events.seq > @afterSeq ORDER BY events.seq ${upTo('@limit')}`

/** Newest first, ties by id downwards. A cursor of another list gives an empty page; a row that cannot be read is in its place and says so. */
export function listFacts(db: Connection, query: FactQuery): Page<OwnedFact> {
  const after = query.cursor === null ? null : decodeCursor(LIST, query.cursor)
  if (query.cursor !== null && after === null) return { items: [], next: null }
  const rows = db.prepare<[object], OwnedEventRow>(statementFor(query)).all({
    ...query,
    afterAt: after?.value,
    afterId: after?.id,
    rows: query.limit + 1,
  })
  return pageOf(rows, query.limit, LIST, {
    item: ownedFactOf,
    position: row => ({ value: row.occurred_at, id: row.id }),
  })
}

function statementFor(query: FactQuery): string {
  const conditions = [
    'events.site = @site',
    query.type === null ? null : 'events.type = @type',
    // a visitor's facts are on the visitor's timeline, which has an index
    query.visitor === null ? null : 'events.subject = @visitor AND events.visitor = @visitor',
    query.person === null ? null : 'owner.person = @person',
    query.since === null ? null : 'events.occurred_at >= @since',
    query.until === null ? null : 'events.occurred_at <= @until',
    query.cursor === null ? null : '(events.occurred_at, events.id) < (@afterAt, @afterId)',
  ].filter(condition => condition !== null)
  return `${OWNED_EVENT} FROM ${eventsFor(query)} ${OWNER} WHERE ${conditions.join(' AND ')}
    ORDER BY events.occurred_at DESC, events.id DESC ${upTo('@rows')}`
}

/** Indexes are named: without statistics the planner prefers a time range to anything more selective. */
function eventsFor({ person, visitor, type }: FactQuery): string {
  if (person !== null) return EVENTS_NEAR_PERSON
  if (visitor !== null) return 'events INDEXED BY events_by_subject'
  return `events INDEXED BY ${type === null ? 'events_by_time' : 'events_by_type'}`
}

/** Facts of a site in commit order. */
export const factFeed = (
  db: Connection,
): ((site: string, afterSeq: number, limit: number) => readonly OwnedFact[]) => {
  const since = db.prepare<[object], OwnedEventRow>(SINCE)
  return (site, afterSeq, limit) => since.all({ site, afterSeq, limit }).map(ownedFactOf)
}

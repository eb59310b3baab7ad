import type { Change, QueryStore, StoreCounts, StreamPosition } from '../store.ts'
import { type Connection, method, present } from './connection.ts'
import { factFeed, listFacts } from './fact-list.ts'
import { jsonIn } from './json-column.ts'
import { upTo } from './limit.ts'
import { personLister } from './person-list.ts'
import { type HandoffRow, handoffOf, type PersonRow, personOf } from './rows.ts'
import { SHOWN } from './shown.ts'

const HEAD = `
  SELECT coalesce((SELECT max(seq) FROM events WHERE site = @site), 0) AS fact,
    coalesce((SELECT max(seq) FROM changes WHERE site = @site), 0) AS change`

const COUNTS = `
  SELECT (SELECT count(*) FROM events WHERE site = @site) AS facts,
    (SELECT count(*) FROM persons WHERE site = @site AND generation = ${SHOWN}) AS persons,
    (SELECT count(*) FROM quarantine WHERE site = @site AND settled IS NULL) AS quarantined,
    (SELECT count(*) FROM dirty WHERE site = @site) AS dirty`

const WAITING = `
  SELECT * FROM handoffs INDEXED BY handoffs_waiting WHERE site = @site AND status = 'waiting'
  AND seq > coalesce((SELECT seq FROM handoffs WHERE site = @site AND id = @after), 0)
  ORDER BY seq ${upTo('@limit')}`

interface ChangeRow {
  readonly seq: number
  readonly body: string
}

/** What the API asks. */
export function queryStore(db: Connection): QueryStore {
  const person = db.prepare<[object], PersonRow>(
    `SELECT version, state FROM persons WHERE site = @site AND generation = ${SHOWN} AND id = @id`,
  )
  const handoffs = db.prepare<[string, string], HandoffRow>(
    'SELECT * FROM handoffs WHERE site = ? AND lead = ? ORDER BY told_at, seq',
  )
  const handoff = db.prepare<[string, string], HandoffRow>('SELECT * FROM handoffs WHERE site = ? AND id = ?')
  const waiting = db.prepare<[object], HandoffRow>(WAITING)
  const factsSince = factFeed(db)
  const changes = db.prepare<[string, number, number], ChangeRow>(
    `SELECT seq, body FROM changes WHERE site = ? AND seq > ? ORDER BY seq ${upTo('?')}`,
  )
  const head = db.prepare<[object], StreamPosition>(HEAD)
  const personIds = db
    .prepare<[object], string>(
      `SELECT id FROM persons WHERE site = @site AND generation = ${SHOWN} AND id > @afterId ORDER BY id ${upTo('@limit')}`,
    )
    .pluck()
  const subjects = db
    .prepare<[string, string, number], string>(
      `SELECT DISTINCT subject FROM events WHERE site = ? AND subject > ? ORDER BY subject ${upTo('?')}`,
    )
    .pluck()
  const counts = db.prepare<[object], StoreCounts>(COUNTS)

  return {
    persons: method(personLister(db)),
    person: method((site, id) => {
      const row = person.get({ site, id })
      return row === undefined ? null : personOf(row)
    }),
    handoffs: method((site, lead) => handoffs.all(site, lead).map(handoffOf)),
    handoff: method((site, id) => {
      const row = handoff.get(site, id)
      return row === undefined ? null : handoffOf(row)
    }),
    waitingHandoffs: method((site, limit, after) =>
      waiting.all({ site, limit, after: after ?? null }).map(handoffOf),
    ),
    facts: method(query => listFacts(db, query)),
    factsSince: method(factsSince),
    changesSince: method((site, afterSeq, limit) =>
      changes
        .all(site, afterSeq, limit)
        .map(({ seq, body }) => ({ seq, change: jsonIn('changes.body', body) as Change })),
    ),
    head: method(site => present(head.get({ site }))),
    subjects: method((site, afterSubject, limit) => subjects.all(site, afterSubject, limit)),
    personIds: method((site, afterId, limit) => personIds.all({ site, afterId, limit })),
    counts: method(site => present(counts.get({ site }))),
  }
}

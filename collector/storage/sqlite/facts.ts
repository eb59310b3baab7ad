import { isDeepStrictEqual } from 'node:util'
import type { Fact } from '../../contracts/facts.ts'
import type { FactStore, Judged, RecordBatch, RecordOutcome, RecordResult } from '../store.ts'
import { asideKeeper } from './aside-keeper.ts'
import { type Connection, method } from './connection.ts'
import { dirtyMarks } from './dirty.ts'
import { eventNames } from './event-names.ts'
import { EVENT_COLUMNS, type EventRow, eventValues, factOf } from './event-rows.ts'

const INSERT = `
  INSERT INTO events (${EVENT_COLUMNS.join(', ')}) VALUES (${EVENT_COLUMNS.map(() => '?').join(', ')})
  ON CONFLICT (site, id) DO NOTHING`

const REFUSE = 'INSERT OR IGNORE INTO erased_events (site, id, refused) VALUES (?, ?, 1)'

/** The first of the two transactions: what ingest has accepted becomes durable. */
export function factStore(db: Connection): FactStore {
  const insert = db.prepare(INSERT)
  const known = db.prepare<[string, string], EventRow>('SELECT * FROM events WHERE site = ? AND id = ?')
  const keepAside = asideKeeper(db)
  const anyErased = db.prepare<[], number>('SELECT 1 FROM erased_events LIMIT 1').pluck()
  const wasErased = db
    .prepare<[string, string], number>('SELECT 1 FROM erased_events WHERE site = ? AND id = ?')
    .pluck()
  const refuse = db.prepare(REFUSE)
  const newestTombstone = db.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM tombstones').pluck()
  const marks = dirtyMarks(db)

  const recordOne = (fact: Fact): RecordOutcome => {
    if (insert.run(eventValues(fact)).changes === 1) return 'accepted'
    const first = known.get(fact.site, fact.id)
    return first !== undefined && isDeepStrictEqual(bodyOf(factOf(first)), bodyOf(fact))
      ? 'duplicate'
      : 'conflict'
  }

  /** Of what is not kept the id is: it is answered like anything else that comes twice. */
  const refuseOne = ({ site, id }: Fact): RecordOutcome => {
    if (known.get(site, id)) return 'duplicate'
    return refuse.run(site, id).changes === 1 ? 'erased' : 'duplicate'
  }

  const record = db.transaction((batch: RecordBatch, judged?: Judged): RecordResult | 'stale' => {
    if (judged && newestTombstone.get() !== judged.upTo) return 'stale'
    const mayBeErased = anyErased.get() !== undefined
    const outcomes = batch.facts.map(fact => {
      if (judged?.erased.has(fact)) return refuseOne(fact)
      return mayBeErased && wasErased.get(fact.site, fact.id) ? 'duplicate' : recordOne(fact)
    })
    marks.renew(batch.facts.filter((_, index) => outcomes[index] === 'accepted'))
    return { outcomes: [...outcomes, ...batch.quarantined.map(keepAside)] }
  })
  return {
    record: method(batch => unjudged(record.immediate(batch))),
    recordUnlessErased: method((batch, judged) => record.immediate(batch, judged)),
    eventNames: eventNames(db),
  }
}

function unjudged(result: RecordResult | 'stale'): RecordResult {
  if (result === 'stale') throw new Error('expected a result for a batch that nobody judged')
  return result
}

/** What the sender said. Times and network are ours to note: a retry comes later, perhaps by another way. */
const bodyOf = ({ subject, visitor, session, type, page, props, actor }: Fact): unknown =>
  JSON.parse(JSON.stringify({ subject, visitor, session, type, page, props, actor }))

import { isDeepStrictEqual } from 'node:util'
import type { Fact } from '../../contracts/facts.ts'
import type { FactStore, RecordBatch, RecordOutcome, RecordResult } from '../store.ts'
import { type Connection, method } from './connection.ts'
import { dirtyMarks } from './dirty.ts'
import { EVENT_COLUMNS, type EventRow, eventValues, factOf } from './event-rows.ts'

const INSERT = `
  INSERT INTO events (${EVENT_COLUMNS.join(', ')}) VALUES (${EVENT_COLUMNS.map(() => '?').join(', ')})
  ON CONFLICT (site, id) DO NOTHING`

const QUARANTINE = `
  INSERT INTO quarantine (site, received_at, code, path, message, body)
  VALUES (@site, @receivedAt, @code, @path, @message, @body)`

/** The first of the two transactions: what ingest has accepted becomes durable. */
export function factStore(db: Connection): FactStore {
  const insert = db.prepare(INSERT)
  const known = db.prepare<[string, string], EventRow>('SELECT * FROM events WHERE site = ? AND id = ?')
  const quarantine = db.prepare(QUARANTINE)
  const marks = dirtyMarks(db)

  const recordOne = (fact: Fact): RecordOutcome => {
    if (insert.run(eventValues(fact)).changes === 1) return 'accepted'
    const first = known.get(fact.site, fact.id)
    return first !== undefined && isDeepStrictEqual(bodyOf(factOf(first)), bodyOf(fact))
      ? 'duplicate'
      : 'conflict'
  }

  const record = db.transaction((batch: RecordBatch): RecordResult => {
    const outcomes = batch.facts.map(recordOne)
    marks.renew(batch.facts.filter((_, index) => outcomes[index] === 'accepted'))
    for (const event of batch.quarantined) quarantine.run(event)
    return { outcomes }
  })
  return { record: method(batch => record.immediate(batch)) }
}

/** What the sender said. Times and network are ours to note: a retry comes later, perhaps by another way. */
const bodyOf = ({ subject, visitor, session, type, page, props, actor }: Fact): unknown =>
  JSON.parse(JSON.stringify({ subject, visitor, session, type, page, props, actor }))

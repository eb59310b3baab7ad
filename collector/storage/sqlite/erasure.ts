import type { Fact } from '../../contracts/facts.ts'
import type { Erased, ErasureOrder, ErasureStore, Tombstone } from '../erasure-store.ts'
import { blotter } from './blotter.ts'
import { type Connection, method } from './connection.ts'
import { dirtyMarks } from './dirty.ts'
import { eraser } from './eraser.ts'
import { type EventRow, factOf } from './event-rows.ts'
import { mentionsOf } from './mentions.ts'
import { tryEmptyLog } from './wal.ts'

/** Types whose words are people's own: in all others ingest masks addresses (ingest/mask.ts). */
const SAID = `('form_submit', 'identify', 'group', 'email_click', 'decision')`

const SAYING = `SELECT * FROM events INDEXED BY events_by_type WHERE site = @site AND type IN ${SAID}`

const UNKNOWN_FACT = `
  SELECT 1 FROM json_each(@subjects) AS reached CROSS JOIN events
  ON events.site = @site AND events.subject = reached.value
  WHERE events.id NOT IN (SELECT value FROM json_each(@known)) LIMIT 1`

/**
 * A timeline with facts has to be computed anew; and any whose decision may be under way: it may have been made of what is
 * gone, though what connects it is not stored yet.
 */
const TO_COMPUTE = `
  SELECT value FROM json_each(@subjects) AS reached
  WHERE EXISTS (SELECT 1 FROM events WHERE events.site = @site AND events.subject = reached.value)
  UNION SELECT subject FROM dirty WHERE dirty.site = @site`

const LEAVE_TOMBSTONES = `
  INSERT OR REPLACE INTO tombstones (site, hash, erased_at)
  SELECT @site, given.value, max(@erasedAt, coalesce((
    SELECT erased_at FROM tombstones WHERE site = @site AND hash = given.value), 0))
  FROM json_each(@tombstones) AS given`

/** People are taken out whole (erasure-store.ts). */
export function erasureStore(db: Connection): ErasureStore {
  const saying = db.prepare<[object], EventRow>(SAYING)
  const unknownFact = db.prepare<[object], number>(UNKNOWN_FACT)
  const toCompute = db.prepare<[object], string>(TO_COMPUTE).pluck()
  const leaveTombstones = db.prepare(LEAVE_TOMBSTONES)
  const blot = blotter(db)
  const tombstones = db.prepare<[number], Tombstone>(
    'SELECT seq, site, hash, erased_at AS erasedAt FROM tombstones WHERE seq > ? ORDER BY seq',
  )
  const refused = db
    .prepare<[string], number>('SELECT count(*) FROM erased_events WHERE site = ? AND refused = 1')
    .pluck()
  const takeOut = eraser(db)
  const marks = dirtyMarks(db)

  const erase = db.transaction((order: ErasureOrder): Erased | 'conflict' => {
    const { site, erasedAt } = order
    const [subjects, known, names] = [order.subjects, order.known, order.tombstones].map(list =>
      JSON.stringify(list),
    )
    if (unknownFact.get({ site, subjects, known })) return 'conflict'
    const taken = takeOut(order)
    const blotted = blot(order)
    leaveTombstones.run({ site, erasedAt, tombstones: names })
    const reached = JSON.stringify([...new Set([...order.subjects, ...blotted])])
    marks.anew(site, toCompute.all({ site, subjects: reached }))
    return { ...taken, blotted: blotted.length }
  })

  return {
    factsNaming: method((site, texts): readonly Fact[] => {
      const mentions = mentionsOf(texts)
      const facts: Fact[] = []
      for (const row of texts.length === 0 ? [] : saying.iterate({ site }))
        if (mentions.areIn(row.props) || (row.noted !== null && mentions.areIn(row.noted)))
          facts.push(factOf(row))
      return facts
    }),
    erase: method(order => {
      const erased = erase.immediate(order)
      // what was written before stands in the log until that is emptied
      if (erased !== 'conflict') emptyLog(db)
      return erased
    }),
    tombstones: method(afterSeq => tombstones.all(afterSeq)),
    refusedAsErased: method(site => refused.get(site) ?? 0),
  }
}

const TRY_AGAIN_MS = 1_000

/** A backup or another long reader holds the log: nobody waits for it, and it is emptied when it lets go. */
function emptyLog(db: Connection): void {
  if (!tryEmptyLog(db)) setTimeout(() => db.open && emptyLog(db), TRY_AGAIN_MS).unref()
}

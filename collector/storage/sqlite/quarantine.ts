import type { Came } from '../../contracts/facts.ts'
import type { Aside, QuarantineStore, Settled } from '../quarantine-store.ts'
import { type Connection, method } from './connection.ts'
import { jsonIn } from './json-column.ts'
import { upTo } from './limit.ts'

interface AsideRow {
  readonly seq: number
  readonly site: string
  readonly event_id: string | null
  readonly received_at: number
  readonly code: string
  readonly path: string
  readonly message: string
  readonly body: string
  readonly came: string | null
  readonly settled: string | null
}

const WAITING = `
  SELECT * FROM quarantine INDEXED BY quarantine_waiting WHERE site = @site AND settled IS NULL
  AND seq < @before ORDER BY seq DESC ${upTo('@limit')}`

/** What it said goes with the settling: it is a fact by then, or nothing. */
const SETTLE = `
  UPDATE quarantine SET settled = @settled, body = 'null', came = NULL
  WHERE site = @site AND seq = @seq
  AND (settled IS NULL OR (@as = 'released' AND json_extract(settled, '$.as') = 'discarded'))
  RETURNING *`

/** What failed its check and waits for a person. */
export function quarantineStore(db: Connection): QuarantineStore {
  const waiting = db.prepare<[object], AsideRow>(WAITING)
  const one = db.prepare<[string, number], AsideRow>('SELECT * FROM quarantine WHERE site = ? AND seq = ?')
  const settle = db.prepare<[object], AsideRow>(SETTLE)
  return {
    aside: method((site, limit, after) =>
      waiting.all({ site, limit, before: after === undefined ? MAX_SEQ : seqOf(after) }).map(asideOf),
    ),
    asideById: method((site, id) => orNull(one.get(site, seqOf(id)))),
    settleAside: method((site, id, settled) =>
      orNull(settle.get({ site, seq: seqOf(id), as: settled.as, settled: JSON.stringify(settled) })),
    ),
  }
}

const MAX_SEQ = Number.MAX_SAFE_INTEGER
const NO_SEQ = 0

const seqOf = (id: string): number => (/^[1-9]\d{0,14}$/.test(id) ? Number(id) : NO_SEQ)

const orNull = (row: AsideRow | undefined): Aside | null => (row === undefined ? null : asideOf(row))

/** @throws StoreError `corrupt` when what it says cannot be read; discarding it is possible all the same */
function asideOf({ seq, site, event_id, received_at, code, path, message, ...row }: AsideRow): Aside {
  const read = (column: 'body' | 'came' | 'settled'): unknown =>
    row[column] === null ? null : jsonIn(`quarantine.${column}`, row[column])
  read('body')
  return {
    ...{ id: String(seq), site, eventId: event_id, receivedAt: received_at, code, path, message },
    body: row.body,
    came: read('came') as Came | null,
    settled: read('settled') as Settled | null,
  }
}

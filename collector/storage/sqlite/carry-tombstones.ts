import type { Tombstone } from '../erasure-store.ts'
import { StoreError } from '../store.ts'
import type { Connection } from './connection.ts'

interface ErasedRow {
  readonly site: string
  readonly id: string
  readonly refused: number
}

const LEAVE = `
  INSERT INTO tombstones (site, hash, erased_at) VALUES (@site, @hash, @erasedAt)
  ON CONFLICT (site, hash) DO UPDATE SET erased_at = excluded.erased_at
  WHERE excluded.erased_at > tombstones.erased_at`

/**
 * Brings what one database knows of erasures into another: tombstones, and ids of what was erased.
 * @returns the tombstones that were new there, or newer
 * @throws StoreError `unavailable` when the two are of different installations: their hashes cannot be compared
 */
export function carryTombstones(from: Connection, to: Connection): readonly Tombstone[] {
  const isThere = from.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'tombstones'").get()
  if (!isThere) return []
  const tombstones = from
    .prepare<[], Tombstone>('SELECT seq, site, hash, erased_at AS erasedAt FROM tombstones ORDER BY seq')
    .all()
  if (tombstones.length > 0 && secretOf(from) !== secretOf(to))
    throw new StoreError(
      'unavailable',
      `The backup is of another installation than ${from.name}, whose ${tombstones.length} tombstones mean nothing in it. Nothing was changed; move ${from.name} away first if that is what you want.`,
    )
  const leave = to.prepare<[Tombstone]>(LEAVE)
  const keepId = to.prepare<[ErasedRow]>(
    'INSERT OR IGNORE INTO erased_events (site, id, refused) VALUES (@site, @id, @refused)',
  )
  const ids = from.prepare<[], ErasedRow>('SELECT site, id, refused FROM erased_events')
  const carry = to.transaction(() => {
    for (const row of ids.iterate()) keepId.run(row)
    return tombstones.filter(tombstone => leave.run(tombstone).changes === 1)
  })
  return carry.immediate()
}

const secretOf = (db: Connection): unknown => db.prepare('SELECT installation_secret FROM meta').pluck().get()

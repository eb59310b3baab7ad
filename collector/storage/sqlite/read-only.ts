import { existsSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { StoreError } from '../store.ts'
import type { RowCounts } from '../upkeep.ts'
import { BUSY_MS, type Connection, storeErrorOf } from './connection.ts'
import { APPLICATION_ID, flawOfFiles } from './integrity.ts'

/**
 * Runs an act over one moment of a database that others may be writing: nothing that is committed meanwhile is seen.
 * @throws StoreError `unavailable` when there is none, `corrupt` when it is damaged or not Goldpan's
 */
export async function atOneMoment<T>(path: string, act: (db: Connection) => Promise<T> | T): Promise<T> {
  if (!existsSync(path) || statSync(path).size === 0)
    throw new StoreError('unavailable', `There is no database at ${path}.`)
  const flaw = flawOfFiles(path)
  if (flaw !== null) throw new StoreError('corrupt', `${path} is damaged: ${flaw}.`)
  try {
    const db = new Database(path, { readonly: true, timeout: BUSY_MS })
    try {
      if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID)
        throw new StoreError('corrupt', `${path} is a SQLite database, but not Goldpan's.`)
      db.exec('BEGIN')
      // the moment is that of the first read
      db.prepare('SELECT count(*) FROM sqlite_schema').get()
      return await act(db)
    } finally {
      db.close()
    }
  } catch (error) {
    throw storeErrorOf(error, path)
  }
}

const COUNTED: Readonly<Record<keyof RowCounts, string>> = {
  sites: 'sites',
  events: 'events',
  persons: 'persons',
  handoffs: 'handoffs',
  quarantined: 'quarantine',
  erasures: 'tombstones',
}

/** Counts through every row; a table that an older schema does not have counts for none. */
export function rowCounts(db: Connection): RowCounts {
  const isThere = db.prepare<[string], number>(
    "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?",
  )
  const count = (what: keyof RowCounts): number => {
    const table = COUNTED[what]
    if (!isThere.get(table)) return 0
    return db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0
  }
  return {
    sites: count('sites'),
    events: count('events'),
    persons: count('persons'),
    handoffs: count('handoffs'),
    quarantined: count('quarantined'),
    erasures: count('erasures'),
  }
}

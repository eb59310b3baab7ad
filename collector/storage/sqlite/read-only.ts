import { existsSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { StoreError } from '../store.ts'
import type { Extent, RowCounts } from '../upkeep.ts'
import { BUSY_MS, type Connection, sayForeign, storeErrorOf } from './connection.ts'
import { flawOfFiles } from './integrity.ts'

/**
 * Runs an act over one moment of a database that others may be writing: nothing that is committed meanwhile is seen.
 * @throws StoreError `unavailable` when there is none, `corrupt` when it is damaged or not Goldpan's
 */
export async function atOneMoment<T>(path: string, act: (db: Connection) => Promise<T> | T): Promise<T> {
  const flaw = flawOfFiles(path)
  if (flaw !== null) throw new StoreError('corrupt', `${path} is damaged: ${flaw}.`)
  if (!existsSync(path) || statSync(path).size === 0)
    throw new StoreError('unavailable', `There is no database at ${path}.`)
  try {
    const db = new Database(path, { readonly: true, timeout: BUSY_MS })
    try {
      sayForeign(db)
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

/** How much room the database takes at the moment that a connection reads. */
export function extentOf(db: Connection): Extent {
  const pragma = (name: string): number => Number(db.pragma(name, { simple: true }))
  return { ...filesOf(db.name), bytes: pragma('page_count') * pragma('page_size') }
}

/** The same of a database that cannot be read: its file is all that is known. */
export const extentOfFiles = (path: string): Extent => ({ ...filesOf(path), bytes: sizeOf(path) })

const filesOf = (path: string): Omit<Extent, 'bytes'> => ({
  fileBytes: sizeOf(path),
  logBytes: sizeOf(`${path}-wal`),
})

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

/** Counts through every row; a table that an older schema does not have counts for none. */
export function rowCounts(db: Connection): RowCounts {
  const columnsOf = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck()
  const count = (table: string, column?: string): number => {
    const columns = columnsOf.all(table)
    if (columns.length === 0 || (column && !columns.includes(column))) return 0
    return (
      db
        .prepare<[], number>(`SELECT count(${column ?? '*'}) FROM ${table}`)
        .pluck()
        .get() ?? 0
    )
  }
  const settled = count('quarantine', 'settled')
  return {
    sites: count('sites'),
    events: count('events'),
    persons: count('persons'),
    handoffs: count('handoffs'),
    quarantined: count('quarantine') - settled,
    settled,
    erasures: count('tombstones'),
  }
}

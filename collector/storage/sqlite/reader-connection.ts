import Database from 'better-sqlite3'
import { StoreError } from '../store.ts'
import { BUSY_MS, type Connection, sayForeign, storeErrorOf } from './connection.ts'
import { MIGRATIONS } from './migrate.ts'

/** 8 MiB: the upper levels of the indexes; the system keeps the rest for all connections. */
const CACHE_KIB = 8_192

/**
 * Opens a database that this process has open already, for reading alone: SQLite refuses whatever would write (trust.md,
 * SQL injection). Looks at nothing but the connection: to open and close the file itself would drop the process's locks on
 * it (https://www.sqlite.org/howtocorrupt.html, 2.2).
 * @throws StoreError `newer_schema` or `unavailable` when its schema is not this release's; nothing is migrated
 */
export function openReading(path: string): Connection {
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_MS })
    try {
      db.pragma('query_only = ON')
      db.pragma('temp_store = MEMORY')
      db.pragma(`cache_size = -${CACHE_KIB}`)
      checkSchema(db)
      return db
    } catch (error) {
      db.close()
      throw error
    }
  } catch (error) {
    throw storeErrorOf(error, path)
  }
}

function checkSchema(db: Connection): void {
  sayForeign(db)
  const found = Number(db.pragma('user_version', { simple: true }))
  if (found === MIGRATIONS.length) return
  throw new StoreError(
    found > MIGRATIONS.length ? 'newer_schema' : 'unavailable',
    `${db.name} has schema version ${found}, a reader of this release reads ${MIGRATIONS.length}. Stop the collector, and start the latest release.`,
  )
}

import type { Connection } from './connection.ts'

/**
 * Takes the log into the file and leaves it empty, unless somebody is reading or writing: waits for nobody.
 * @returns whether it is empty
 */
export function tryEmptyLog(db: Connection): boolean {
  const timeout = db.pragma('busy_timeout', { simple: true })
  db.pragma('busy_timeout = 0')
  try {
    return db.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0
  } finally {
    db.pragma(`busy_timeout = ${timeout}`)
  }
}

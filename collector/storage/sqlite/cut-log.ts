import { copyFileSync, existsSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { StoreError } from '../store.ts'
import type { CutLog } from '../upkeep.ts'
import { storeErrorOf } from './connection.ts'
import { flawOfLog } from './integrity.ts'
import { nameToDisk, toDisk } from './whole-file.ts'

/**
 * Takes what is whole of a damaged log into the database, and keeps the log as it was beside it.
 * @param at epoch ms
 * @returns null: nothing within the log is damaged, and nothing was done
 * @throws StoreError `unavailable` while another process has the database open
 */
export function cutSqliteLog(path: string, at: number): CutLog | null {
  const broken = flawOfLog(path)
  if (broken === null) return null
  const stamp = new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')
  const kept = `${path}-wal.cut-${stamp}Z`
  if (existsSync(kept)) throw new StoreError('unavailable', `${kept} is there already. Try again.`)
  copyFileSync(`${path}-wal`, kept)
  try {
    toDisk(kept)
    nameToDisk(kept)
    takeIn(path)
  } catch (error) {
    if (existsSync(`${path}-wal`)) rmSync(kept, { force: true })
    throw busyOr(error, path)
  }
  return { kept, transactions: broken.behind }
}

/** SQLite takes the first damaged frame for the log's end. */
function takeIn(path: string): void {
  const db = new Database(path, { timeout: 0, fileMustExist: true })
  try {
    // alone: who has the database open shares a lock on it (https://www.sqlite.org/wal.html#noshm)
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('wal_checkpoint(TRUNCATE)')
    rmSync(`${path}-shm`, { force: true })
  } finally {
    db.close()
  }
}

function busyOr(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^SQLITE_(BUSY|LOCKED)/.test(code)
    ? new StoreError(
        'unavailable',
        `${path} is open in another process. Stop the collector and every command, then cut the log; nothing was changed.`,
      )
    : storeErrorOf(error, path)
}

import { chmodSync, existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { StoreError } from '../store.ts'
import type { CarriedErasures, PreparedRestore } from '../upkeep.ts'
import { carryTombstones } from './carry-tombstones.ts'
import { type Connection, sayForeign, storeErrorOf } from './connection.ts'
import { flawOfFiles } from './integrity.ts'
import { openSqliteStore } from './store.ts'
import { copyWithLog, makeWhole, nameToDisk, takeAway, toDisk, verified } from './whole-file.ts'

/**
 * Copies a backup beside the database, reads the copy whole, and brings its schema up to date. The backup itself is only
 * read, as a file; nothing that is in place is touched before `carryErasures`.
 * @throws StoreError `corrupt`, `newer_schema`, or `unavailable`
 */
export async function prepareSqliteRestore(path: string, file: string): Promise<PreparedRestore> {
  if (!existsSync(file) || !statSync(file).isFile())
    throw new StoreError('unavailable', `There is no file ${file}.`)
  const beside = `${path}.${process.pid}.restoring`
  try {
    copyWithLog(file, beside)
    chmodSync(beside, 0o600)
    const rows = await verified(beside, file)
    await openSqliteStore(beside).close()
    let held: Connection | null = null
    return {
      rows,
      url: `sqlite:${beside}`,
      carryErasures: () => {
        const { db, unreadable } = holdAlone(path)
        held = db
        return carried(db, beside, unreadable)
      },
      swap: at => {
        makeWhole(beside)
        const aside = swapIn(path, beside, at)
        held?.close()
        held = null
        return aside
      },
      close: () => {
        held?.close()
        takeAway(beside)
      },
    }
  } catch (error) {
    takeAway(beside)
    throw storeErrorOf(error, file)
  }
}

interface Held {
  /** holds every other process out until it is closed; null: there is nothing, or it cannot be opened */
  readonly db: Connection | null
  readonly unreadable: string | null
}

/**
 * Every process that has the database open shares a lock on it, so one that gets it alone knows that there is no other
 * (https://www.sqlite.org/wal.html, Use of WAL without shared memory). What is in its log goes into the file.
 */
function holdAlone(path: string): Held {
  const flaw = flawOfFiles(path)
  if (flaw !== null) return { db: null, unreadable: flaw }
  if (!existsSync(path) || statSync(path).size === 0) return { db: null, unreadable: null }
  const db = new Database(path, { timeout: 0 })
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = DELETE')
    db.exec('BEGIN EXCLUSIVE; COMMIT')
    // no file of its own from here on: what is beside the name belongs to the next one soon
    db.pragma('journal_mode = MEMORY')
    rmSync(`${path}-journal`, { force: true })
    sayForeign(db)
    return { db, unreadable: null }
  } catch (error) {
    db.close()
    return damagedOrThrow(error, path)
  }
}

function damagedOrThrow(error: unknown, path: string): Held {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^SQLITE_(BUSY|LOCKED)/.test(code))
    throw new StoreError(
      'unavailable',
      `${path} is open in another process. Stop the collector and every command, then restore; nothing was changed.`,
    )
  if (error instanceof Error && /^SQLITE_(CORRUPT|NOTADB|IOERR|ERROR|READONLY)/.test(code))
    return { db: null, unreadable: error.message }
  throw storeErrorOf(error, path)
}

function carried(db: Connection | null, beside: string, unreadable: string | null): CarriedErasures {
  if (db === null) return { tombstones: [], unreadable }
  const copy = new Database(beside)
  try {
    return { tombstones: carryTombstones(db, copy), unreadable: null }
  } catch (error) {
    if (error instanceof StoreError || !(error instanceof Error)) throw error
    return { tombstones: [], unreadable: error.message }
  } finally {
    copy.close()
  }
}

/** In place at every moment there is either the one or the other. The log goes with the file that it belongs to. */
function swapIn(path: string, beside: string, at: number): string | null {
  const stamp = new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')
  const aside = `${path}.replaced-${stamp}Z`
  if (existsSync(aside))
    throw new StoreError('unavailable', `${aside} is there already. Nothing was changed; try again.`)
  toDisk(beside)
  const logs = ['-wal', '-shm', '-journal'].filter(end => existsSync(`${path}${end}`))
  for (const end of logs) renameSync(`${path}${end}`, `${aside}${end}`)
  const isThere = existsSync(path)
  if (isThere) keepAs(path, aside)
  renameSync(beside, path)
  nameToDisk(path)
  return isThere || logs.length > 0 ? aside : null
}

function keepAs(path: string, aside: string): void {
  try {
    linkSync(path, aside)
  } catch {
    // a file system without links
    renameSync(path, aside)
  }
}

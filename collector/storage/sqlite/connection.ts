import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { StoreError } from '../store.ts'
import { APPLICATION_ID, flawAtStart, flawOfFiles } from './integrity.ts'

export type Connection = Database.Database

/** How long a write waits for another process's (a command beside the collector). Our choice. */
export const BUSY_MS = 5_000

const IN_MEMORY = ':memory:'

/**
 * Opens the database file, creating it (mode 0600) and its directory when there is none.
 * @throws StoreError `corrupt` for a damaged or foreign file, which is left as it is; `unavailable` when it cannot be opened
 */
export function openConnection(path: string): Connection {
  try {
    if (path !== IN_MEMORY) createFile(path)
    const db = new Database(path, { timeout: BUSY_MS })
    try {
      if (isNew(db)) db.pragma(`application_id = ${APPLICATION_ID}`)
      else checkFile(db)
      configure(db)
      return db
    } catch (error) {
      db.close()
      throw error
    }
  } catch (error) {
    throw storeErrorOf(error, path)
  }
}

/** Level by level: in Node 20 `recursive` never returns where the system refuses folders, as under /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}

function createFile(path: string): void {
  // first: nothing is made beside the log of a database that is gone
  sayFlaw(path, flawOfFiles(path))
  makeFolder(dirname(path))
  closeSync(openSync(path, 'a', 0o600))
}

const isNew = (db: Connection): boolean =>
  db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0

/** Only reads, so that a file that is not ours, or not whole, stays as it is. */
function checkFile(db: Connection): void {
  sayForeign(db)
  sayFlaw(db.name, flawAtStart(db))
}

/** @throws StoreError `corrupt` for another program's database */
export function sayForeign(db: Connection): void {
  if (db.pragma('application_id', { simple: true }) === APPLICATION_ID) return
  throw new StoreError(
    'corrupt',
    `${db.name} is a SQLite database, but not Goldpan's. Choose another path; nothing was changed.`,
  )
}

function sayFlaw(path: string, flaw: string | null): void {
  if (flaw !== null) throw damaged(path, flaw)
}

function configure(db: Connection): void {
  db.pragma('journal_mode = WAL')
  // a commit returns after fsync: 2xx means durable
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('temp_store = MEMORY')
  // what is deleted or written over is gone from the file: erasure (trust.md, Privacy) has no other moment to see to it
  db.pragma('secure_delete = ON')
  // 16 MiB: the upper levels of the indexes of 10 million events; the system keeps the rest, and twice as much saved no CPU
  db.pragma('cache_size = -16384')
  // 16 MiB of log: a page that many commits touch is copied to the file once (our choice)
  db.pragma('wal_autocheckpoint = 4000')
}

/** How often it is tried again what another process's write is in the way of. Our choice. */
const TRY_AGAIN_MS = 20

/**
 * Makes a method of the port from a synchronous act: it runs at once, its failure becomes a rejection. While another process
 * writes it is tried again, as long as BUSY_MS; whoever wants something else is served meanwhile (`neverStandStill`). An act
 * that was in the way of nothing but that has done nothing yet: it is one statement, or one transaction.
 */
export const method =
  <Args extends readonly unknown[], Result>(act: (...args: Args) => Result) =>
  async (...args: Args): Promise<Result> => {
    const until = performance.now() + BUSY_MS
    for (;;) {
      try {
        return act(...args)
      } catch (error) {
        if (!isBusy(error) || performance.now() >= until) throw storeErrorOf(error, 'the database')
        await sleep(TRY_AGAIN_MS)
      }
    }
  }

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')

/** Of another process's write a collector waits this long in one piece, in which it answers nobody. Our choice. */
const STAND_STILL_MS = 20

/** For the process that answers requests: by itself SQLite would wait for the whole of BUSY_MS, and the thread with it. */
export const neverStandStill = (db: Connection): void => {
  db.pragma(`busy_timeout = ${STAND_STILL_MS}`)
}

/**
 * Runs a transaction that need not reach the disk before it returns: what a power failure takes of it is derived again,
 * for its dirty marks go with it. Nothing else can be lost, for the log is a sequence: whatever a later commit brings to
 * the disk brings this along (https://www.sqlite.org/pragma.html#pragma_synchronous).
 */
export function withoutWaiting<Result>(db: Connection, transaction: () => Result): Result {
  db.pragma('synchronous = NORMAL')
  try {
    return transaction()
  } finally {
    db.pragma('synchronous = FULL')
  }
}

/** The row of a query that always has one; a database without it is damaged. */
export function present<Row>(row: Row | undefined): Row {
  if (row === undefined) throw damaged('the database', 'a row that every Goldpan database has is missing')
  return row
}

/** A failure of SQLite or of the file system in the port's words; anything else (a caller's mistake) as it is. */
export function storeErrorOf(error: unknown, what: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreError || !('code' in error)) return error
  const code = String(error.code)
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return damaged(what, error.message, error)
  if (/^(SQLITE_FULL|ENOSPC)/.test(code)) {
    return new StoreError('full', `No space left to write ${what}. Free some; nothing was committed.`, {
      cause: error,
    })
  }
  if (code.startsWith('SQLITE_CONSTRAINT') || code.startsWith('ERR_')) return error
  return new StoreError('unavailable', `Cannot use ${what}: ${error.message} (${code}).${fixOf(code)}`, {
    cause: error,
  })
}

function fixOf(code: string): string {
  if (/^E(ISDIR|EXIST|NOTDIR|NOENT|ACCES|PERM|ROFS)$/.test(code)) return ` ${PATH_FIX}`
  return code === 'SQLITE_ERROR' ? ` ${SCHEMA_FIX}` : ''
}

const SCHEMA_FIX =
  'It is not as this release knows it. Say `goldpan doctor`, and put a backup in its place with `goldpan restore FILE`.'

const PATH_FIX =
  'DATABASE_URL must name a file that this user may write, in a folder that is there or can be made, as in sqlite:data/goldpan.db.'

export const damaged = (what: string, how: string, cause?: Error): StoreError =>
  new StoreError(
    'corrupt',
    `${what} is damaged: ${how}. Nothing was changed. Say \`goldpan doctor\` for all that is wrong, and put a backup in its place with \`goldpan restore FILE\`.`,
    { cause },
  )

import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { backupSqlite } from './sqlite/backup.ts'
import { checkSqlite } from './sqlite/check.ts'
import { cutSqliteLog } from './sqlite/cut-log.ts'
import { openReadingApart } from './sqlite/reading-apart.ts'
import { prepareSqliteRestore } from './sqlite/restore.ts'
import { measureSqlite } from './sqlite/size.ts'
import { openSqliteStore } from './sqlite/store.ts'
import { type Store, StoreError } from './store.ts'
import type { BackupReport, BackupWish, CheckReport, CutLog, PreparedRestore, SizeReport } from './upkeep.ts'

/**
 * Opens the store that a DATABASE_URL names: `sqlite:data/goldpan.db`, `sqlite:/var/lib/goldpan.db`, `sqlite::memory:`.
 * @param say is told what a database of an earlier release waits for
 * @throws StoreError `unavailable` for a URL this release does not know, else as the engine says
 */
export async function openStore(databaseUrl: string, say?: (line: string) => void): Promise<Store> {
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(databaseUrl) ?? []
  // `sqlite:///var/lib/x.db` is the same file as `sqlite:/var/lib/x.db`
  const path = rest?.replace(/^\/\//, '')
  if (scheme === 'sqlite' && path) return openSqliteStore(path, say)
  if (scheme === 'postgres' || scheme === 'postgresql') {
    throw new StoreError('unavailable', `PostgreSQL is not in this release. ${EXPECTED}`)
  }
  // no more of the URL than its scheme: the rest may hold a password
  throw new StoreError('unavailable', `DATABASE_URL has the unknown form "${scheme ?? ''}:…". ${EXPECTED}`)
}

/**
 * The same for a collector: reports are read in threads of their own, beside the one that takes events. A database in memory
 * has no file that they could open, and is read where it is written.
 * @throws StoreError, and `unavailable` when the program of these threads is not there
 */
export async function openServingStore(databaseUrl: string, say?: (line: string) => void): Promise<Store> {
  const path = pathOf(databaseUrl)
  return path === null ? openStore(databaseUrl, say) : openReadingApart(path, { say })
}

/** Where the file of a database is; null: it is in none. */
export function folderOf(databaseUrl: string): string | null {
  const path = pathOf(databaseUrl)
  return path === null ? null : dirname(path)
}

/** Whether there is something to open, the log of a file that is gone included: opening makes what is not there. */
export function isStoreThere(databaseUrl: string): boolean {
  const path = pathOf(databaseUrl)
  return path === null || existsSync(path) || existsSync(`${path}-wal`)
}

/**
 * Copies the database as it is at one moment, while others go on writing it.
 * @throws StoreError `unavailable` when the copy cannot be made or is there already, `corrupt` when it is not whole
 */
export async function backupStore(databaseUrl: string, wish: BackupWish): Promise<BackupReport> {
  return backupSqlite(fileOf(databaseUrl), wish)
}

/**
 * Reads a backup whole and makes it ready to be put in place of the database, or where there is none.
 * @throws StoreError `corrupt` or `newer_schema` for a backup that cannot be, `unavailable` when it cannot be read
 */
export async function prepareRestore(databaseUrl: string, file: string): Promise<PreparedRestore> {
  return prepareSqliteRestore(fileOf(databaseUrl), file)
}

/** Reads the whole database. @throws StoreError `unavailable` when it cannot; damage is a value */
export async function checkStore(databaseUrl: string): Promise<CheckReport> {
  return checkSqlite(fileOf(databaseUrl))
}

/**
 * Goes on with what is whole of a log that is damaged within; null: it is not. @param now epoch ms
 * @throws StoreError `unavailable` while another process has the database open
 */
export function cutLog(databaseUrl: string, now: number): CutLog | null {
  return cutSqliteLog(fileOf(databaseUrl), now)
}

/** Measures the database. @param now epoch ms @throws StoreError */
export async function measureStore(databaseUrl: string, now: number): Promise<SizeReport> {
  return measureSqlite(fileOf(databaseUrl), now)
}

function fileOf(databaseUrl: string): string {
  const path = pathOf(databaseUrl)
  if (path !== null) return path
  throw new StoreError('unavailable', `This works on a database in a file alone. ${EXPECTED}`)
}

function pathOf(databaseUrl: string): string | null {
  const path = /^sqlite:(?:\/\/)?(.+)$/.exec(databaseUrl)?.[1]
  return path === undefined || path === ':memory:' ? null : path
}

const EXPECTED = 'DATABASE_URL must be sqlite:<path>, for example sqlite:data/goldpan.db.'

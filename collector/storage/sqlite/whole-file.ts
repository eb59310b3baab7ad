import { closeSync, constants, copyFileSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { StoreError } from '../store.ts'
import type { RowCounts } from '../upkeep.ts'
import { allFlaws } from './integrity.ts'
import { MIGRATIONS } from './migrate.ts'
import { atOneMoment, rowCounts } from './read-only.ts'

/** Makes a database all there is: no log beside it, on the disk, and nobody else's to read. */
export function makeWhole(path: string): void {
  const db = new Database(path)
  try {
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
  toDisk(path)
}

/** Waits until what is written to a file, or the names in a folder, are on the disk. */
export function toDisk(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** That a file has its name after a power failure, too. */
export const nameToDisk = (path: string): void => toDisk(dirname(path))

/** A copy with the log that belongs to it; shares the bytes where the file system can. */
export function copyWithLog(from: string, to: string): void {
  for (const end of ['', '-wal'])
    if (existsSync(`${from}${end}`))
      copyFileSync(`${from}${end}`, `${to}${end}`, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
}

/** A file that was only beside the database for a while, with what SQLite laid beside it. */
export function takeAway(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${end}`, { force: true })
}

/**
 * Reads a copy whole.
 * @returns how many rows it holds
 * @throws StoreError `corrupt` with the first thing that is wrong, `newer_schema` for a later release's
 */
export async function verified(path: string, name: string): Promise<RowCounts> {
  return atOneMoment(path, db => {
    const schema = Number(db.pragma('user_version', { simple: true }))
    if (schema > MIGRATIONS.length)
      throw new StoreError(
        'newer_schema',
        `${name} has schema version ${schema}, this release of Goldpan knows up to ${MIGRATIONS.length}. Take the release that wrote it.`,
      )
    const [flaw] = allFlaws(db)
    if (flaw !== undefined)
      throw new StoreError(
        'corrupt',
        `${name} is damaged: ${flaw}. Take another backup; nothing was changed.`,
      )
    return rowCounts(db)
  })
}

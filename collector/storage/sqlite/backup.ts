import { closeSync, existsSync, linkSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { StoreError } from '../store.ts'
import type { BackupReport, BackupWish, RowCounts, UpkeepWatch } from '../upkeep.ts'
import { type Connection, storeErrorOf } from './connection.ts'
import { atOneMoment, rowCounts } from './read-only.ts'
import { makeWhole, nameToDisk, takeAway, verified } from './whole-file.ts'

/** Pages (4 KiB) between two looks at the world: some milliseconds (our choice). */
const STEP = 1_000

/**
 * Copies a database page by page, in one moment of it: the reading connection holds its moment, so that what others write
 * meanwhile does not make the copy begin anew, as it would else (https://www.sqlite.org/backup.html). Pages and not
 * `VACUUM INTO`, which can be neither watched nor stopped and took half as long again. Written beside its name, and named when it is on the disk.
 * @throws StoreError
 */
export async function backupSqlite(path: string, wish: BackupWish): Promise<BackupReport> {
  const { to, force, verify } = wish
  refuseTarget(path, to, force)
  const beside = `${to}.${process.pid}.partial`
  try {
    const rows = await atOneMoment(path, async db => {
      // nobody else may read it, at no moment
      closeSync(openSync(beside, 'wx', 0o600))
      await copyPages(db, beside, wish)
      return verify ? rowCounts(db) : null
    })
    makeWhole(beside)
    if (rows) sayLost(rows, await verified(beside, to))
    if (force) renameSync(beside, to)
    else nameNew(beside, to)
    nameToDisk(to)
    return { file: to, bytes: statSync(to).size, rows }
  } catch (error) {
    takeAway(beside)
    throw storeErrorOf(error, to)
  }
}

function refuseTarget(path: string, to: string, force: boolean): void {
  const folder = dirname(to)
  if (!existsSync(folder))
    throw new StoreError('unavailable', `There is no folder ${folder}. Make it, or name another file.`)
  if (!existsSync(to)) return
  const [target, source] = [statSync(to), statSync(path)]
  if (target.ino === source.ino && target.dev === source.dev)
    throw new StoreError('unavailable', `${to} is the database itself. Name another file.`)
  if (!target.isFile()) throw new StoreError('unavailable', `${to} is not a file. Name a file that is new.`)
  if (!force)
    throw new StoreError('unavailable', `${to} is there already. Name another file, or say --force.`)
}

async function copyPages(db: Connection, beside: string, { onProgress, stop }: UpkeepWatch): Promise<void> {
  let done = 0
  let told: Promise<void> | undefined
  await db.backup(beside, {
    progress: ({ totalPages, remainingPages }) => {
      if (stop?.aborted) throw new StoreError('unavailable', 'The backup was stopped; nothing was kept.')
      told = onProgress?.(totalPages - remainingPages - done, totalPages)
      done = totalPages - remainingPages
      return STEP
    },
  })
  await told
  if (stop?.aborted) throw new StoreError('unavailable', 'The backup was stopped; nothing was kept.')
}

/** Somebody may have made a file of that name meanwhile: a link, other than a rename, replaces none. */
function nameNew(from: string, to: string): void {
  try {
    linkSync(from, to)
    rmSync(from)
  } catch (error) {
    if (existsSync(to)) throw error
    // a file system without links
    renameSync(from, to)
  }
}

function sayLost(expected: RowCounts, came: RowCounts): void {
  if (isDeepStrictEqual(expected, came)) return
  const words = `expected ${JSON.stringify(expected)}, came ${JSON.stringify(came)}`
  throw new StoreError('corrupt', `The copy is not what was copied: ${words}. Nothing was kept.`)
}

import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { unreadableJson } from './json-columns.ts'
import { readEnds } from './tree-ends.ts'
import { type BrokenLog, brokenLog } from './wal-frames.ts'
import { walHeaderFlaw } from './wal-header.ts'

type Connection = Database.Database

/** `GOLD` in ASCII: marks our files, so that another program's database is never migrated. */
export const APPLICATION_ID = 0x474f4c44

/**
 * Up to these sizes a start checks everything, or the structure without comparing indexes with their tables; beyond, both
 * ends of every table and index. Chosen by docs/operating.md's figures, so that a start takes no second for it.
 */
const CHECKED_WHOLE_BYTES = 32 * 1024 * 1024
const CHECKED_QUICKLY_BYTES = 256 * 1024 * 1024

/** Offsets of the file header: https://www.sqlite.org/fileformat2.html#the_database_header */
const HEADER_BYTES = 100
const MAGIC = 'SQLite format 3\0'
const PAGE_SIZE_AT = 16
const FORMATS_AT = 18
const CHANGES_AT = 24
const PAGES_AT = 28
const PAGES_VALID_FOR_AT = 92

/**
 * What SQLite would not complain of, or would mend in silence, seen before it opens the file. Only reads.
 * @returns what is wrong, or null
 */
export function flawOfFiles(path: string): string | null {
  const [log, index] = [`${path}-wal`, `${path}-shm`]
  const logBytes = sizeOf(log)
  // SQLite deletes the log of an empty file, and with it all that was committed since
  if (sizeOf(path) === 0) return logBytes > 0 ? orphanedLog(path, log) : null
  // a clean end deletes the index first and the log last: looked at again, for another process may be ending just now
  if (existsSync(index) && !existsSync(log) && existsSync(index))
    return `it was not closed, and its log ${log} is missing, which holds the latest events`
  if (logBytes > 0) {
    const flaw = walHeaderFlaw(readStart(log, HEADER_BYTES)) ?? framesFlaw(flawOfLog(path))
    return flaw && `its log ${log} ${flaw}`
  }
  const flaw = headerFlaw(readStart(path, HEADER_BYTES), sizeOf(path))
  // with a log the file may be behind its header: the log has the rest
  return sizeOf(log) === 0 ? flaw : null
}

const orphanedLog = (path: string, log: string): string =>
  `it is ${existsSync(path) ? 'empty' : 'not there'}, but its log ${log} is, which holds the latest events and is nothing without it. If the file was moved, put it back beside its log; a restore keeps the log as it is`

/** Damage within the log. Seen twice at one place: another process may be writing just now. Only reads. */
export function flawOfLog(path: string): BrokenLog | null {
  const log = `${path}-wal`
  if (sizeOf(log) === 0) return null
  const first = brokenLog(log)
  return first && brokenLog(log)?.frame === first.frame ? first : null
}

const framesFlaw = (broken: BrokenLog | null): string | null =>
  broken &&
  `is damaged: the sum of its frame ${broken.frame} is another, and ${broken.behind} whole transactions stand behind it; it holds the latest events. After a power failure these may be what nobody was promised: \`goldpan doctor --cut-log\` goes on with what stands before, and keeps a copy of the log`

function headerFlaw(header: Buffer, bytes: number): string | null {
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, MAGIC.length) !== MAGIC)
    return 'it is no database: its first bytes are others'
  // 1: a journal, 2: a log; with any other number SQLite would open it for reading alone
  if (header.subarray(FORMATS_AT, FORMATS_AT + 2).some(format => format !== 1 && format !== 2))
    return 'its first bytes name a format that there is not'
  const pageBytes = header.readUInt16BE(PAGE_SIZE_AT) === 1 ? 65_536 : header.readUInt16BE(PAGE_SIZE_AT)
  const isCounted = header.readUInt32BE(CHANGES_AT) === header.readUInt32BE(PAGES_VALID_FOR_AT)
  const expected = header.readUInt32BE(PAGES_AT) * pageBytes
  return isCounted && bytes < expected
    ? `it is cut short: ${expected} bytes by its own account, ${bytes} are there`
    : null
}

/** What is wrong with a database that is open; null: nothing was seen. Only reads. */
export function flawAtStart(db: Connection): string | null {
  const bytes = statSync(db.name).size
  if (bytes > CHECKED_QUICKLY_BYTES) {
    readEnds(db)
    return null
  }
  const check = bytes > CHECKED_WHOLE_BYTES ? 'quick_check(1)' : 'integrity_check(1)'
  return structureFlaws(db, check)[0] ?? null
}

/** What these checks read of an index of an expression is JSON, and one that is none ends them. */
function structureFlaws(db: Connection, check: string): readonly string[] {
  try {
    const verdict = db.prepare<[], string>(`PRAGMA ${check}`).pluck().all()
    return verdict.join() === 'ok' ? [] : verdict
  } catch (error) {
    const unreadable = unreadableJson(db)
    if (unreadable.length === 0) throw error
    return unreadable
  }
}

/** Every problem of the whole file, at most a hundred: structure, indexes against tables, keys, and JSON. */
export function allFlaws(db: Connection): readonly string[] {
  const structure = structureFlaws(db, 'integrity_check(100)')
  if (structure.length > 0) return structure
  const keys = db
    .prepare<[], { readonly table: string; readonly parent: string }>('PRAGMA foreign_key_check')
    .all()
    .map(({ table, parent }) => `a row of ${table} belongs to no row of ${parent}`)
  return [...keys.slice(0, 100), ...unreadableJson(db)]
}

const sizeOf = (path: string): number => (existsSync(path) ? statSync(path).size : 0)

function readStart(path: string, bytes: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const start = Buffer.alloc(bytes)
    return start.subarray(0, readSync(file, start, 0, bytes, 0))
  } finally {
    closeSync(file)
  }
}

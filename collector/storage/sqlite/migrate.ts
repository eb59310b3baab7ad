import { StoreError } from '../store.ts'
import { BUSY_MS, type Connection, storeErrorOf } from './connection.ts'
import { ground } from './migrations/0001-ground.ts'
import { siteSettings } from './migrations/0002-site-settings.ts'
import { generations } from './migrations/0003-generations.ts'
import { noted } from './migrations/0004-noted.ts'
import { accounts } from './migrations/0005-accounts.ts'
import { erasure } from './migrations/0006-erasure.ts'
import { quarantine } from './migrations/0007-quarantine.ts'
import { dirtyInOrder } from './migrations/0008-dirty-in-order.ts'
import { quarantineOnce } from './migrations/0009-quarantine-once.ts'
import { listsWrittenLess } from './migrations/0010-lists-written-less.ts'
import { leadsFirst } from './migrations/0011-leads-first.ts'
import { gradesInOrder } from './migrations/0012-grades-in-order.ts'
import type { Migration } from './migrations/migration.ts'

/** Append only: a released migration is never edited, and none goes back. */
export const MIGRATIONS: readonly Migration[] = [
  ground,
  siteSettings,
  generations,
  noted,
  accounts,
  erasure,
  quarantine,
  dirtyInOrder,
  quarantineOnce,
  listsWrittenLess,
  leadsFirst,
  gradesInOrder,
]

/**
 * Brings the schema to the version of this program, its data in place. All or nothing, and safe when two processes start
 * at once: the second waits for the write lock and finds nothing to do.
 * @param say is told what is done to a database that is there, before it is: each step may take long
 * @throws StoreError `newer_schema` when a later release has written the database
 */
export function migrate(
  db: Connection,
  migrations: readonly Migration[] = MIGRATIONS,
  say: (line: string) => void = () => {},
): void {
  const run = db.transaction(() => {
    const version = versionOf(db)
    if (version > migrations.length) throw newerSchema(db.name, version, migrations.length)
    for (const [index, migration] of migrations.entries()) {
      if (index < version) continue
      if (version > 0) say(`Database: ${migration.name}, ${index + 1} of ${migrations.length}.`)
      applyOne(db, migration)
    }
    db.pragma(`user_version = ${migrations.length}`)
  })
  const version = versionOf(db)
  if (version === migrations.length) return
  if (version > 0 && version < migrations.length) say(OLDER)
  db.pragma(`busy_timeout = ${OTHERS_MIGRATE_MS}`)
  run.immediate()
  db.pragma(`busy_timeout = ${BUSY_MS}`)
}

const OLDER =
  'The database is brought to the schema of this release. A large one takes a while; if it is cut, it is as it was before.'

/** A database of a million events takes another process some twenty seconds (our choice: a hundred times that). */
const OTHERS_MIGRATE_MS = 2_000_000

const versionOf = (db: Connection): number => Number(db.pragma('user_version', { simple: true }))

function applyOne(db: Connection, migration: Migration): void {
  try {
    db.exec(migration.sql)
  } catch (cause) {
    const said = storeErrorOf(cause, db.name)
    const { code, message } = said instanceof StoreError ? said : new StoreError('unavailable', String(cause))
    const failed = `Migration ${migration.name} failed; the database is as it was before.`
    throw new StoreError(code, `${failed} ${message}`, { cause })
  }
}

const newerSchema = (path: string, found: number, known: number): StoreError =>
  new StoreError(
    'newer_schema',
    `${path} has schema version ${found}, this release of Goldpan knows up to ${known}. ` +
      'Start the release that wrote it, or a later one.',
  )

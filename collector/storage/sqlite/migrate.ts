import { StoreError } from '../store.ts'
import type { Connection } from './connection.ts'
import { ground } from './migrations/0001-ground.ts'
import { siteSettings } from './migrations/0002-site-settings.ts'
import { generations } from './migrations/0003-generations.ts'
import { noted } from './migrations/0004-noted.ts'
import { accounts } from './migrations/0005-accounts.ts'
import { erasure } from './migrations/0006-erasure.ts'
import { quarantine } from './migrations/0007-quarantine.ts'
import { dirtyInOrder } from './migrations/0008-dirty-in-order.ts'
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
]

/**
 * Brings the schema to the version of this program, its data in place. All or nothing, and safe when two processes start
 * at once: the second waits for the write lock and finds nothing to do.
 * @throws StoreError `newer_schema` when a later release has written the database
 */
export function migrate(db: Connection, migrations: readonly Migration[] = MIGRATIONS): void {
  const run = db.transaction(() => {
    const version = Number(db.pragma('user_version', { simple: true }))
    if (version > migrations.length) throw newerSchema(db.name, version, migrations.length)
    for (const migration of migrations.slice(version)) applyOne(db, migration)
    db.pragma(`user_version = ${migrations.length}`)
  })
  run.immediate()
}

function applyOne(db: Connection, migration: Migration): void {
  try {
    db.exec(migration.sql)
  } catch (cause) {
    throw new StoreError(
      'unavailable',
      `Migration ${migration.name} failed; the database is as it was before.`,
      {
        cause,
      },
    )
  }
}

const newerSchema = (path: string, found: number, known: number): StoreError =>
  new StoreError(
    'newer_schema',
    `${path} has schema version ${found}, this release of Goldpan knows up to ${known}. ` +
      'Start the release that wrote it, or a later one.',
  )

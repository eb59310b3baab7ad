import { randomBytes } from 'node:crypto'
import type { Store } from '../store.ts'
import { accessStore } from './access.ts'
import { accountStore } from './account-list.ts'
import { applyStore } from './apply.ts'
import { componentStore } from './component.ts'
import { type Connection, method, openConnection, present, storeErrorOf } from './connection.ts'
import { dirtyStore } from './dirty.ts'
import { driftStore } from './drift.ts'
import { erasureStore } from './erasure.ts'
import { factStore } from './facts.ts'
import { figuresStore } from './figures.ts'
import { generationStore } from './generations.ts'
import { handoffStore } from './handoffs.ts'
import { migrate } from './migrate.ts'
import { modelStore } from './models.ts'
import { quarantineStore } from './quarantine.ts'
import { queryStore } from './queries.ts'
import { retentionStore } from './retention.ts'

/**
 * Opens the SQLite engine of the storage port.
 * @param path of the database file, created with its directory when there is none; `:memory:` for one that is not kept
 * @param say is told what an older database waits for
 * @throws StoreError when the file is damaged, foreign, of a later release, or cannot be used
 */
export const openSqliteStore = (path: string, say?: (line: string) => void): Store =>
  openSqlite(path, say).store

/** The same with its connection, for what this room does beside the port. */
export function openSqlite(
  path: string,
  say?: (line: string) => void,
): { readonly db: Connection; readonly store: Store } {
  const db = openConnection(path)
  try {
    migrate(db, undefined, say)
    return { db, store: sqliteStore(db) }
  } catch (error) {
    db.close()
    throw storeErrorOf(error, path)
  }
}

/** The port over a connection whose schema is up to date. */
export function sqliteStore(db: Connection): Store {
  return {
    ...factStore(db),
    ...dirtyStore(db),
    ...componentStore(db),
    ...applyStore(db),
    ...driftStore(db),
    ...queryStore(db),
    ...accountStore(db),
    ...handoffStore(db),
    ...modelStore(db),
    ...generationStore(db),
    ...accessStore(db),
    ...erasureStore(db),
    ...retentionStore(db),
    ...quarantineStore(db),
    ...figuresStore(db),
    ...installation(db),
  }
}

function installation(db: Connection): Pick<Store, 'installationSecret' | 'ping' | 'close'> {
  const secret = db
    .prepare<[string], string>(
      'UPDATE meta SET installation_secret = coalesce(installation_secret, ?) RETURNING installation_secret',
    )
    .pluck()
  const touch = db.prepare('UPDATE meta SET last_mark = last_mark')
  return {
    installationSecret: method(() => present(secret.get(randomBytes(32).toString('hex')))),
    ping: method(() => {
      touch.run()
    }),
    close: method(() => {
      db.close()
    }),
  }
}

import type { Store } from '../store.ts'
import { neverStandStill } from './connection.ts'
import { PLACES } from './read-places.ts'
import { readerOf } from './reader.ts'
import { readerFile } from './reader-file.ts'
import { openSqlite } from './store.ts'
import { tryEmptyLog } from './wal.ts'
import { keepLog, LONG_LOG_BYTES } from './wal-keeper.ts'

export interface ReadingApart {
  /** program of the readers. @default the one of this build */
  readonly file?: string
  readonly longLogBytes?: number
  /** is told what a database of an earlier release waits for */
  readonly say?: ((line: string) => void) | undefined
}

/**
 * The engine for a collector: long reads are answered by threads that read alone, so that none holds up what is recorded
 * (collector.md, promise 5). What is committed before a question is asked, its answer has seen.
 * @param path of the database file
 * @throws StoreError as openSqliteStore does, and when no reader can be started
 */
export async function openReadingApart(path: string, options: ReadingApart = {}): Promise<Store> {
  const { db, store } = openSqlite(path, options.say)
  try {
    neverStandStill(db)
    const { file = readerFile(), longLogBytes = LONG_LOG_BYTES } = options
    const readers = { page: readerOf({ file, path }), scan: readerOf({ file, path }) }
    // what is wrong is said at the start; the other one is started when it is asked
    await readers.page.open()
    const log = keepLog({ path, readers, longLogBytes, tryEmptyLog: () => tryEmptyLog(db) })
    const apart = readsOf((place, name, args) => {
      log.look()
      return readers[place].ask(name, args)
    })
    return {
      ...store,
      ...apart,
      erase: async order => {
        const erased = await store.erase(order)
        log.empty()
        return erased
      },
      close: async () => {
        await log.stop()
        await Promise.all([readers.page.close(), readers.scan.close()])
        // the last to close takes the log into the file, and a reader could not
        await store.close()
      },
    }
  } catch (error) {
    db.close()
    throw error
  }
}

type Ask = (place: 'page' | 'scan', name: string, args: readonly unknown[]) => Promise<unknown>

/** The methods of the port that readers answer. */
function readsOf(ask: Ask): Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>> {
  return Object.fromEntries(
    Object.entries(PLACES).flatMap(([name, place]) => {
      if (place === 'here') return []
      const placeOf = (args: readonly unknown[]): 'page' | 'scan' =>
        typeof place === 'function' ? Reflect.apply(place, null, args) : place
      return [[name, (...args: readonly unknown[]) => ask(placeOf(args), name, args)]]
    }),
  )
}

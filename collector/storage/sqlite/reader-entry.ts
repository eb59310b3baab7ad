import { parentPort, workerData } from 'node:worker_threads'
import { StoreError } from '../store.ts'
import type { Connection } from './connection.ts'
import { isRead } from './read-places.ts'
import { openReading } from './reader-connection.ts'
import { type FromReader, type ReaderGiven, type ToReader, thrownOf } from './reader-messages.ts'
import { isDone, mayBegin } from './reader-state.ts'
import { sqliteStore } from './store.ts'

/** What runs in a reader's thread (reader.ts): one question after the other, each over the latest commit as of its start. */

const port = parentPort
const given: ReaderGiven = workerData

if (port) {
  const tell = (message: FromReader): void => port.postMessage(message)
  try {
    const db = openReading(given.path)
    port.on(
      'message',
      answerer(db, tell, () => port.close()),
    )
    tell({ kind: 'open' })
  } catch (error) {
    tell({ kind: 'refused', error: thrownOf(error) })
  }
}

function answerer(db: Connection, tell: (message: FromReader) => void, end: () => void) {
  const store = sqliteStore(db)
  const answer = (method: string, args: readonly unknown[]): Promise<unknown> => {
    if (!isRead(method)) throw new Error(`${method} is not for a reader (read-places.ts)`)
    if (!mayBegin(given.state)) throw new StoreError('unavailable', 'The store is being closed.')
    try {
      return Reflect.apply(store[method], store, args)
    } finally {
      // the engine's acts are over when they return (connection.ts, method)
      isDone(given.state)
    }
  }
  return (asked: ToReader): void => {
    if (asked === 'close') {
      db.close()
      end()
      return
    }
    const { id, method, args } = asked
    Promise.resolve()
      .then(() => answer(method, args))
      .then(value => tell({ kind: 'answer', id, json: JSON.stringify(value ?? null) }))
      .catch((error: unknown) => tell({ kind: 'failure', id, error: thrownOf(error) }))
  }
}

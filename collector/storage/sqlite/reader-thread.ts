import { Worker } from 'node:worker_threads'
import { StoreError } from '../store.ts'
import { errorOf, type FromReader, type ReaderGiven, type ToReader } from './reader-messages.ts'
import { closeReader, isDone } from './reader-state.ts'

/**
 * MB of a thread's heap, beyond which it ends instead of the process. Our choice: a page is some 100 KB, and the collector is
 * to stay below 250 MB (collector.md). An answer's JSON is in it, too.
 */
const HEAP_MB = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8 }

export interface ThreadGiven extends ReaderGiven {
  /** of the program it runs (reader-file.ts) */
  readonly file: string
}

/** A thread that reads (reader-entry.ts). It keeps no process alive but while somebody waits for it. */
export interface ReaderThread {
  /** Rejects with a StoreError when it cannot read the file. */
  readonly opened: Promise<unknown>
  /** Rejects as the engine does; with StoreError `unavailable` when the thread ends before it answers. */
  ask(method: string, args: readonly unknown[]): Promise<unknown>
  /** how many answers are waited for */
  waiting(): number
  /** Resolves when it has finished what it is at, refused what has not begun, and ended. */
  end(): Promise<void>
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** That the thread is open is the answer to no question. */
const OPENING = 0

/** @param onGone called once, when it will answer no more */
export function startThread({ file, ...given }: ThreadGiven, onGone: () => void): ReaderThread {
  const worker = new Worker(file, { workerData: given, resourceLimits: HEAP_MB })
  const exited = new Promise<void>(resolve => worker.once('exit', () => resolve()))
  const waiting = new Map<number, Waiting>()
  let last = OPENING
  let isGone = false

  const answerTo = (id: number): Promise<unknown> =>
    new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      worker.ref()
    })
  const take = (id: number): Waiting | undefined => {
    const found = waiting.get(id)
    waiting.delete(id)
    if (waiting.size === 0) worker.unref()
    return found
  }
  const giveUp = (error: Error): void => {
    if (isGone) return
    isGone = true
    isDone(given.state)
    onGone()
    void worker.terminate()
    for (const id of [...waiting.keys()]) take(id)?.reject(error)
  }
  const hear = (message: FromReader): void => {
    if (message.kind === 'open') take(OPENING)?.resolve(undefined)
    else if (message.kind === 'refused') giveUp(errorOf(message.error))
    else if (message.kind === 'answer') take(message.id)?.resolve(JSON.parse(message.json))
    else take(message.id)?.reject(errorOf(message.error))
  }
  worker.on('message', hear)
  worker.on('messageerror', error => giveUp(ended(error.message)))
  worker.on('error', error => giveUp(ended(error.message)))
  worker.on('exit', code => giveUp(ended(`it ended with code ${code}`)))

  const opened = answerTo(OPENING)
  // whoever asks hears of it, too
  opened.catch(() => {})
  const send = (message: ToReader): void => worker.postMessage(message)
  return {
    opened,
    ask: async (method, args) => {
      last += 1
      send({ id: last, method, args })
      return answerTo(last)
    },
    waiting: () => waiting.size - (waiting.has(OPENING) ? 1 : 0),
    end: async () => {
      worker.ref()
      closeReader(given.state)
      send('close')
      await exited
    },
  }
}

const ended = (why: string): StoreError =>
  new StoreError(
    'unavailable',
    `The thread that reads the database is gone: ${why}. Ask again; another is started.`,
  )

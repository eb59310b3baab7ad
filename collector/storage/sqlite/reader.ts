import { MINUTE_MS } from '../../../shared/time.ts'
import { StoreError } from '../store.ts'
import { holdReader, isAtWork, letReaderGo, newReaderState } from './reader-state.ts'
import { type ReaderThread, startThread, type ThreadGiven } from './reader-thread.ts'

/** Beyond them a question is refused: whoever asks is to wait, not the collector's memory to grow (our choice). */
const MOST_WAITING = 100

/** How often a thread is started within a minute: one that ends by what it is asked ends again (our choice). */
const MOST_STARTS = 5

/** Answers questions to the port in a thread of its own; another thread is started for one that ended. */
export interface Reader {
  /** Resolves when it can answer. @throws StoreError */
  open(): Promise<void>
  /**
   * @throws StoreError as the engine does, and `unavailable` when too many wait, or the thread ended; nothing else is lost
   */
  ask(method: string, args: readonly unknown[]): Promise<unknown>
  /** Begins no question more, until it is let go; it may be at one still. */
  hold(): void
  letGo(): void
  isAtWork(): boolean
  /** Finishes what it is at and ends. What waits behind is refused: whoever asked has been sent away by then. */
  close(): Promise<void>
}

export function readerOf(files: Omit<ThreadGiven, 'state'>): Reader {
  const state = newReaderState()
  let thread: ReaderThread | null = null
  let starts: readonly number[] = []
  let isClosed = false

  function threadNow(): ReaderThread {
    if (isClosed) throw new StoreError('unavailable', 'The store is closed.')
    if (thread) return thread
    const now = performance.now()
    starts = starts.filter(at => now - at < MINUTE_MS)
    if (starts.length >= MOST_STARTS) throw TOO_MANY_STARTS
    starts = [...starts, now]
    const started = startThread({ ...files, state }, () => {
      if (thread === started) thread = null
    })
    thread = started
    return started
  }

  return {
    open: async () => {
      await threadNow().opened
    },
    ask: async (method, args) => {
      const current = threadNow()
      if (current.waiting() >= MOST_WAITING) throw TOO_MANY_WAIT
      return current.ask(method, args)
    },
    hold: () => holdReader(state),
    letGo: () => letReaderGo(state),
    isAtWork: () => isAtWork(state),
    close: async () => {
      isClosed = true
      await thread?.end()
    },
  }
}

const TOO_MANY_WAIT = new StoreError(
  'unavailable',
  `${MOST_WAITING} questions wait to be read from the database already. Ask again in some seconds.`,
)

const TOO_MANY_STARTS = new StoreError(
  'unavailable',
  `The thread that reads the database ended ${MOST_STARTS} times within a minute. It is started again when that is over.`,
)

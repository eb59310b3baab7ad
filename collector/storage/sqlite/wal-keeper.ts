import { statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { SECOND_MS } from '../../../shared/time.ts'
import type { Reader } from './reader.ts'

/** Beyond it the log is seen to: four times what it grows to when nobody reads (connection.ts, configure; our choice). */
export const LONG_LOG_BYTES = 64 * 1024 * 1024

/** How often it is looked whether a reader is done, and how long nothing is tried after a try. Our choice. */
const LOOK_MS = 2
const TRY_AGAIN_MS = 10 * SECOND_MS

export interface LogKeeperGiven {
  /** of the database */
  readonly path: string
  readonly readers: { readonly page: Reader; readonly scan: Reader }
  /** wal.ts, tryEmptyLog */
  readonly tryEmptyLog: () => boolean
  readonly longLogBytes: number
}

/**
 * The log begins anew only when nobody reads, and readers that are asked without a pause leave no such moment: it would grow
 * for ever (https://www.sqlite.org/wal.html#avoiding_excessively_large_wal_files). So when it is long, they are given one.
 */
export interface LogKeeper {
  /** To be called with every question: without questions there is nothing to do. */
  look(): void
  /** Empties it now, whatever its length: what was erased stands in it. While another process reads it, with a later look. */
  empty(): void
  /** Looks no more, and resolves when nothing is under way. */
  stop(): Promise<void>
}

export function keepLog({ path, readers, tryEmptyLog, longLogBytes }: LogKeeperGiven): LogKeeper {
  let notBefore = 0
  let running: Promise<void> | null = null
  let isStopped = false
  let isToGo = false

  async function shorten(): Promise<void> {
    try {
      // no page waits for a scan: that is seen out first
      for (const reader of [readers.scan, readers.page]) {
        reader.hold()
        while (reader.isAtWork()) await sleep(LOOK_MS)
      }
      if (tryEmptyLog()) isToGo = false
    } catch {
      // what keeps the log from the file keeps the next commit from it, which says so
    } finally {
      for (const reader of [readers.scan, readers.page]) reader.letGo()
      notBefore = performance.now() + TRY_AGAIN_MS
    }
  }

  function shortenBeyond(bytes: number): void {
    if (running || isStopped || sizeOf(`${path}-wal`) <= bytes) return
    // with nobody at work it is over before it returns
    running = shorten().finally(() => {
      running = null
    })
  }

  return {
    look: () => {
      if (performance.now() >= notBefore) shortenBeyond(isToGo ? 0 : longLogBytes)
    },
    empty: () => {
      isToGo = sizeOf(`${path}-wal`) > 0
      shortenBeyond(0)
    },
    stop: async () => {
      isStopped = true
      await running
    },
  }
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

import { statfs as nodeStatfs } from 'node:fs/promises'
import type { FactStore } from './store.ts'
import { StoreError } from './store.ts'

/** How often the free space is looked at, real time: between two looks a core records some 20 MB (our choice). */
const EVERY_MS = 1_000

export interface DiskFloorGiven {
  /** folder of the database; null: it is in memory, and there is always room */
  readonly folder: string | null
  readonly floorBytes: number
  /** one line when there is too little, and one when there is enough again */
  readonly warn: (line: string) => void
  /** @default that of Node */
  readonly statfs?: (path: string) => Promise<{ readonly bavail: number; readonly bsize: number }>
  /** @default a second */
  readonly everyMs?: number
}

export interface DiskFloor {
  /** Records while there is room; rejects with StoreError `full` while there is not, before the disk is asked. */
  guard(record: FactStore['record']): FactStore['record']
  /** The same for an act without arguments. */
  guardPing(ping: () => Promise<void>): () => Promise<void>
  close(): void
}

/**
 * Stops taking events while there is less free space than the floor, so that what was taken can still be qualified, and
 * goes on by itself when there is enough. Where the space cannot be asked for there is no floor: SQLite says when it is full.
 */
export async function startDiskFloor(given: DiskFloorGiven): Promise<DiskFloor> {
  const { folder, floorBytes, warn, statfs = nodeStatfs, everyMs = EVERY_MS } = given
  let freeBytes = Number.POSITIVE_INFINITY
  let isLow = false

  async function look(): Promise<void> {
    if (folder === null || floorBytes === 0) return
    freeBytes = await statfs(folder).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => Number.POSITIVE_INFINITY,
    )
    if (isLow === freeBytes < floorBytes) return
    isLow = !isLow
    warn(isLow ? low() : `disk: ${megabytes(freeBytes)} free again, events are taken.`)
  }
  const low = (): string =>
    `disk: ${megabytes(freeBytes)} free in ${folder}, less than ${megabytes(floorBytes)} (GOLDPAN_MIN_FREE_MB): no events are taken until there is more.`

  await look()
  const timer = setInterval(() => void look(), everyMs)
  timer.unref()
  const refuse = async (): Promise<never> => {
    throw new StoreError('full', low())
  }
  return {
    guard: record => batch => (isLow ? refuse() : record(batch)),
    guardPing: ping => () => (isLow ? refuse() : ping()),
    close: () => clearInterval(timer),
  }
}

const megabytes = (bytes: number): string => `${Math.floor(bytes / 1_000_000).toLocaleString('en')} MB`

import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type Reader, readerOf } from '../../collector/storage/sqlite/reader.ts'
import { readerFile } from '../../collector/storage/sqlite/reader-file.ts'
import { openReadingApart } from '../../collector/storage/sqlite/reading-apart.ts'
import { openSqliteStore } from '../../collector/storage/sqlite/store.ts'
import { keepLog } from '../../collector/storage/sqlite/wal-keeper.ts'
import type { Store } from '../../collector/storage/store.ts'
import { aFact, SITE } from '../contract/store/samples.ts'
import { tempDir } from '../support/temp-dir.ts'

const MB = 1_024 * 1_024
const LONG_LOG_BYTES = 2 * MB

const aTurn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

const logBytes = (path: string): number => statSync(`${path}-wal`).size

/** Records so many facts, 50 a commit, while both readers are asked all the time. */
async function recordAndRead(store: Store, from: number, commits: number, seen: () => void): Promise<void> {
  let isOver = false
  const reading = [() => store.counts(SITE), () => store.subjects(SITE, '', 1)].map(async ask => {
    while (!isOver) await ask()
  })
  for (let commit = from; commit < from + commits; commit += 1) {
    const facts = Array.from({ length: 50 }, (_, index) => aFact(`${commit}-${index}`))
    await store.record({ facts, quarantined: [] })
    seen()
    await store.subjects(SITE, '', 1)
  }
  isOver = true
  await Promise.all(reading)
}

describe('the log of a store that is read without a pause', () => {
  it('is emptied when it is long, and nobody who asks is lost', async () => {
    const path = join(tempDir(), 'goldpan.db')
    const store = await openReadingApart(path, { longLogBytes: LONG_LOG_BYTES })
    const sizes: number[] = []
    const wasEmptied = () => sizes.some((size, index) => size < (sizes[index - 1] ?? 0))
    while (!wasEmptied()) await recordAndRead(store, sizes.length, 5, () => sizes.push(logBytes(path)))
    expect(Math.max(...sizes)).toBeGreaterThan(LONG_LOG_BYTES)
    expect(await store.counts(SITE)).toMatchObject({ facts: sizes.length * 50 })
    await store.close()
  })

  it('waits for whoever reads it otherwise, and lets its readers go on meanwhile', async () => {
    const path = join(tempDir(), 'goldpan.db')
    const store = await openReadingApart(path, { longLogBytes: LONG_LOG_BYTES })
    await store.record({ facts: [aFact('1')], quarantined: [] })
    const backup = new Database(path, { readonly: true })
    backup.exec('BEGIN')
    backup.prepare('SELECT count(*) FROM events').get()
    const sizes: number[] = []
    await recordAndRead(store, 1, 20, () => sizes.push(logBytes(path)))
    expect(sizes.at(-1)).toBe(Math.max(...sizes))
    expect(sizes.at(-1)).toBeGreaterThan(LONG_LOG_BYTES)
    expect(await store.counts(SITE)).toMatchObject({ facts: 1_001 })
    backup.close()
    await store.close()
  })
})

describe('keeping the log short', () => {
  const reader = (name: string, heard: string[], work: () => boolean): Reader => ({
    open: async () => {},
    ask: async () => null,
    hold: () => heard.push(`hold ${name}`),
    letGo: () => heard.push(`let ${name} go`),
    isAtWork: work,
    close: async () => {},
  })

  interface Given {
    readonly scans: number
    readonly tryEmptyLog?: () => boolean
    /** @default as long as it is let grow, and one byte more */
    readonly logBytes?: number
  }

  function keeping(given: Given) {
    const path = join(tempDir(), 'goldpan.db')
    writeFileSync(`${path}-wal`, Buffer.alloc(given.logBytes ?? 101))
    const heard: string[] = []
    let scans = given.scans
    const scan = reader('scan', heard, () => {
      heard.push('scan looked at')
      scans -= 1
      return scans >= 0
    })
    const page = reader('page', heard, () => false)
    const log = keepLog({
      path,
      readers: { scan, page },
      longLogBytes: 100,
      tryEmptyLog: () => {
        heard.push('emptied')
        return given.tryEmptyLog?.() ?? true
      },
    })
    return { log, heard }
  }

  it('holds pages only when the scan is done, and lets both go', async () => {
    const { log, heard } = keeping({ scans: 1 })
    log.look()
    log.look()
    await log.stop()
    expect(heard).toEqual([
      ...['hold scan', 'scan looked at', 'scan looked at'],
      ...['hold page', 'emptied', 'let scan go', 'let page go'],
    ])
  })

  it('leaves it alone while it is short, but for what has to go at once', async () => {
    const { log, heard } = keeping({ scans: 0, logBytes: 100 })
    log.look()
    expect(heard).toEqual([])
    log.empty()
    await vi.waitFor(() => expect(heard.slice(-2)).toEqual(['let scan go', 'let page go']))
    expect(heard.filter(word => word === 'emptied')).toHaveLength(1)
    await log.stop()
    log.empty()
    expect(heard.filter(word => word === 'emptied')).toHaveLength(1)
  })

  it('tries again what has to go, with a question some seconds later, until it is gone', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const tries = [false, false, true]
    const { log, heard } = keeping({ scans: 0, logBytes: 100, tryEmptyLog: () => tries.shift() ?? true })
    const emptied = () => heard.filter(word => word === 'emptied').length
    const lookLater = async (expected: number) => {
      await aTurn()
      log.look()
      expect(emptied()).toBe(expected - 1)
      vi.advanceTimersByTime(10_000)
      log.look()
      expect(emptied()).toBe(expected)
    }
    log.empty()
    expect(emptied()).toBe(1)
    await lookLater(2)
    await lookLater(3)
    vi.advanceTimersByTime(10_000)
    log.look()
    expect(emptied()).toBe(3)
    await log.stop()
  })

  it('lets them go whatever happens, and does not try again at once', async () => {
    const failure = () => {
      throw new Error('disk I/O error')
    }
    const { log, heard } = keeping({ scans: 0, tryEmptyLog: failure })
    log.look()
    await vi.waitFor(() => expect(heard.slice(-2)).toEqual(['let scan go', 'let page go']))
    const before = heard.length
    log.look()
    await log.stop()
    log.look()
    expect(heard).toHaveLength(before)
  })
})

it('a reader that is held begins nothing, and goes on when it is let go', async () => {
  const path = join(tempDir(), 'goldpan.db')
  const store = openSqliteStore(path)
  const [held, free] = [readerOf({ file: readerFile(), path }), readerOf({ file: readerFile(), path })]
  await held.open()
  held.hold()
  let isAnswered = false
  const answer = held.ask('counts', [SITE]).finally(() => {
    isAnswered = true
  })
  for (let times = 0; times < 20; times += 1) await free.ask('counts', [SITE])
  expect([isAnswered, held.isAtWork()]).toEqual([false, false])
  held.letGo()
  expect(await answer).toMatchObject({ facts: 0 })
  held.hold()
  await Promise.all([held.close(), free.close()])
  await store.close()
})

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { checkStore, cutLog, openStore } from '../../collector/storage/open.ts'
import { flawOfFiles } from '../../collector/storage/sqlite/integrity.ts'
import { aFact, SITE } from '../contract/store/samples.ts'
import { fill, fillAndKill as fillAndKillDatabase, flip, PER_BATCH } from '../support/damaged-database.ts'
import { randomFrom } from '../support/random.ts'
import { tempDir } from '../support/temp-dir.ts'

const EVENTS = 400

let path: string
beforeEach(() => {
  path = join(tempDir(), 'goldpan.db')
})
const url = () => `sqlite:${path}`
const fillAndKill = () => fillAndKillDatabase(path, EVENTS)

/** How many events a start finds. */
async function startedWith(): Promise<number> {
  const store = await openStore(url())
  try {
    return (await store.counts(SITE)).facts
  } finally {
    await store.close()
  }
}

describe('a flipped byte in a frame of the log', () => {
  it('behind which others were committed: a start refuses, for SQLite would forget them', async () => {
    await fillAndKill()
    const [file, log] = [readFileSync(path), readFileSync(`${path}-wal`)]
    const random = randomFrom(4)
    for (let times = 0; times < 50; times += 1) {
      writeFileSync(`${path}-wal`, log)
      // the last transaction's frames are left out: they may never have reached the disk
      flip(`${path}-wal`, random.whole(32, Math.floor(log.length * 0.9)))
      await expect(openStore(url())).rejects.toThrow(
        /its log .*-wal is damaged.*latest events.*doctor --cut-log.*goldpan restore/,
      )
      expect(readFileSync(path).equals(file)).toBe(true)
    }
    writeFileSync(`${path}-wal`, log)
    expect(await startedWith()).toBe(EVENTS)
  })

  it('of the last transaction: as if the power had failed, a start goes on with what was before', async () => {
    await fillAndKill()
    const log = readFileSync(`${path}-wal`)
    writeFileSync(`${path}-wal`, log.subarray(0, log.length - 100))
    expect(await startedWith()).toBe(EVENTS - PER_BATCH)
  })

  it('of the last transaction, before its end: no more is known of it', async () => {
    await fillAndKill()
    flip(`${path}-wal`, readFileSync(`${path}-wal`).length - Math.floor(1.5 * 4_120))
    expect(await startedWith()).toBe(EVENTS - PER_BATCH)
  })

  it('a log that began anew over a longer one is whole, whatever stands behind its end', async () => {
    await fillAndKill()
    const store = await openStore(url())
    const db = new Database(path)
    db.pragma('wal_checkpoint(RESTART)')
    db.close()
    const length = readFileSync(`${path}-wal`).length
    await store.record({ facts: [aFact('late')], quarantined: [] })
    expect(readFileSync(`${path}-wal`)).toHaveLength(length)
    expect(flawOfFiles(path)).toBeNull()
    await store.close()
  })
})

describe('`goldpan doctor --cut-log`', () => {
  const broken = async () => {
    await fillAndKill()
    const log = readFileSync(`${path}-wal`)
    flip(`${path}-wal`, Math.floor(log.length / 2))
    return readFileSync(`${path}-wal`)
  }

  it('goes on with what stands before the damage, and keeps the log as it was', async () => {
    const log = await broken()
    const cut = cutLog(url(), Date.UTC(2026, 2, 2))
    expect(cut?.kept).toBe(`${path}-wal.cut-2026-03-02T00-00-00Z`)
    expect(readFileSync(cut?.kept ?? '').equals(log)).toBe(true)
    const found = await startedWith()
    expect(found).toBeGreaterThan(0)
    // each transaction brought ten; that in which the damage is goes, too
    expect(cut?.transactions).toBe((EVENTS - found) / PER_BATCH - 1)
    expect((await checkStore(url())).problems).toEqual([])
    expect(cutLog(url(), Date.UTC(2026, 2, 2))).toBeNull()
  })

  it('does nothing where another process has the database open, or where nothing is damaged', async () => {
    const store = await fill(path, 40)
    expect(cutLog(url(), 0)).toBeNull()
    expect(existsSync(`${path}-wal`)).toBe(true)
    await store.close()
    const log = await broken()
    // as a process that saw nothing wrong when it began
    const other = new Database(path)
    other.prepare('SELECT count(*) FROM events').get()
    expect(() => cutLog(url(), 0)).toThrow(/open in another process/)
    expect(readFileSync(`${path}-wal`).equals(log)).toBe(true)
    expect(readdirSync(dirname(path)).filter(name => name.includes('.cut-'))).toEqual([])
    other.close()
  })
})

import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { checkStore, cutLog, openStore } from '../../collector/storage/open.ts'
import { flawOfFiles } from '../../collector/storage/sqlite/integrity.ts'
import { StoreError } from '../../collector/storage/store.ts'
import { aFact, factQuery, SITE } from '../contract/store/samples.ts'
import {
  fillAndKill as fillAndKillDatabase,
  fill as fillDatabase,
  flip,
  PER_BATCH,
} from '../support/damaged-database.ts'
import { randomFrom } from '../support/random.ts'
import { tempDir } from '../support/temp-dir.ts'

const EVENTS = 400

let path: string
beforeEach(() => {
  path = join(tempDir(), 'goldpan.db')
})
const url = () => `sqlite:${path}`

const fill = (events = EVENTS) => fillDatabase(path, events)
const fillAndKill = () => fillAndKillDatabase(path, EVENTS)

/** How many events a start finds; null: it refused, in words that say what to do, and wrote nothing. */
async function startedWith(): Promise<number | null> {
  const before = readFileSync(path)
  try {
    const store = await openStore(url())
    try {
      return (await store.counts(SITE)).facts
    } finally {
      await store.close()
    }
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError)
    expect(error).toMatchObject({ code: expect.stringMatching(/corrupt|unavailable|newer_schema/) })
    expect(String(error)).toMatch(/restore|Choose another path|Start the release|the database is as it was/)
    expect(readFileSync(path).equals(before)).toBe(true)
    return null
  }
}

describe('a flipped byte', () => {
  it('anywhere: a start refuses, or finds every event; never an empty database', async () => {
    await (await fill()).close()
    const sound = readFileSync(path)
    const random = randomFrom(9).next
    const places = [
      ...Array.from({ length: 100 }, (_, at) => at),
      ...Array.from({ length: 100 }, () => Math.floor(random() * sound.length)),
    ]
    let refused = 0
    for (const at of places) {
      writeFileSync(path, sound)
      flip(path, at, 1 << Math.floor(random() * 8))
      const found = await startedWith()
      if (found === null) refused += 1
      else expect(found, `byte ${at}`).toBe(EVENTS)
      for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
    }
    expect(refused).toBeGreaterThan(20)
  }, 60_000)

  it('in what was said: the start does not see it, `goldpan doctor` does when it cannot be read any more', async () => {
    await (await fill()).close()
    const at = readFileSync(path).indexOf('{"depth"')
    flip(path, at)
    expect(await startedWith()).toBe(EVENTS)
    const { problems, rows } = await checkStore(url())
    expect(problems).toEqual(['events.props cannot be read in 1 rows'])
    expect(rows).toBeNull()
    const store = await openStore(url())
    const reading = store.factsSince(SITE, 0, EVENTS)
    await expect(reading).rejects.toMatchObject({ code: 'corrupt' })
    // in words that hold nothing of it: they go to the log
    await expect(reading).rejects.toThrow(
      /^the database is damaged: events\.props of a row cannot be read\. (?!.*depth)/,
    )
    await store.close()
  })

  it('in the head of the log: SQLite would take it for empty, and lose what it holds', async () => {
    await fillAndKill()
    const [file, log] = [readFileSync(path), readFileSync(`${path}-wal`)]
    for (const at of [0, 3, 9, 17, 25, 31]) {
      writeFileSync(path, file)
      writeFileSync(`${path}-wal`, log)
      flip(`${path}-wal`, at)
      await expect(openStore(url())).rejects.toThrow(/its log .*-wal .*latest events.*goldpan restore/)
      expect(readFileSync(`${path}-wal`).equals(log)).toBe(false)
      expect(readFileSync(path).equals(file)).toBe(true)
    }
    writeFileSync(`${path}-wal`, log)
    expect(await startedWith()).toBe(EVENTS)
  })
})

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
    const found = (await startedWith()) ?? 0
    expect(found).toBeGreaterThan(0)
    // each transaction brought ten; that in which the damage is goes, too
    expect(cut?.transactions).toBe((EVENTS - found) / PER_BATCH - 1)
    expect((await checkStore(url())).problems).toEqual([])
    expect(cutLog(url(), Date.UTC(2026, 2, 2))).toBeNull()
  })

  it('does nothing where another process has the database open, or where nothing is damaged', async () => {
    const store = await fill(40)
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

describe('a start refuses', () => {
  it('when the log is missing that a kill left', async () => {
    await fillAndKill()
    rmSync(`${path}-wal`)
    await expect(openStore(url())).rejects.toThrow(/its log .* is missing/)
    expect(existsSync(`${path}-wal`)).toBe(false)
  })

  it('when the file is cut short, at whatever place', async () => {
    await (await fill()).close()
    const sound = readFileSync(path)
    for (const share of [0.001, 0.01, 0.3, 0.7, 0.99]) {
      writeFileSync(path, sound)
      truncateSync(path, Math.floor(sound.length * share))
      expect(await startedWith()).toBeNull()
    }
    const { problems } = await checkStore(url())
    expect(problems).toEqual([expect.stringContaining('cut short')])
  })
})

it('a large database is looked at by both ends of each table', async () => {
  await (await fill(40)).close()
  const { flawAtEnds } = await import('../../collector/storage/sqlite/integrity.ts')
  const db = new Database(path)
  expect(flawAtEnds(db)).toBeNull()
  const root = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'events_by_time'").pluck().get()
  db.close()
  flip(path, (Number(root) - 1) * 4_096, 0xff)
  const damaged = new Database(path)
  expect(() => flawAtEnds(damaged)).toThrow(/malformed/)
  damaged.close()
})

it('what is not damaged is not refused: a kill, a clean end, another process at work', async () => {
  await fillAndKill()
  expect(await startedWith()).toBe(EVENTS)
  const store = await openStore(url())
  expect(await startedWith()).toBe(EVENTS)
  expect((await store.facts(factQuery())).items).toHaveLength(50)
  await store.close()
  expect(await startedWith()).toBe(EVENTS)
  expect((await checkStore(url())).problems).toEqual([])
})

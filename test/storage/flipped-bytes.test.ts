import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { checkStore, openStore } from '../../collector/storage/open.ts'
import { endsOf, readEnds } from '../../collector/storage/sqlite/tree-ends.ts'
import { StoreError } from '../../collector/storage/store.ts'
import { aQuarantined, factQuery, SITE } from '../contract/store/samples.ts'
import {
  fillAndKill as fillAndKillDatabase,
  fill as fillDatabase,
  flip,
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
    const [fact] = (await store.factsSince(SITE, 0, EVENTS)).filter(({ unreadable }) => unreadable)
    expect(fact).toMatchObject({ unreadable: ['events.props'], props: {}, type: 'page_view' })
    const reading = store.loadComponent(SITE, { subjects: [fact?.subject ?? ''], identifiers: [] })
    await expect(reading).rejects.toMatchObject({ code: 'corrupt' })
    // in words that hold nothing of it: they go to the log
    await expect(reading).rejects.toThrow(
      /^the database is damaged: events\.props of a row cannot be read\. (?!.*depth)/,
    )
    await store.close()
  })

  it('in what an event in quarantine said: `goldpan doctor` sees it, and who looks is told', async () => {
    const store = await fill()
    await store.record({ facts: [], quarantined: [aQuarantined({ eventId: 'a' })] })
    await store.close()
    flip(path, readFileSync(path).indexOf(aQuarantined().body))
    expect((await checkStore(url())).problems).toEqual(['quarantine.body cannot be read in 1 rows'])
    const reopened = await openStore(url())
    await expect(reopened.aside(SITE, 10)).rejects.toMatchObject({ code: 'corrupt' })
    const again = { facts: [], quarantined: [aQuarantined({ eventId: 'a' })] }
    expect((await reopened.record(again)).outcomes).toEqual(['conflict'])
    await reopened.close()
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

describe('of a large database a start reads', () => {
  it('both ends of each table and index, and no more', async () => {
    await (await fill(1)).close()
    const db = new Database(path)
    const indexes = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'index'").pluck().all()
    const queries = endsOf(db)
    for (const name of [...indexes, 'events'])
      expect(queries.filter(query => query.includes(`"${name}"`)).length, String(name)).toBeGreaterThan(0)
    for (const query of queries)
      expect(db.prepare(`EXPLAIN QUERY PLAN ${query} DESC LIMIT 1`).all(), query).toHaveLength(1)
    db.close()
  })

  it.each([
    ['an index', 'events_by_time'],
    ['an index of a part of its table', 'persons_by_fit'],
    ['another', 'persons_by_mql_since'],
    ['a table', 'events'],
    ['a table that is the index of its key', 'spans'],
  ])('the root of %s', async (_, name) => {
    await (await fill(40)).close()
    const db = new Database(path)
    readEnds(db)
    const root = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name)
    db.close()
    flip(path, (Number(root) - 1) * 4_096, 0xff)
    const damaged = new Database(path)
    expect(() => readEnds(damaged)).toThrow(/malformed/)
    damaged.close()
  })
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

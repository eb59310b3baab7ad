import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../collector/storage/open.ts'
import { type Connection, openConnection } from '../../collector/storage/sqlite/connection.ts'
import { allFlaws } from '../../collector/storage/sqlite/integrity.ts'
import { MIGRATIONS, migrate } from '../../collector/storage/sqlite/migrate.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { tempDir } from '../support/temp-dir.ts'
import { ask, differences, nameOf, type Place, replayed, siteOf, start, unpack } from './first-schema.ts'
import { JUDGED_OTHERWISE, LAPSED, REREAD } from './first-schema-rulings.ts'
import type { Answered, AnsweredSites } from './fixtures/maker/answers.ts'
import { CHROME } from './fixtures/maker/steps.ts'

/** Databases that earlier releases wrote (fixtures/README.md). */
const RELEASES = [
  { fixture: 'first-schema', schema: 1, isFirst: true },
  { fixture: 'second-schema', schema: 3, isFirst: false },
]

const handoffsIn = (sites: AnsweredSites) =>
  siteOf(sites, 'acme').people.flatMap(person =>
    person.handoffs.map(({ id, at, status }) => ({ id, at, status, of: nameOf(person) })),
  )

const chrisIn = (sites: AnsweredSites) => {
  const chris = siteOf(sites, 'acme').people.find(({ email }) => email === 'chris@coral.example')
  expect(chris).toBeDefined()
  return chris!
}

const asListed = ({ id, stage, fit, engagement, mql, handoffs, transitions, visitors }: Answered) => ({
  ...{ id, stage, fit, engagement, mql },
  ...{ handoffs, transitions, visitors },
})

/** Every row of every table, in the columns there are. */
function rowsOf(db: Connection) {
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
  const columnsOf = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck()
  return tables
    .filter(table => !table.startsWith('sqlite_'))
    .map(table => ({ table, columns: columnsOf.all(table), rows: rowsIn(db, table, columnsOf.all(table)) }))
}

const rowsIn = (db: Connection, table: string, columns: readonly string[]): readonly unknown[] =>
  db.prepare(`SELECT ${columns.join()} FROM ${table} ORDER BY ${columns.join()}`).raw().all()

describe.each(RELEASES)('a database of schema $schema', { timeout: 60_000 }, release => {
  const { fixture, schema, isFirst } = release
  let place: Place
  let said: string[]
  let before: AnsweredSites
  let after: AnsweredSites
  let differing: readonly unknown[]
  beforeAll(async () => {
    place = unpack(fixture, mkdtempSync(join(tmpdir(), 'goldpan-')))
    said = []
    before = place.answers.sites
    const collector = await start(place, said)
    await collector.settle()
    after = await ask(collector)
    const replays = [...before.keys()].map(site => replayed(collector, site, place.answers.at))
    differing = (await Promise.all(replays)).flatMap(({ differences }) => differences)
    await collector.close()
  }, 60_000)
  afterAll(() => rmSync(place.cwd, { recursive: true }))

  it('is brought to the latest with every row as it was', () => {
    const { database } = unpack(fixture, tempDir())
    const db = openConnection(database)
    const tables = rowsOf(db)
    expect(db.pragma('user_version', { simple: true })).toBe(schema)
    expect(tables.find(({ table }) => table === 'events')?.rows.length).toBeGreaterThan(500)
    migrate(db)
    expect(db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
    expect(allFlaws(db)).toEqual([])
    for (const { table, columns, rows } of tables) expect(rowsIn(db, table, columns), table).toEqual(rows)
    db.close()
  })

  it('scores everybody the same, but for what a ruling changed since', () => {
    const rulings = JUDGED_OTHERWISE.filter(ruling => isFirst || !ruling.firstAlone)
    const expected = rulings.map(({ who, parts }) => [who, ...parts])
    expect(differences(siteOf(before, 'acme'), siteOf(after, 'acme'))).toEqual(expected.sort())
    expect(differences(siteOf(before, 'beta'), siteOf(after, 'beta'))).toEqual([])
    expect(siteOf(before, 'acme').people.length).toBeGreaterThan(4 * rulings.length)
  })

  it('has every event, read as it was but for whose doing it is now known to be', () => {
    const expected = new Map(Object.entries(siteOf(before, 'acme').events))
    for (const [kind, more] of Object.entries(REREAD)) expected.set(kind, (expected.get(kind) ?? 0) + more)
    expect(siteOf(after, 'acme').events).toEqual(Object.fromEntries(expected))
    expect(siteOf(after, 'beta').events).toEqual(siteOf(before, 'beta').events)
  })

  it('tells nobody again: what sales was told stands, what waits goes on waiting for its word', () => {
    const lapses = isFirst ? LAPSED : []
    const expected = handoffsIn(before).map(handoff =>
      handoff.status === 'waiting' && lapses.includes(handoff.of)
        ? { ...handoff, status: 'lapsed' }
        : handoff,
    )
    expect(handoffsIn(after)).toEqual(expected)
    const statuses = new Set(expected.map(({ status }) => status))
    expect(statuses).toEqual(new Set(['told', 'waiting', 'withdrawn', isFirst ? 'lapsed' : 'declined']))
  })

  it('is what its facts give when they are replayed', () => {
    expect(differing).toEqual([])
  })

  it('is shown as it was until everybody is computed anew', async () => {
    const other = unpack(fixture, tempDir())
    const collector = await start(other, [], {
      openStore: async url => ({ ...(await openStore(url)), rescorings: async () => [] }),
    })
    await collector.settle()
    const shown = await ask(collector)
    for (const site of before.keys())
      expect(siteOf(shown, site).people.map(asListed)).toEqual(siteOf(before, site).people.map(asListed))
    await collector.close()
  })

  it('is rebuilt once, and its model is the file still', async () => {
    expect(said.filter(line => line.includes('computed anew')).length).toBe(2)
    expect(said[0]).toMatch(/brought to the schema of this release/)
    expect(said.filter(line => /^Database: \d{4}-/.test(line)).length).toBe(MIGRATIONS.length - schema)
    const later: string[] = []
    const again = await start(place, later)
    await again.settle()
    expect(await ask(again)).toEqual(after)
    await again.close()
    expect([...said, ...later].filter(line => line.includes('goldpan.yaml'))).toEqual([])
    expect(later.filter(line => line.includes('computed anew'))).toEqual([])
  })

  it('is rebuilt all the same when the first start was ended before it was done', async () => {
    const other = unpack(fixture, tempDir())
    await (await start(other)).close()
    const collector = await start(other)
    await collector.settle()
    expect(await ask(collector)).toEqual(after)
    await collector.close()
  })

  it('goes on with its sites, keys and visitors: a lead who comes back scores, and is told once', async () => {
    const other = unpack(fixture, tempDir())
    const now = other.answers.at + MINUTE_MS
    const collector = await start(other, [], { clock: () => now })
    const sites = await collector.store.sites()
    const key = sites.find(({ id }) => id === 'acme')?.publicKey
    const chris = chrisIn(before)
    const page = { url: 'https://www.goldpan-test.example/features/reports' }
    const view = eventOf({ type: 'page_view', at: now - MINUTE_MS, page })
    const read = eventOf({ type: 'engagement', at: now, props: { view: view.id, engagedMs: 30_000 } })
    const envelope = { ...envelopeOf([view, read], key), sentAt: now, visitor: chris.visitors[0] }
    const answer = await fetch(`${collector.url}/v1/events`, {
      method: 'POST',
      headers: { 'user-agent': CHROME },
      body: JSON.stringify(envelope),
    })
    expect(await answer.json()).toMatchObject({ accepted: 2 })
    await collector.settle()
    const then = chrisIn(await ask(collector))
    expect(then.engagement.score - chris.engagement.score).toBeCloseTo(3, 2)
    expect(then).toMatchObject({ stage: 'mql', handoffs: chris.handoffs })
    await collector.close()
  })
})

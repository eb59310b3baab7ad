import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Connection, openConnection } from '../../collector/storage/sqlite/connection.ts'
import { MIGRATIONS, migrate } from '../../collector/storage/sqlite/migrate.ts'
import type { Migration } from '../../collector/storage/sqlite/migrations/migration.ts'
import { openSqliteStore, sqliteStore } from '../../collector/storage/sqlite/store.ts'
import { aFact, aQuarantined, aSite, SITE } from '../contract/store/samples.ts'

const ADDED: Migration = {
  name: '9999-added',
  sql: `ALTER TABLE events ADD COLUMN country TEXT;
    UPDATE events SET country = 'BG';`,
}
const BROKEN: Migration = {
  name: '9999-broken',
  sql: 'CREATE TABLE half (done TEXT); SELECT no_such_column FROM half;',
}

/** Rows as the first release wrote them. */
const FIRST_DATA = `
  INSERT INTO sites VALUES ('old', 'Old', 'pk_live_old', NULL, '[]', 7);
  INSERT INTO events VALUES
    (1, '${SITE}', 'e1', 'v1', 'v1', 's1', 'page_view', 1, 2, NULL, '{}', 'browser', NULL, NULL, NULL, 0);`

let directory: string
let path: string
let db: Connection
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'goldpan-migrate-'))
  path = join(directory, 'goldpan.db')
  db = openConnection(path)
})
afterEach(async () => {
  db.close()
  await rm(directory, { recursive: true })
})

const version = () => db.pragma('user_version', { simple: true })
const record = () => sqliteStore(db).record({ facts: [aFact('e1')], quarantined: [] })

it('keeps the first release openable: its schema, with data, is brought to the latest', async () => {
  migrate(db, MIGRATIONS.slice(0, 1))
  db.exec(FIRST_DATA)
  migrate(db)
  expect(version()).toBe(MIGRATIONS.length)
  const store = sqliteStore(db)
  expect((await store.counts(SITE)).facts).toBe(1)
  expect(await store.sites()).toEqual([
    aSite('old', { name: 'Old', testKey: null, origins: [], createdAt: 7 }),
  ])
})

it('keeps what waits to be worked out in its place: what came live as live, the rest as the rest', async () => {
  migrate(db, MIGRATIONS.slice(0, 1))
  db.exec(`INSERT INTO dirty VALUES
    ('${SITE}', 'v1', 10, 'live', 3, 2), ('${SITE}', 'v2', 20, 'rescore', 4, 1)`)
  migrate(db)
  const [live, rescored] = await sqliteStore(db).dirty(10)
  expect(live).toMatchObject({ subject: 'v1', generation: 0, liveEarliest: 10, mark: 3 })
  expect(rescored).toMatchObject({ subject: 'v2', generation: 0, liveEarliest: null, mark: 4 })
})

it('knows what is in quarantine by its id from then on, of several the first', async () => {
  migrate(db, MIGRATIONS.slice(0, 8))
  const id = '0195d2c1-7c00-7000-9000-00000000000a'
  const other = id.replace(/a$/, 'b')
  const bodies = [
    ...[`{"id":"${id}","n":1}`, `{"id":"${id}","n":2}`, `{"id":"${other}"}`],
    ...[
      'null',
      '7',
      '[1]',
      'no JSON',
      '{"id":7}',
      `{"id":"${id.toUpperCase()}"}`,
      `{"id":"${'-'.repeat(36)}"}`,
    ],
  ]
  const insert = db.prepare(`INSERT INTO quarantine (site, received_at, code, path, message, body)
    VALUES (?, 1, 'invalid_event', '', 'expected', ?)`)
  for (const body of bodies) insert.run(SITE, body)
  insert.run('elsewhere', bodies[0])
  migrate(db)
  const ids = db.prepare('SELECT event_id FROM quarantine ORDER BY seq').pluck().all()
  expect(ids).toEqual([id, null, other, ...Array.from({ length: 7 }, () => null), id])
  const store = sqliteStore(db)
  const again = [id, other, id].map((eventId, nth) => aQuarantined({ eventId, body: bodies[nth * 2] ?? '' }))
  const { outcomes } = await store.record({ facts: [], quarantined: again })
  expect(outcomes).toEqual(['duplicate', 'duplicate', 'conflict'])
})

it('runs only the steps that are missing, in order, with data in place', async () => {
  migrate(db)
  await record()
  migrate(db, [...MIGRATIONS, ADDED])
  expect(version()).toBe(MIGRATIONS.length + 1)
  expect(db.prepare('SELECT id, country FROM events').all()).toEqual([{ id: 'e1', country: 'BG' }])
  migrate(db, [...MIGRATIONS, ADDED])
  expect(version()).toBe(MIGRATIONS.length + 1)
})

it('leaves all as it was when a step fails', async () => {
  migrate(db)
  await record()
  const failing = () => migrate(db, [...MIGRATIONS, ADDED, BROKEN])
  expect(failing).toThrow(/9999-broken failed; the database is as it was/)
  expect(version()).toBe(MIGRATIONS.length)
  expect(db.prepare('SELECT * FROM events').get()).not.toHaveProperty('country')
  expect(() => db.prepare('SELECT * FROM half')).toThrow(/no such table/)
})

it('refuses a database that a later release wrote, and leaves it alone', async () => {
  migrate(db, [...MIGRATIONS, ADDED])
  const newer = expect.objectContaining({ name: 'StoreError', code: 'newer_schema' })
  expect(() => openSqliteStore(path)).toThrow(newer)
  expect(version()).toBe(MIGRATIONS.length + 1)
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Connection, openConnection } from '../../collector/storage/sqlite/connection.ts'
import { migrate } from '../../collector/storage/sqlite/migrate.ts'
import { sqliteStore } from '../../collector/storage/sqlite/store.ts'
import type { Store } from '../../collector/storage/store.ts'
import {
  aDecision,
  aFact,
  anOrder,
  aPerson,
  applyOne,
  aQuarantined,
  aSpan,
  NOW,
  SITE,
  said,
} from '../contract/store/samples.ts'
import { randomFrom } from '../support/random.ts'
import { tempDir } from '../support/temp-dir.ts'

let directory: string
let db: Connection
let store: Store
beforeEach(() => {
  directory = tempDir()
  db = openConnection(join(directory, 'goldpan.db'))
  migrate(db)
  store = sqliteStore(db)
})
afterEach(() => db.close())

const PEOPLE = 60
const emailOf = (n: number) => `person-${n}-of-many@example.com`

/** A form of a person, and their state: of any length, so that rows move between pages and spill over. */
async function doSomething(n: number, step: number, words: number): Promise<void> {
  const id = `p${n}`
  const subject = `visitor-${n}`
  const value = `${emailOf(n)} ${'word '.repeat(words)}`
  const fields = [{ name: 'message', value }]
  const fact = aFact(`${id}-${step}`, { visitor: subject, type: 'form_submit', props: { fields } })
  await store.record({ facts: [fact], quarantined: [aQuarantined({ body: JSON.stringify(fields) })] })
  const identifier = `email:${emailOf(n)}`
  const person = aPerson(id, {
    identifier,
    traits: { ...said('email', emailOf(n)), ...said('message', value) },
  })
  const decision = aDecision({
    persons: [person],
    subjects: [subject],
    spans: [aSpan(subject, id, identifier)],
  })
  await applyOne(store, { ...decision, expected: { [id]: step }, clears: await store.dirty(10) })
}

const orderFor = (n: number, steps: number) =>
  anOrder({
    facts: Array.from({ length: steps }, (_, step) => `p${n}-${step}`),
    known: Array.from({ length: steps }, (_, step) => `p${n}-${step}`),
    subjects: [`visitor-${n}`],
    wholly: [`visitor-${n}`],
    persons: [`p${n}`],
    identifiers: [`email:${emailOf(n)}`],
    texts: [emailOf(n)],
    tombstones: [`hash-${n}`],
  })

const filesWith = (text: string): readonly string[] =>
  readdirSync(directory).filter(file => readFileSync(join(directory, file), 'latin1').includes(text))

it('leaves no trace in the file, however often rows were written over and moved', async () => {
  const random = randomFrom(5)
  const steps = 4
  for (let step = 0; step < steps; step += 1)
    for (let n = 0; n < PEOPLE; n += 1) await doSomething(n, step, random.whole(0, 900))
  expect(filesWith(emailOf(7))).not.toEqual([])
  for (let n = 0; n < PEOPLE; n += 3) {
    expect(await store.erase(orderFor(n, steps))).toMatchObject({
      events: steps,
      persons: 1,
      quarantined: steps,
    })
    expect(filesWith(emailOf(n)), emailOf(n)).toEqual([])
  }
  expect(await store.counts(SITE)).toMatchObject({ facts: steps * 40, persons: 40 })
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
}, 30_000)

it.each(['events', 'persons', 'spans', 'quarantine', 'erased_events', 'tombstones', 'dirty'])(
  'is whole or not at all: when it breaks at %s, all is as it was',
  async table => {
    for (const n of [1, 2]) await doSomething(n, 0, 5)
    await store.record({
      facts: [aFact('waits', { visitor: 'visitor-1', occurredAt: NOW + 1 })],
      quarantined: [],
    })
    const order = { ...orderFor(1, 1), known: ['p1-0', 'waits'] }
    const all = () => db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
    const rows = () => all().map(name => db.prepare(`SELECT * FROM ${name}`).all())
    const before = rows()
    const act = /^(erased_events|tombstones)$/.test(table)
      ? 'INSERT'
      : table === 'dirty'
        ? 'UPDATE'
        : 'DELETE'
    db.exec(`CREATE TRIGGER breaks BEFORE ${act} ON ${table} BEGIN SELECT RAISE(ABORT, 'broken'); END`)
    await expect(store.erase(order)).rejects.toThrow('broken')
    expect(rows()).toEqual(before)
    db.exec('DROP TRIGGER breaks')
    expect(await store.erase(order)).toMatchObject({ events: 1, persons: 1 })
  },
)

it('waits for no reader, and empties the log when the reader lets go', async () => {
  await doSomething(1, 0, 2_000)
  const reader = openConnection(join(directory, 'goldpan.db'))
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM events').get()
  await doSomething(1, 1, 2_000)
  // who waits for the reader waits for ever
  db.pragma('busy_timeout = 2000000000')
  await store.erase(orderFor(1, 2))
  const logText = () => readFileSync(join(directory, 'goldpan.db-wal')).toString('latin1')
  expect(logText()).toContain(emailOf(1))
  reader.exec('COMMIT')
  reader.close()
  await expect.poll(logText).not.toContain(emailOf(1))
})

import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Connection, openConnection } from '../../collector/storage/sqlite/connection.ts'
import { migrate } from '../../collector/storage/sqlite/migrate.ts'
import { sqliteStore } from '../../collector/storage/sqlite/store.ts'
import { aDecision, aPerson, applyOne, aTransition, introduction, NOW } from '../contract/store/samples.ts'

/** The rows that reports read are the transitions of the persons as they stand. */

let db: Connection
beforeEach(() => {
  db = openConnection(':memory:')
  migrate(db)
})
afterEach(() => db.close())

const rows = () => db.prepare('SELECT person, to_stage, at FROM transitions ORDER BY person, ordinal').all()
const toMql = aTransition({ from: 'lead', to: 'mql', at: NOW + 1 })

it('rewrites the rows of the persons decided, and of no others', async () => {
  const store = sqliteStore(db)
  await applyOne(
    store,
    introduction([aPerson('ada', { transitions: [aTransition(), toMql] }), aPerson('bob')]),
  )
  const bob = { person: 'bob', to_stage: 'lead', at: NOW }
  expect(rows()).toEqual([
    { person: 'ada', to_stage: 'lead', at: NOW },
    { person: 'ada', to_stage: 'mql', at: NOW + 1 },
    bob,
  ])
  const moved = aPerson('ada', { transitions: [aTransition({ at: NOW + 5 })] })
  await applyOne(store, { ...introduction([moved]), expected: { ada: 1 } })
  expect(rows()).toEqual([{ person: 'ada', to_stage: 'lead', at: NOW + 5 }, bob])
})

it('removes the rows of a removed person', async () => {
  const store = sqliteStore(db)
  await applyOne(store, introduction([aPerson('ada'), aPerson('bob')]))
  await applyOne(store, aDecision({ removed: ['ada'], expected: { ada: 1 } }))
  expect(rows()).toEqual([{ person: 'bob', to_stage: 'lead', at: NOW }])
})

import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Connection, openConnection } from '../../collector/storage/sqlite/connection.ts'
import { migrate } from '../../collector/storage/sqlite/migrate.ts'
import { sqliteStore } from '../../collector/storage/sqlite/store.ts'
import { aPerson, applyOne, introduction } from '../contract/store/samples.ts'

/** What the replay audit finds when a row of an account is not what its persons make. */

let db: Connection
beforeEach(() => {
  db = openConnection(':memory:')
  migrate(db)
})
afterEach(() => db.close())

const account = { id: 'acme', domain: 'acme.example', name: null, by: 'email', roles: [] } as const
const known = introduction([aPerson('ada', { account }), aPerson('bob')])

it.each([
  ['UPDATE accounts SET state = replace(state, \'"people":1\', \'"people":2\')'],
  ['UPDATE accounts SET score_rank = score_rank + 1'],
  ['DELETE FROM accounts'],
])('%s is drift', async damage => {
  const store = sqliteStore(db)
  await applyOne(store, known)
  expect(await store.drift(known)).toEqual([])
  expect(db.prepare(damage).run().changes).toBe(1)
  expect(await store.drift(known)).toEqual([{ person: 'ada', parts: ['roll-up of the account'] }])
})

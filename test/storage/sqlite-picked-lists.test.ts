import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { PersonState } from '../../collector/contracts/state.ts'
import { listAccounts } from '../../collector/storage/sqlite/account-list.ts'
import { type Connection, openConnection } from '../../collector/storage/sqlite/connection.ts'
import { migrate } from '../../collector/storage/sqlite/migrate.ts'
import { listPersons } from '../../collector/storage/sqlite/person-list.ts'
import { sqliteStore } from '../../collector/storage/sqlite/store.ts'
import { STAGES } from '../../shared/stages.ts'
import { allOf } from '../contract/store/pages.ts'
import { aPerson, applyOne, introduction, NOW, personQuery, SITE } from '../contract/store/samples.ts'

/** Whoever is asked for by score in another order: few are picked and sorted, of many each page is read in that order. */

let db: Connection
beforeEach(() => {
  db = openConnection(':memory:')
  migrate(db)
})
afterEach(() => db.close())

const NONE_IS_FEW = { few: -1 }
const ALL_ARE_FEW = { few: 1_000 }

interface Seen {
  readonly rank: number | null
  readonly score: number
  readonly stage: PersonState['stage']
  readonly since: number | null
  readonly account: string | null
}

const anyone = fc.record({
  rank: fc.option(fc.integer({ min: -2, max: 3 })),
  score: fc.integer({ min: -1, max: 2 }),
  stage: fc.constantFrom<PersonState['stage'][]>('anonymous', 'lead', 'mql'),
  since: fc.option(fc.integer({ min: 0, max: 3 })),
  account: fc.option(fc.constantFrom('a', 'b', 'c', 'd')),
})

const MQL = { by: 'when', fitScore: 40, fitGrade: 'B', engagementScore: 40, reasons: [] } as const

const personOf = ({ rank, score, stage, since, account }: Seen, index: number): PersonState =>
  aPerson(`p${index}`, {
    stage,
    engagement: { score: 1, asOf: NOW, halfLifeMs: 1, rank },
    fit: { ...aPerson('x').fit, score, grade: score > 0 ? 'A' : 'B' },
    mql: since === null ? null : { ...MQL, since: NOW + since },
    account: account === null ? null : { id: account, domain: account, name: null, by: 'email', roles: [] },
  })

it('of persons and of accounts are the same either way, page by page', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyone, { maxLength: 25 }),
      fc.record({
        sort: fc.constantFrom('fit', 'mql_since', 'last_seen', 'engagement'),
        minRank: fc.option(fc.integer({ min: -2, max: 3 })),
        grade: fc.option(fc.constantFrom('A', 'B')),
        stages: fc.constantFrom<PersonState['stage'][][]>([], ['lead'], ['mql', 'lead']),
      }),
      async (seen, asked) => {
        db.exec('DELETE FROM transitions; DELETE FROM persons; DELETE FROM accounts')
        await applyOne(sqliteStore(db), introduction(seen.map(personOf)))
        const [first, second] = await Promise.all(
          [NONE_IS_FEW, ALL_ARE_FEW].map(limits =>
            allOf(async cursor => listPersons(db, personQuery({ ...asked, limit: 4, cursor }), limits)),
          ),
        )
        expect(second).toEqual(first)
        const sort = asked.sort === 'fit' ? 'fit' : 'people'
        const accounts = { site: SITE, id: null, minRank: asked.minRank, text: null, sort, limit: 2 } as const
        const [one, other] = await Promise.all(
          [NONE_IS_FEW, ALL_ARE_FEW].map(limits =>
            allOf(async cursor => listAccounts(db, { ...accounts, cursor }, limits)),
          ),
        )
        expect(other).toEqual(one)
      },
    ),
    { numRuns: 100 },
  )
})

it('of anonymous visitors come in every order, beside others', async () => {
  const known = personOf({ rank: 1, score: 1, stage: 'lead', since: 1, account: null }, 1)
  const unknown = personOf({ rank: 2, score: 2, stage: 'anonymous', since: null, account: null }, 2)
  await applyOne(sqliteStore(db), introduction([known, unknown]))
  const ids = (query: Parameters<typeof personQuery>[0]) =>
    listPersons(db, personQuery(query), NONE_IS_FEW).items.map(({ state }) => state.id)
  expect(ids({ stages: STAGES, sort: 'fit' })).toEqual(['p2', 'p1'])
  expect(ids({ stages: STAGES, sort: 'mql_since' })).toEqual(['p1', 'p2'])
  expect(ids({ stages: ['anonymous'], sort: 'mql_since' })).toEqual(['p2'])
})

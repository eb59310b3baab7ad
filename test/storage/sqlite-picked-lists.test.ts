import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { PersonState } from '../../collector/contracts/state.ts'
import { listAccounts } from '../../collector/storage/sqlite/account-list.ts'
import { type Connection, openConnection } from '../../collector/storage/sqlite/connection.ts'
import { migrate } from '../../collector/storage/sqlite/migrate.ts'
import { personLister } from '../../collector/storage/sqlite/person-list.ts'
import { sqliteStore } from '../../collector/storage/sqlite/store.ts'
import { FIT_GRADES, type FitGrade } from '../../shared/grades.ts'
import { STAGES } from '../../shared/stages.ts'
import { allOf } from '../contract/store/pages.ts'
import { aPerson, applyOne, introduction, NOW, personQuery, SITE } from '../contract/store/samples.ts'

/** Lists are merged of one for each stage and grade; whoever is asked for by score in another order is picked by score, and sorted. */

let db: Connection
beforeEach(() => {
  db = openConnection(':memory:')
  migrate(db)
})
afterEach(() => db.close())

interface Seen {
  readonly rank: number | null
  readonly score: number
  readonly grade: FitGrade
  readonly stage: PersonState['stage']
  readonly since: number | null
  readonly account: string | null
}

const anyone = fc.record({
  rank: fc.option(fc.integer({ min: -2, max: 3 })),
  score: fc.integer({ min: -1, max: 2 }),
  grade: fc.constantFrom(...FIT_GRADES),
  stage: fc.constantFrom<PersonState['stage'][]>('anonymous', 'lead', 'mql'),
  since: fc.option(fc.integer({ min: 0, max: 3 })),
  account: fc.option(fc.constantFrom('a', 'b', 'c', 'd')),
})

const MQL = { by: 'when', fitScore: 40, fitGrade: 'B', engagementScore: 40, reasons: [] } as const

const personOf = ({ rank, score, grade, stage, since, account }: Seen, index: number): PersonState =>
  aPerson(`p${index}`, {
    stage,
    engagement: { score: 1, asOf: NOW, halfLifeMs: 1, rank },
    fit: { ...aPerson('x').fit, score, grade },
    mql: since === null ? null : { ...MQL, since: NOW + since },
    account: account === null ? null : { id: account, domain: account, name: null, by: 'email', roles: [] },
  })

/** By what a list is sorted; null comes last. */
const VALUES = {
  fit: ({ fit }: PersonState) => fit.score,
  mql_since: ({ mql }: PersonState) => mql?.since ?? null,
  engagement: ({ engagement }: PersonState) => engagement.rank,
  last_seen: ({ lastSeenAt }: PersonState) => lastSeenAt,
} as const

const downwards = (a: number | null, b: number | null): number =>
  (b ?? Number.NEGATIVE_INFINITY) === (a ?? Number.NEGATIVE_INFINITY)
    ? 0
    : (b ?? Number.NEGATIVE_INFINITY) - (a ?? Number.NEGATIVE_INFINITY)

it('of persons have whom they should, in order, page by page', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyone, { maxLength: 25 }),
      fc.record({
        sort: fc.constantFrom(
          'fit' as const,
          'mql_since' as const,
          'engagement' as const,
          'last_seen' as const,
        ),
        minRank: fc.option(fc.integer({ min: -2, max: 3 })),
        grade: fc.option(fc.constantFrom(...FIT_GRADES)),
        text: fc.option(fc.constantFrom('p1', 'P2')),
        // how many of the order are looked at before all are sorted
        walked: fc.constantFrom(1, 5, 1_000),
        stages: fc.constantFrom<PersonState['stage'][]>(
          ['lead'],
          ['mql', 'lead'],
          ['anonymous', 'lead'],
          [...STAGES],
        ),
      }),
      async (seen, { walked, sort, minRank, grade, text, stages }) => {
        db.exec('DELETE FROM transitions; DELETE FROM persons; DELETE FROM accounts')
        const all = seen.map(personOf)
        await applyOne(sqliteStore(db), introduction(all))
        const query = { sort, minRank, grade, text, stages, limit: 4 }
        const listed = await allOf(async cursor =>
          personLister(db, { walked })(personQuery({ ...query, cursor })),
        )
        const wanted = all
          .filter(({ stage }) => stages.includes(stage))
          .filter(({ fit }) => grade === null || fit.grade === grade)
          .filter(({ engagement: { rank } }) => minRank === null || (rank !== null && rank >= minRank))
          .filter(({ identifier }) => text === null || identifier?.includes(text.toLowerCase()))
          .sort((a, b) => downwards(VALUES[sort](a), VALUES[sort](b)) || (a.id < b.id ? 1 : -1))
        expect(listed.map(({ state }) => state.id)).toEqual(wanted.map(({ id }) => id))
      },
    ),
    { numRuns: 200 },
  )
})

it('of accounts are those of the order of scores, sorted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyone, { maxLength: 25 }),
      fc.constantFrom('fit' as const, 'people' as const),
      fc.integer({ min: -2, max: 3 }),
      async (seen, sort, minRank) => {
        db.exec('DELETE FROM transitions; DELETE FROM persons; DELETE FROM accounts')
        await applyOne(sqliteStore(db), introduction(seen.map(personOf)))
        const asked = { site: SITE, id: null, text: null, limit: 2 } as const
        const picked = await allOf(async cursor => listAccounts(db, { ...asked, sort, minRank, cursor }))
        const above = await allOf(async cursor =>
          listAccounts(db, { ...asked, sort: 'score', minRank, cursor }),
        )
        const ordered = await allOf(async cursor =>
          listAccounts(db, { ...asked, sort, minRank: null, cursor }),
        )
        const ids = new Set(above.map(({ id }) => id))
        expect(picked).toEqual(ordered.filter(({ id }) => ids.has(id)))
      },
    ),
    { numRuns: 100 },
  )
})

it('of anonymous visitors come in every order, beside others', async () => {
  const known = personOf({ rank: 1, score: 1, stage: 'lead', grade: 'A', since: 1, account: null }, 1)
  const unknown = personOf(
    { rank: 2, score: 2, stage: 'anonymous', grade: 'B', since: null, account: null },
    2,
  )
  await applyOne(sqliteStore(db), introduction([known, unknown]))
  const ids = (query: Parameters<typeof personQuery>[0]) =>
    personLister(db)(personQuery(query)).items.map(({ state }) => state.id)
  expect(ids({ stages: STAGES, sort: 'fit' })).toEqual(['p2', 'p1'])
  expect(ids({ stages: STAGES, sort: 'mql_since' })).toEqual(['p1', 'p2'])
  expect(ids({ stages: ['anonymous'], sort: 'mql_since' })).toEqual(['p2'])
})

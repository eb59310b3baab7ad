import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { PersonState } from '../../../collector/contracts/state.ts'
import { STAGES } from '../../../shared/stages.ts'
import { allOf } from './pages.ts'
import {
  aDecision,
  aPerson,
  applyOne,
  factQuery,
  introduction,
  NOW,
  personQuery,
  SITE,
  said,
} from './samples.ts'
import type { StoreUnderTest } from './store-under-test.ts'

const MQL = { by: 'when', fitScore: 40, fitGrade: 'B', engagementScore: 40, reasons: [] } as const

const ranked = (id: string, rank: number | null, over: Partial<PersonState> = {}): PersonState =>
  aPerson(id, { engagement: { score: 1, asOf: NOW, halfLifeMs: 1, rank }, ...over })

export function personListContract({ store }: StoreUnderTest): void {
  const ids = async (over: Parameters<typeof personQuery>[0] = {}) =>
    (await store().persons(personQuery(over))).items.map(person => person.state.id)

  it('gives persons whole, with their versions', async () => {
    await applyOne(store(), introduction([aPerson('ada')]))
    expect(await store().persons(personQuery())).toEqual({
      items: [{ state: aPerson('ada'), version: 1 }],
      next: null,
    })
  })

  it('lists every stage but anonymous, unless stages are asked for', async () => {
    await applyOne(store(), introduction(STAGES.map(stage => aPerson(stage, { stage }))))
    expect((await ids()).sort()).toEqual(STAGES.filter(stage => stage !== 'anonymous').sort())
    expect(await ids({ stages: ['anonymous'] })).toEqual(['anonymous'])
    expect((await ids({ stages: ['mql', 'sal', 'mql'] })).sort()).toEqual(['mql', 'sal'])
  })

  it('sorts by each order, greatest first over all stages, those without a value last', async () => {
    const mql = { ...MQL, since: NOW + 3 }
    const scored = (score: number) => ({ ...aPerson('x').fit, score })
    await applyOne(
      store(),
      introduction([
        ranked('cold', null, { fit: scored(-5), lastSeenAt: NOW + 9, mql: { ...mql, since: NOW } }),
        ranked('warm', -3.5, { fit: scored(70), lastSeenAt: NOW, stage: 'mql', mql }),
        ranked('hot', 12.25, { fit: scored(30), lastSeenAt: NOW + 4, stage: 'sal' }),
      ]),
    )
    expect(await ids({ sort: 'engagement' })).toEqual(['hot', 'warm', 'cold'])
    expect(await ids({ sort: 'fit' })).toEqual(['warm', 'hot', 'cold'])
    expect(await ids({ sort: 'last_seen' })).toEqual(['cold', 'hot', 'warm'])
    expect(await ids({ sort: 'mql_since' })).toEqual(['warm', 'cold', 'hot'])
  })

  it.each<[string, Partial<PersonState>, Parameters<typeof personQuery>[0]]>([
    ['since when', { mql: { ...MQL, since: NOW + 9 } }, { sort: 'mql_since' }],
    ['fit', { fit: { ...aPerson('x').fit, score: 99 } }, { sort: 'fit' }],
    ['last visit', { lastSeenAt: NOW + 9 }, { sort: 'last_seen' }],
    ['engagement', { engagement: { score: 1, asOf: NOW, halfLifeMs: 1, rank: 9 } }, { sort: 'engagement' }],
  ])('follows the %s alone of who is written again', async (_, change, query) => {
    const before = { mql: { ...MQL, since: NOW }, lastSeenAt: NOW }
    const [first, second] = [ranked('a', 1, before), ranked('b', 2, { ...before, lastSeenAt: NOW + 1 })]
    await applyOne(store(), introduction([first, second]))
    expect(await ids(query)).toEqual(['b', 'a'])
    await applyOne(store(), aDecision({ persons: [{ ...first, ...change }], expected: { a: 1 } }))
    expect(await ids(query)).toEqual(['a', 'b'])
  })

  it.each<[string, Partial<PersonState>, Parameters<typeof personQuery>[0]]>([
    ['grade', { fit: { ...aPerson('x').fit, grade: 'A' } }, { grade: 'A' }],
    ['name', { traits: said('fullName', 'Zora') }, { text: 'zora' }],
    ['stage', { stage: 'mql' }, { stages: ['mql'] }],
  ])('finds who is written again by the new %s alone', async (_, change, query) => {
    const first = aPerson('a')
    await applyOne(store(), introduction([first]))
    expect(await ids(query)).toEqual([])
    await applyOne(store(), aDecision({ persons: [{ ...first, ...change }], expected: { a: 1 } }))
    expect(await ids(query)).toEqual(['a'])
  })

  it('filters by grade, and by rank: at least, never one without', async () => {
    const fit = { ...aPerson('x').fit, grade: 'A' } as const
    await applyOne(
      store(),
      introduction([ranked('a', 5, { fit }), ranked('b', 4.5), ranked('c', null, { fit })]),
    )
    expect(await ids({ grade: 'A' })).toEqual(['a', 'c'])
    expect(await ids({ grade: 'D' })).toEqual([])
    expect(await ids({ minRank: 4.5 })).toEqual(['a', 'b'])
    expect(await ids({ minRank: 4.6, sort: 'fit' })).toEqual(['a'])
    expect(await ids({ minRank: -1_000 })).toEqual(['a', 'b'])
  })

  it('finds text in e-mail, name and company, without case in any script, nothing as a wildcard', async () => {
    await applyOne(
      store(),
      introduction([
        aPerson('one', { identifier: 'email:ada@lovelace.org', traits: said('fullName', 'Ада Лъвлейс') }),
        aPerson('two', { traits: { ...said('firstName', 'Grace'), ...said('lastName', 'Hopper') } }),
        aPerson('six', { traits: { ...said('company', 'R%D_Werke'), ...said('jobTitle', 'Admiral') } }),
      ]),
    )
    expect(await ids({ text: 'LOVELACE' })).toEqual(['one'])
    expect(await ids({ text: 'ада л' })).toEqual(['one'])
    expect(await ids({ text: 'grace hop' })).toEqual(['two'])
    expect(await ids({ text: 'two@example' })).toEqual(['two'])
    expect(await ids({ text: '%d_w' })).toEqual(['six'])
    expect(await ids({ text: 'r_d' })).toEqual([])
    expect(await ids({ text: 'admiral' })).toEqual([])
  })

  it('pages through ties and missing values without losing or repeating anyone', async () => {
    const rank = fc.option(fc.integer({ min: -2, max: 2 }))
    const stage = fc.constantFrom('lead', 'mql', 'customer')
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(rank, stage), { maxLength: 25 }),
        fc.integer({ min: 1, max: 7 }),
        async (people, limit) => {
          const site = `site-${run++}`
          const persons = people.map(([at, stage], index) => ranked(`p${index}`, at, { site, stage }))
          await applyOne(store(), introduction(persons, site))
          const listed = await allOf(cursor => store().persons(personQuery({ site, limit, cursor })))
          const expected = [...persons].sort((a, b) => order(b) - order(a) || (a.id < b.id ? 1 : -1))
          expect(listed.map(person => person.state.id)).toEqual(expected.map(person => person.id))
        },
      ),
      { numRuns: 25 },
    )
  })
  const order = (person: PersonState) => person.engagement.rank ?? -10

  it('goes on where a page ended, though persons came in before and behind it', async () => {
    await applyOne(store(), introduction([ranked('a', 9), ranked('c', 7), ranked('e', 5), ranked('g', 3)]))
    const page = await store().persons(personQuery({ limit: 2 }))
    await applyOne(store(), introduction([ranked('b', 8), ranked('f', 4)]))
    expect(page.items.map(person => person.state.id)).toEqual(['a', 'c'])
    expect(await ids({ cursor: page.next })).toEqual(['e', 'f', 'g'])
  })

  it.each(['', 'x', '!', 'W10', 'bnVsbA', 'WyJwZXJzb25zOmVuZ2FnZW1lbnQiLCIxIiwieCJd'])(
    'ends at a cursor it did not make: "%s"',
    async cursor => {
      await applyOne(store(), introduction([ranked('a', 9)]))
      expect(await store().persons(personQuery({ cursor }))).toEqual({ items: [], next: null })
      expect(await store().facts(factQuery({ cursor }))).toEqual({ items: [], next: null })
    },
  )

  it('ends at a cursor of another order', async () => {
    await applyOne(store(), introduction([ranked('a', 900), ranked('b', 800)]))
    const { next } = await store().persons(personQuery({ limit: 1 }))
    expect(next).not.toBeNull()
    expect(await store().persons(personQuery({ cursor: next, sort: 'fit' }))).toEqual({
      items: [],
      next: null,
    })
  })

  it('gives the ids of all persons upwards, anonymous ones too', async () => {
    await applyOne(
      store(),
      introduction(['c', 'a', 'b'].map(id => aPerson(id, { stage: 'anonymous', identifier: null }))),
    )
    expect(await store().personIds(SITE, '', 2)).toEqual(['a', 'b'])
    expect(await store().personIds(SITE, 'b', 2)).toEqual(['c'])
  })
}

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccountLink, AccountState } from '../../../collector/contracts/account.ts'
import type { PersonState } from '../../../collector/contracts/state.ts'
import type { AccountQuery } from '../../../collector/storage/account-store.ts'
import { MOST_ROLLED_UP, memberOf, rollUp } from '../../../collector/storage/roll-up.ts'
import { STAGES } from '../../../shared/stages.ts'
import { allOf } from './pages.ts'
import {
  aDecision,
  aFact,
  aModelVersion,
  aPerson,
  applyOne,
  aSpan,
  introduction,
  NOW,
  personQuery,
  SITE,
} from './samples.ts'
import type { StoreUnderTest } from './store-under-test.ts'

const accountQuery = (over: Partial<AccountQuery> = {}): AccountQuery => ({
  site: SITE,
  id: null,
  minRank: null,
  text: null,
  sort: 'score',
  limit: 50,
  cursor: null,
  ...over,
})

const linkTo = (id: string, over: Partial<AccountLink> = {}): AccountLink => ({
  id,
  domain: `${id}.example`,
  name: null,
  by: 'email',
  roles: [],
  ...over,
})

const ofAccount = (
  id: string,
  account: string | null,
  rank: number | null,
  over: Partial<PersonState> = {},
) =>
  aPerson(id, {
    account: account === null ? null : linkTo(account),
    engagement: { score: 1, asOf: NOW, halfLifeMs: 1, rank },
    ...over,
  })

export function accountContract({ store, reopen }: StoreUnderTest): void {
  const stored = async (site = SITE) => (await store().accounts(accountQuery({ site }))).items
  const ids = async (over: Partial<AccountQuery> = {}) =>
    (await store().accounts(accountQuery(over))).items.map(({ id }) => id)
  /** Accounts as the whole computation makes them of all persons. */
  const computed = (persons: readonly PersonState[]): readonly AccountState[] =>
    [...new Set(persons.flatMap(({ account }) => account?.id ?? []))].flatMap(
      id =>
        rollUp(
          id,
          persons.flatMap(one => (one.account?.id === id ? (memberOf(one) ?? []) : [])),
        ) ?? [],
    )
  const byId = (a: AccountState, b: AccountState) => (a.id < b.id ? -1 : 1)

  it('are made of their persons by an apply, for good', async () => {
    const persons = [ofAccount('ada', 'acme', 5), ofAccount('bob', 'acme', 4), ofAccount('eve', null, 9)]
    await applyOne(store(), introduction(persons))
    await reopen()
    expect(await stored()).toEqual(computed(persons))
    expect(await store().account(SITE, 'acme')).toMatchObject({ domain: 'acme.example', people: 2 })
    expect(await store().account(SITE, 'other')).toBeNull()
  })

  it('follow who moves to another, and go with the last one', async () => {
    await applyOne(store(), introduction([ofAccount('ada', 'acme', 5), ofAccount('bob', 'acme', 4)]))
    const moved = ofAccount('ada', 'beta', 5)
    await applyOne(store(), { ...introduction([moved]), expected: { ada: 1 } })
    expect(await ids()).toEqual(['beta', 'acme'])
    await applyOne(store(), { ...introduction([ofAccount('bob', null, 4)]), expected: { bob: 1 } })
    expect(await ids()).toEqual(['beta'])
    await applyOne(store(), aDecision({ removed: ['ada'], expected: { ada: 2 } }))
    expect(await ids()).toEqual([])
  })

  it('are the same after any applies in any order, as computed from all persons', async () => {
    const account = fc.constantFrom(null, 'acme', 'beta', 'gamma')
    const change = fc.record({
      person: fc.constantFrom('ada', 'bob', 'eve', 'ian', 'una'),
      account,
      rank: fc.option(fc.double({ min: -5, max: 1_500, noNaN: true })),
      stage: fc.constantFrom(...STAGES),
      closed: fc.boolean(),
      gone: fc.boolean(),
      seenAt: fc.integer({ min: 1, max: NOW }),
    })
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 12 }), async rounds => {
        const site = `accounts-${run++}`
        const there = new Map<string, PersonState>()
        const versions = new Map<string, number>()
        for (const round of rounds) {
          const decisions = round.map(one => {
            const expected = { [one.person]: versions.get(one.person) ?? 0 }
            if (one.gone) {
              there.delete(one.person)
              versions.delete(one.person)
              return aDecision({ site, removed: [one.person], expected })
            }
            const state = ofAccount(one.person, one.account, one.rank, {
              site,
              stage: one.stage,
              gates: one.closed ? { competitor: null } : {},
              lastSeenAt: one.seenAt,
              firstSeenAt: one.seenAt,
            })
            there.set(one.person, state)
            versions.set(one.person, (versions.get(one.person) ?? 0) + 1)
            return aDecision({ site, persons: [state], expected })
          })
          const outcomes = await store().apply(decisions)
          expect(outcomes.every(outcome => outcome === 'applied')).toBe(true)
        }
        expect([...(await stored(site))].sort(byId)).toEqual([...computed([...there.values()])].sort(byId))
      }),
      { numRuns: 60 },
    )
  })

  it('of very many are made of the most engaged, so that no event costs more for the crowd', async () => {
    const crowd = Array.from({ length: MOST_ROLLED_UP }, (_, index) =>
      ofAccount(`p${index}`, 'acme', index % 7),
    )
    const cold = ofAccount('cold', 'acme', -9, { stage: 'mql' })
    const [hot, late] = [ofAccount('hot', 'acme', 50), ofAccount('late', 'acme', -8, { lastSeenAt: NOW + 9 })]
    await applyOne(store(), introduction([cold, late, ...crowd]))
    expect(await stored()).toEqual(computed(crowd))
    await applyOne(store(), introduction([hot]))
    expect(await store().account(SITE, 'acme')).toMatchObject({ people: MOST_ROLLED_UP, mqls: 0 })
    expect((await store().account(SITE, 'acme'))?.rank).toBeCloseTo(50, 9)
  })

  it('are left as they were by a decision that met a conflict', async () => {
    await applyOne(store(), introduction([ofAccount('ada', 'acme', 5)]))
    const before = await stored()
    expect(await applyOne(store(), introduction([ofAccount('ada', 'beta', 7)]))).toBe('conflict')
    expect(await stored()).toEqual(before)
  })

  it('are listed in each order, greatest first, those without a value last', async () => {
    const scored = (score: number) => ({ ...aPerson('x').fit, score })
    await applyOne(
      store(),
      introduction([
        ofAccount('ada', 'acme', null, { fit: scored(90), lastSeenAt: NOW }),
        ofAccount('bob', 'beta', 7.5, { fit: scored(10), lastSeenAt: NOW + 2 }),
        ofAccount('bea', 'beta', 1, { fit: scored(-5), lastSeenAt: NOW + 1 }),
        ofAccount('eve', 'gamma', 3, { fit: scored(99), stage: 'anonymous', lastSeenAt: NOW + 5 }),
      ]),
    )
    expect(await ids()).toEqual(['beta', 'gamma', 'acme'])
    expect(await ids({ sort: 'fit' })).toEqual(['acme', 'beta', 'gamma'])
    expect(await ids({ sort: 'last_seen' })).toEqual(['gamma', 'beta', 'acme'])
    expect(await ids({ sort: 'people' })).toEqual(['beta', 'acme', 'gamma'])
    expect(await ids({ minRank: 3 })).toEqual(['beta', 'gamma'])
    expect(await ids({ minRank: 3.1, sort: 'fit' })).toEqual(['beta'])
    expect(await ids({ id: 'gamma' })).toEqual(['gamma'])
    expect(await ids({ id: 'gamma', minRank: 3.1 })).toEqual([])
  })

  it('are found by a part of domain or name, without case', async () => {
    const named = aPerson('ada', { account: linkTo('acme', { name: 'Фирма ООД' }) })
    await applyOne(store(), introduction([named, ofAccount('bob', 'beta', 1)]))
    expect(await ids({ text: 'фирма' })).toEqual(['acme'])
    expect(await ids({ text: 'ETA.EX' })).toEqual(['beta'])
    expect(await ids({ text: '%' })).toEqual([])
  })

  it('are read page by page without losing or repeating one', async () => {
    const persons = Array.from({ length: 23 }, (_, index) =>
      ofAccount(`p${index}`, `a${String(index).padStart(2, '0')}`, index % 4 === 0 ? null : index % 3),
    )
    await applyOne(store(), introduction(persons))
    for (const sort of ['score', 'people'] as const) {
      const listed = await allOf(cursor => store().accounts(accountQuery({ sort, limit: 5, cursor })))
      expect(listed.map(({ id }) => id)).toEqual(await ids({ sort }))
      expect(new Set(listed.map(({ id }) => id)).size).toBe(23)
    }
    const { next } = await store().accounts(accountQuery({ limit: 5 }))
    expect(await ids({ sort: 'people', cursor: next })).toEqual([])
    expect((await store().persons(personQuery({ cursor: next }))).items).toEqual([])
  })

  it('give their people: the stages asked for, in each order', async () => {
    await applyOne(
      store(),
      introduction([
        ofAccount('ada', 'acme', 5),
        ofAccount('bob', 'acme', 7, { stage: 'mql' }),
        ofAccount('eve', 'acme', 9, { stage: 'anonymous' }),
        ofAccount('ian', 'beta', 8),
        ofAccount('una', null, 6),
      ]),
    )
    const people = async (over: Parameters<typeof personQuery>[0]) =>
      (await store().persons(personQuery(over))).items.map(({ state }) => state.id)
    expect(await people({ account: 'acme' })).toEqual(['bob', 'ada'])
    expect(await people({ account: 'acme', stages: STAGES })).toEqual(['eve', 'bob', 'ada'])
    expect(await people({ account: 'acme', stages: ['lead'], sort: 'fit' })).toEqual(['ada'])
    expect(await people({ account: 'gamma' })).toEqual([])
  })

  it('know how much their people did lately, also on a browser that somebody else used', async () => {
    const at = (id: string, occurredAt: number, visitor = 'laptop') => aFact(id, { occurredAt, visitor })
    await store().record({
      facts: [at('e1', 10), at('e2', 20), at('e3', 30), at('e4', 40), at('e5', 25, 'phone')],
      quarantined: [],
    })
    await applyOne(store(), {
      ...introduction([ofAccount('ada', 'acme', 1), ofAccount('bob', 'beta', 1), ofAccount('una', null, 1)]),
      subjects: ['laptop', 'phone'],
      spans: [
        aSpan('laptop', 'ada', null),
        { ...aSpan('laptop', 'bob', null), startsAt: 30, startsId: 'e3' },
        aSpan('phone', 'ada', null),
      ],
    })
    expect(await store().accountActivity(SITE, 'acme', 0)).toBe(3)
    expect(await store().accountActivity(SITE, 'acme', 11)).toBe(2)
    expect(await store().accountActivity(SITE, 'beta', 0)).toBe(2)
    expect(await store().accountActivity(SITE, 'none', 0)).toBe(0)
    expect(await store().accountActivity('other', 'acme', 0)).toBe(0)
  })

  it('differ from what is derived when their row is not what their persons make', async () => {
    const persons = [ofAccount('ada', 'acme', 5)]
    await applyOne(store(), introduction(persons))
    const derived = { ...introduction(persons), site: SITE }
    expect(await store().drift(derived)).toEqual([])
    const elsewhere = [ofAccount('ada', 'beta', 5)]
    expect(await store().drift({ ...derived, persons: elsewhere })).toMatchObject([
      { person: 'ada', parts: expect.arrayContaining(['account', 'account_member']) },
    ])
  })

  describe('of a prepared generation', () => {
    const BY = { actor: 'mara', at: NOW, engine: 'engine-1' }

    it('are beside those that are shown, and come with the switch', async () => {
      await store().publishModel(SITE, aModelVersion(1), BY)
      await store().record({ facts: [aFact('g1', { visitor: 'laptop' })], quarantined: [] })
      const old = ofAccount('ada', 'acme', 5)
      const known = { ...introduction([old]), subjects: ['laptop'], spans: [aSpan('laptop', 'ada', null)] }
      await applyOne(store(), { ...known, generation: 1, clears: await store().dirty(9) })
      await store().publishModel(SITE, aModelVersion(2), BY)
      const renewed = ofAccount('ada', 'beta', 6)
      const [rescoring] = await store().rescorings()
      if (!rescoring) throw new Error('nothing is being prepared')
      while ((await store().markForRescoring(rescoring, 9)) > 0);
      const prepared = { ...known, persons: [renewed], generation: 2, isShown: false }
      await applyOne(store(), { ...prepared, clears: await store().dirty(9) })
      expect(await stored()).toEqual(computed([old]))
      expect((await store().persons(personQuery({ account: 'beta' }))).items).toEqual([])
      const [ready] = await store().rescorings()
      if (!ready) throw new Error('nothing is being prepared')
      expect(await store().switchGeneration(ready, NOW)).toBe('switched')
      expect(await stored()).toEqual(computed([renewed]))
      let swept = 0
      for (let rows = -1; rows !== 0; swept += rows) rows = await store().sweepGenerations(1)
      expect(swept).toBe(3)
      expect(await stored()).toEqual(computed([renewed]))
    })
  })
}

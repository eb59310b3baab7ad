import { expect, it } from 'vitest'
import type { Fact } from '../../../collector/contracts/facts.ts'
import { allOf } from './pages.ts'
import { aDecision, aFact, aPerson, applyOne, aSpan, factQuery, NOW } from './samples.ts'
import type { StoreUnderTest } from './store-under-test.ts'

export function factListContract({ store }: StoreUnderTest): void {
  const record = (...facts: readonly Fact[]) => store().record({ facts, quarantined: [] })
  const ids = async (over: Parameters<typeof factQuery>[0] = {}) =>
    (await store().facts(factQuery(over))).items.map(fact => fact.id)

  it('lists the newest first by occurredAt, not by arrival', async () => {
    await record(aFact('a', { occurredAt: NOW + 1 }), aFact('b', { occurredAt: NOW + 3 }))
    await record(aFact('c', { occurredAt: NOW + 2 }), aFact('d', { occurredAt: NOW + 3 }))
    expect(await ids()).toEqual(['d', 'b', 'c', 'a'])
  })

  it('filters by type, visitor and time, bounds included, alone and together', async () => {
    await record(
      aFact('a', { occurredAt: NOW, visitor: 'anna' }),
      aFact('b', { occurredAt: NOW + 1, visitor: 'anna', type: 'download' }),
      aFact('c', { occurredAt: NOW + 2, visitor: 'boris', type: 'download' }),
      aFact('d', { occurredAt: NOW + 3, visitor: null, subject: 'anna', type: 'decision' }),
    )
    expect(await ids({ type: 'download' })).toEqual(['c', 'b'])
    expect(await ids({ visitor: 'anna' })).toEqual(['b', 'a'])
    expect(await ids({ since: NOW + 1, until: NOW + 2 })).toEqual(['c', 'b'])
    expect(await ids({ type: 'download', visitor: 'anna', since: NOW + 1 })).toEqual(['b'])
    expect(await ids({ type: 'download', until: NOW })).toEqual([])
  })

  it('names the owner of each fact: the last span that starts no later', async () => {
    await record(
      aFact('a', { occurredAt: NOW }),
      aFact('b', { occurredAt: NOW + 1 }),
      aFact('c', { occurredAt: NOW + 1 }),
      aFact('d', { occurredAt: NOW + 9 }),
      aFact('e', { occurredAt: NOW, visitor: 'stranger' }),
    )
    await applyOne(
      store(),
      aDecision({
        persons: [aPerson('ada'), aPerson('anon', { identifier: null })],
        subjects: ['visitor-1'],
        spans: [
          aSpan('visitor-1', 'anon', null),
          { ...aSpan('visitor-1', 'ada', 'email:ada@example.com'), startsAt: NOW + 1, startsId: 'c' },
        ],
      }),
    )
    const owners = (await store().facts(factQuery())).items.map(fact => [fact.id, fact.person])
    const [ada, anon] = [
      { id: 'ada', identified: true },
      { id: 'anon', identified: false },
    ]
    expect(owners).toEqual([
      ['d', ada],
      ['c', ada],
      ['b', anon],
      ['e', null],
      ['a', anon],
    ])
    expect(await ids({ person: 'ada' })).toEqual(['d', 'c'])
    expect(await ids({ person: 'anon' })).toEqual(['b', 'a'])
    expect(await ids({ person: 'ada', until: NOW + 8 })).toEqual(['c'])
    expect(await ids({ person: 'nobody' })).toEqual([])
  })

  it('gives each fact once to a person who comes back to a shared device', async () => {
    await record(...['a', 'b', 'c'].map(id => aFact(id)))
    const owned = (person: string, startsId: string) => ({
      ...aSpan('visitor-1', person, `email:${person}@example.com`),
      startsAt: NOW,
      startsId,
    })
    await applyOne(
      store(),
      aDecision({
        persons: [aPerson('ada'), aPerson('bob')],
        subjects: ['visitor-1'],
        spans: [owned('ada', 'a'), owned('bob', 'b'), owned('ada', 'c')],
      }),
    )
    expect(await ids({ person: 'ada' })).toEqual(['c', 'a'])
    expect(await ids({ person: 'bob' })).toEqual(['b'])
  })

  it('collects a person from several subjects in one order, page by page', async () => {
    const visitor = (index: number) => (index % 2 === 0 ? 'phone' : 'laptop')
    const facts = Array.from({ length: 9 }, (_, n) =>
      aFact(`e${n}`, { visitor: visitor(n), occurredAt: NOW + (n >> 1) }),
    )
    await record(...facts)
    await applyOne(
      store(),
      aDecision({
        persons: [aPerson('ada')],
        subjects: ['phone', 'laptop'],
        spans: [
          aSpan('phone', 'ada', 'email:ada@example.com'),
          aSpan('laptop', 'ada', 'email:ada@example.com'),
        ],
      }),
    )
    const listed = await allOf(cursor => store().facts(factQuery({ person: 'ada', limit: 2, cursor })))
    expect(listed.map(fact => fact.id)).toEqual(facts.map(fact => fact.id).reverse())
  })

  it('pages through facts of one instant', async () => {
    const facts = Array.from({ length: 7 }, (_, n) => aFact(`e${n}`))
    await record(...facts)
    const listed = await allOf(cursor => store().facts(factQuery({ limit: 3, cursor })))
    expect(listed.map(fact => fact.id)).toEqual(facts.map(fact => fact.id).reverse())
  })

  it('goes on where a page ended while new facts arrive', async () => {
    await record(
      aFact('a', { occurredAt: NOW }),
      aFact('b', { occurredAt: NOW + 1 }),
      aFact('c', { occurredAt: NOW + 2 }),
    )
    const page = await store().facts(factQuery({ limit: 2 }))
    await record(aFact('d', { occurredAt: NOW + 3 }))
    expect(page.items.map(fact => fact.id)).toEqual(['c', 'b'])
    expect(await ids({ cursor: page.next })).toEqual(['a'])
  })
}

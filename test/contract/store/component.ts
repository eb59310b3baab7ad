import { expect, it } from 'vitest'
import type { Span } from '../../../collector/contracts/state.ts'
import { aDecision, aFact, aHandoff, aPerson, applyOne, aSpan, NOW, SITE } from './samples.ts'
import type { StoreUnderTest } from './store-under-test.ts'

export function componentContract({ store }: StoreUnderTest): void {
  const load = (subjects: readonly string[], identifiers: readonly string[] = []) =>
    store().loadComponent(SITE, { subjects, identifiers })
  const own = (spans: readonly Span[]) =>
    applyOne(
      store(),
      aDecision({
        persons: [
          ...new Map(
            spans.map(span => [span.person, aPerson(span.person, { identifier: span.identifier })]),
          ).values(),
        ],
        subjects: [...new Set(spans.map(span => span.subject))],
        spans,
      }),
    )
  const visits = (...visitors: readonly string[]) =>
    store().record({ facts: visitors.map(visitor => aFact(`by-${visitor}`, { visitor })), quarantined: [] })

  it('of an unknown seed is the seed itself and its facts', async () => {
    await visits('anna', 'boris')
    const component = await load(['anna', 'nobody'], ['email:new@example.com'])
    expect(component).toMatchObject({ persons: [], identifiers: ['email:new@example.com'] })
    expect([...component.subjects].sort()).toEqual(['anna', 'nobody'])
    expect(component.facts.map(fact => fact.id)).toEqual(['by-anna'])
  })

  it('gives facts in (occurredAt, id) order, whatever the order of arrival and over several subjects', async () => {
    await own([aSpan('phone', 'ada', 'email:ada@x.com'), aSpan('laptop', 'ada', 'email:ada@x.com')])
    const facts = [
      aFact('c', { visitor: 'phone', occurredAt: NOW }),
      aFact('b', { visitor: 'laptop', occurredAt: NOW }),
      aFact('z', { visitor: 'phone', occurredAt: NOW - 1 }),
      aFact('a', { visitor: 'laptop', occurredAt: NOW + 1 }),
    ]
    for (const fact of facts) await store().record({ facts: [fact], quarantined: [] })
    expect((await load(['phone'])).facts.map(fact => fact.id)).toEqual(['z', 'b', 'c', 'a'])
  })

  it('reaches through shared identifiers and devices, any number of hops, from every seed', async () => {
    const spans = [
      aSpan('phone', 'ada', 'email:ada@x.com'),
      aSpan('shared', 'ada', 'email:ada@x.com'),
      { ...aSpan('shared', 'bob', 'email:bob@x.com'), startsAt: NOW, startsId: 'e7' },
      aSpan('tablet', 'bob', 'email:bob@x.com'),
      { ...aSpan('tablet', 'cyd', 'email:cyd@x.com'), startsAt: NOW, startsId: 'e8' },
      aSpan('elsewhere', 'dan', 'email:dan@x.com'),
    ]
    await own(spans)
    await visits('phone', 'tablet', 'elsewhere')
    const seeds = [load(['phone']), load(['shared']), load(['tablet']), load([], ['email:cyd@x.com'])]
    for (const component of await Promise.all(seeds)) {
      expect([...component.subjects].sort()).toEqual(['ada', 'bob', 'cyd', 'phone', 'shared', 'tablet'])
      expect([...component.identifiers].sort()).toEqual([
        'email:ada@x.com',
        'email:bob@x.com',
        'email:cyd@x.com',
      ])
      expect(component.persons.map(person => person.state.id).sort()).toEqual(['ada', 'bob', 'cyd'])
      expect(component.facts.map(fact => fact.id).sort()).toEqual(['by-phone', 'by-tablet'])
    }
  })

  it('does not join anonymous visitors with each other', async () => {
    await own([aSpan('anna', 'anon-1', null), aSpan('boris', 'anon-2', null)])
    const component = await load(['anna'])
    expect(component.subjects).toEqual(['anna', 'anon-1'])
    expect(component.persons.map(person => person.state.id)).toEqual(['anon-1'])
  })

  it('brings every owner of a subject: the anonymous stretch and the claimant', async () => {
    await own([
      aSpan('anna', 'anon-1', null),
      { ...aSpan('anna', 'ada', 'email:ada@x.com'), startsAt: NOW, startsId: 'e5' },
    ])
    const component = await load(['anna'])
    expect(component.persons.map(person => person.state.id).sort()).toEqual(['ada', 'anon-1'])
  })

  it('brings the lead whose identifier a new fact names, though no span of the seed knows it', async () => {
    await own([aSpan('laptop', 'ada', 'email:ada@x.com')])
    await visits('laptop', 'phone')
    const component = await load(['phone'], ['email:ada@x.com'])
    expect([...component.subjects].sort()).toEqual(['ada', 'laptop', 'phone'])
    expect(component.persons).toMatchObject([{ state: { id: 'ada' }, version: 1 }])
  })

  it('brings the lead of an identifier even if it owns no timeline', async () => {
    await applyOne(store(), aDecision({ persons: [aPerson('ada', { identifier: 'email:ada@x.com' })] }))
    expect((await load(['phone'], ['email:ada@x.com'])).persons).toMatchObject([{ state: { id: 'ada' } }])
    expect((await load(['phone'], ['email:bob@x.com'])).persons).toEqual([])
  })

  it('brings the lead that a decision addresses by its id, before any span knows that subject', async () => {
    await own([aSpan('laptop', 'ada', 'email:ada@x.com')])
    const decided = aFact('d1', { visitor: null, subject: 'ada', type: 'decision', actor: 'eve' })
    await store().record({ facts: [decided], quarantined: [] })
    const component = await load(['ada'])
    expect([...component.subjects].sort()).toEqual(['ada', 'laptop'])
    expect(component.facts).toEqual([decided])
    expect(component.persons.map(person => person.state.id)).toEqual(['ada'])
  })

  it('has all hand-offs of the persons that are asked for, the oldest first, and no others', async () => {
    await own([aSpan('laptop', 'ada', 'email:ada@x.com'), aSpan('phone', 'bob', 'email:bob@x.com')])
    const told = [
      aHandoff('h2', { toldAt: NOW + 1 }),
      aHandoff('h1', { status: 'waiting', toldAt: NOW }),
      aHandoff('h3', { lead: 'bob' }),
    ]
    await applyOne(store(), aDecision({ told, expected: {} }))
    expect(await store().handoffsOf(SITE, ['ada'])).toEqual([told[1], told[0]])
  })

  it('brings the timelines of all who are one person, and the words on them', async () => {
    await own([aSpan('laptop', 'ada', 'email:ada@x.com'), aSpan('phone', 'ada', 'email:ada@home.com')])
    const said = aFact('m1', { visitor: null, subject: 'ada', type: 'merge', actor: 'eve' })
    await store().record({ facts: [said], quarantined: [] })
    for (const seed of ['laptop', 'phone', 'ada']) {
      const component = await load([seed])
      expect(component.subjects).toEqual(['ada', 'laptop', 'phone'])
      expect(component.facts).toEqual([said])
    }
  })

  it('brings what came after a fact, in the order of folding', async () => {
    const facts = ['e3', 'e1', 'e2', 'e4'].map(id => aFact(id, { visitor: 'anna', occurredAt: NOW }))
    const other = [aFact('e9', { visitor: 'boris' }), aFact('e5', { visitor: 'anna', occurredAt: NOW - 1 })]
    await store().record({ facts: [...facts, ...other], quarantined: [] })
    const key = { site: SITE, generation: 0, subjects: ['anna'] }
    const news = await store().loadNews(key, { occurredAt: NOW, id: 'e2' })
    expect(news.facts.map(({ id }) => id)).toEqual(['e3', 'e4'])
    expect(news.marks).toMatchObject([{ subject: 'anna', earliest: NOW - 1 }])
    expect((await load(['anna'])).marks).toEqual(news.marks)
  })

  it('tells what was told of leads, though they are no more', async () => {
    await applyOne(
      store(),
      aDecision({ told: [aHandoff('h1', { lead: 'gone' }), aHandoff('h2', { lead: 'else' })] }),
    )
    expect((await store().handoffsOf(SITE, ['gone', 'nobody'])).map(({ id }) => id)).toEqual(['h1'])
  })

  it('follows the spans of the latest decision only', async () => {
    await own([aSpan('phone', 'ada', 'email:ada@x.com'), aSpan('laptop', 'ada', 'email:ada@x.com')])
    await applyOne(
      store(),
      aDecision({ subjects: ['phone'], spans: [aSpan('phone', 'bob', 'email:bob@x.com')] }),
    )
    expect((await load(['laptop'])).subjects).toEqual(['ada', 'laptop'])
  })
}

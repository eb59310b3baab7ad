import { expect, it } from 'vitest'
import { aDecision, aFact, aPerson, applyOne, aSpan, introduction, NOW, SITE } from './samples.ts'
import type { StoreUnderTest } from './store-under-test.ts'

export function dirtyContract({ store, reopen }: StoreUnderTest): void {
  let count = 0
  const visit = (visitor: string, over: Parameters<typeof aFact>[1] = {}) =>
    store().record({ facts: [aFact(`visit-${count++}`, { visitor, ...over })], quarantined: [] })
  const waiting = async () => (await store().dirty(100)).map(mark => mark.subject)
  const clear = async () => applyOne(store(), aDecision({ clears: await store().dirty(100) }))

  it('marks each subject of new facts once, with the earliest of their times', async () => {
    const facts = [
      aFact('e1', { visitor: 'anna', occurredAt: NOW + 2 }),
      aFact('e2', { visitor: 'anna', occurredAt: NOW + 1 }),
      aFact('e3', { visitor: null, occurredAt: NOW + 3 }),
    ]
    await store().record({ facts, quarantined: [] })
    await visit('anna', { occurredAt: NOW + 9 })
    const mark = { site: SITE, generation: 0, priority: 'live', mark: expect.any(Number) }
    expect(await store().dirty(10)).toEqual([
      { ...mark, subject: 'anna', earliest: NOW + 1, liveEarliest: NOW + 1 },
      { ...mark, subject: 'fact:e3', earliest: NOW + 3, liveEarliest: NOW + 3 },
    ])
  })

  it('does not mark for a fact that is known already', async () => {
    const batch = { facts: [aFact('e1')], quarantined: [] }
    await store().record(batch)
    await clear()
    await store().record(batch)
    expect(await waiting()).toEqual([])
  })

  it('gives the longest waiting first, a renewed one at its old place', async () => {
    for (const visitor of ['anna', 'boris', 'clara', 'anna']) await visit(visitor)
    expect(await waiting()).toEqual(['anna', 'boris', 'clara'])
    expect((await store().dirty(2)).map(mark => mark.subject)).toEqual(['anna', 'boris'])
  })

  it('leaves marks until an apply clears them, over a restart too', async () => {
    await visit('anna')
    expect(await waiting()).toEqual(['anna'])
    await reopen()
    expect(await waiting()).toEqual(['anna'])
    await clear()
    expect(await waiting()).toEqual([])
  })

  it('keeps a mark that was renewed between take and apply', async () => {
    await visit('anna')
    await visit('boris')
    const taken = await store().dirty(10)
    await visit('anna', { occurredAt: NOW - 5 })
    await applyOne(store(), aDecision({ clears: taken }))
    expect(await store().dirty(10)).toMatchObject([{ subject: 'anna', earliest: NOW - 5 }])
  })

  it('never gives a mark its number again', async () => {
    await visit('anna')
    const taken = await store().dirty(10)
    await clear()
    await visit('anna')
    await applyOne(store(), aDecision({ clears: taken }))
    expect(await waiting()).toEqual(['anna'])
  })

  it('puts what a server sends of days gone by behind live traffic too', async () => {
    const imported = { origin: 'server' as const, occurredAt: NOW - 2 * 86_400_000, receivedAt: NOW }
    await visit('anna', imported)
    await visit('boris')
    expect(await waiting()).toEqual(['boris', 'anna'])
    await visit('anna')
    await visit('boris', imported)
    expect((await store().dirty(10)).map(({ subject, priority }) => [subject, priority])).toEqual([
      ['boris', 'live'],
      ['anna', 'live'],
    ])
  })

  it('puts who is named before anonymous visitors, and who was named before too', async () => {
    await visit('anna')
    await visit('boris')
    await visit('clara', { type: 'form_submit' })
    await visit('dora', { noted: { user: '42' } })
    expect(await waiting()).toEqual(['clara', 'dora', 'anna', 'boris'])
    await visit('boris', { type: 'identify' })
    expect(await waiting()).toEqual(['clara', 'dora', 'boris', 'anna'])
    const taken = await store().dirty(9)
    const spans = [aSpan('clara', 'ada', 'email:ada@x.com'), aSpan('anna', 'nobody', null)]
    const persons = [aPerson('ada'), aPerson('nobody', { stage: 'anonymous', identifier: null })]
    await applyOne(
      store(),
      aDecision({ persons, expected: {}, subjects: ['clara', 'anna'], spans, clears: taken }),
    )
    for (const visitor of ['anna', 'evan', 'clara']) await visit(visitor)
    expect((await store().dirty(9)).map(({ subject, priority }) => [subject, priority])).toEqual([
      ['clara', 'lead'],
      ['anna', 'live'],
      ['evan', 'live'],
    ])
  })

  it('puts an imported form behind live traffic, and in front when its visitor sends another', async () => {
    const imported = { origin: 'server' as const, occurredAt: NOW - 2 * 86_400_000, receivedAt: NOW }
    await visit('anna', { ...imported, type: 'form_submit' })
    await visit('boris')
    expect(await waiting()).toEqual(['boris', 'anna'])
    await visit('anna', { type: 'form_submit' })
    expect(await waiting()).toEqual(['anna', 'boris'])
  })

  it('tells what came live from what was imported', async () => {
    const imported = { origin: 'server' as const, occurredAt: NOW - 2 * 86_400_000, receivedAt: NOW }
    await visit('anna', imported)
    expect(await store().dirty(9)).toMatchObject([{ earliest: imported.occurredAt, liveEarliest: null }])
    await visit('anna', { occurredAt: NOW - 5 })
    await visit('anna', { occurredAt: NOW })
    expect(await store().dirty(9)).toMatchObject([{ earliest: imported.occurredAt, liveEarliest: NOW - 5 }])
  })

  it('puts one that failed behind the others, until there is news of it', async () => {
    for (const visitor of ['anna', 'boris', 'clara']) await visit(visitor)
    await store().postpone({ site: SITE, subject: 'anna', generation: 0 })
    expect(await waiting()).toEqual(['boris', 'clara', 'anna'])
    await visit('dora')
    expect(await waiting()).toEqual(['boris', 'clara', 'dora', 'anna'])
    await visit('anna')
    expect(await store().dirty(9)).toContainEqual(
      expect.objectContaining({ subject: 'anna', priority: 'live' }),
    )
  })

  it('lists the subjects that have facts, page by page', async () => {
    for (const visitor of ['clara', 'anna', 'boris', 'anna']) await visit(visitor)
    expect(await store().subjects(SITE, '', 2)).toEqual(['anna', 'boris'])
    expect(await store().subjects(SITE, 'boris', 2)).toEqual(['clara'])
  })

  it('gives one subject of each lead whose time has come, the longest due first', async () => {
    const at = (id: string, nextDueAt: number | null) => aPerson(id, { nextDueAt })
    await applyOne(store(), introduction([at('late', NOW + 2), at('soon', NOW + 1), at('never', null)]))
    await applyOne(
      store(),
      aDecision({
        persons: [at('twice', NOW)],
        subjects: ['phone', 'laptop'],
        spans: ['phone', 'laptop'].map(subject => aSpan(subject, 'twice', 'email:twice@example.com')),
      }),
    )
    expect(await store().due(NOW - 1, 10)).toEqual([])
    const [first, ...rest] = await store().due(NOW + 1, 10)
    expect(['phone', 'laptop']).toContain(first?.subject)
    expect(rest).toEqual([{ site: SITE, subject: 'of:soon', generation: 0 }])
    expect(await store().due(NOW + 2, 2)).toHaveLength(2)
  })

  it('no longer gives a lead whose due time was moved or removed', async () => {
    await applyOne(store(), introduction([aPerson('ada', { nextDueAt: NOW })]))
    await applyOne(store(), {
      ...introduction([aPerson('ada', { nextDueAt: NOW + 10 })]),
      expected: { ada: 1 },
    })
    expect(await store().due(NOW + 9, 10)).toEqual([])
    expect(await store().due(NOW + 10, 10)).toHaveLength(1)
  })
}

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Quarantined } from '../../../collector/contracts/facts.ts'
import type { Store } from '../../../collector/storage/store.ts'
import { aFact, anOrder, aQuarantined, NOW, SITE } from './samples.ts'
import type { StoreUnderTest } from './store-under-test.ts'

const DAY_MS = 86_400_000
const word = (as: 'released' | 'discarded') => ({ as, at: NOW + 9, actor: 'mara' })

/** Promise 2 (collector.md) for what failed its check: the event id is the key for as long as the event is kept. */
export function quarantineOnceContract({ store, reopen }: StoreUnderTest): void {
  const aside = (eventId: string | null, over: Partial<Quarantined> = {}) =>
    aQuarantined({ eventId, ...over })
  const keep = async (...quarantined: readonly Quarantined[]) =>
    (await store().record({ facts: [], quarantined })).outcomes
  const bodies = async (site = SITE) => (await store().aside(site, 100)).map(({ body }) => body)
  const idOf = async (nth = 0) => (await store().aside(SITE, 100))[nth]?.id ?? ''

  it('keeps an event that is sent again once, the first as it came', async () => {
    expect(await keep(aside('a'))).toEqual(['accepted'])
    await reopen()
    expect(await keep(aside('a', { receivedAt: NOW + 60_000, message: 'later' }), aside('b'))).toEqual([
      'duplicate',
      'accepted',
    ])
    expect(await store().aside(SITE, 10)).toMatchObject([
      { eventId: 'b' },
      { eventId: 'a', receivedAt: NOW, message: aside('a').message },
    ])
  })

  it('keeps the first of several in one batch, and tells another body from a retry', async () => {
    const outcomes = await keep(aside('a'), aside('a'), aside('a', { body: '{"other":1}' }))
    expect(outcomes).toEqual(['accepted', 'duplicate', 'conflict'])
    expect(await bodies()).toEqual([aside('a').body])
  })

  it('keeps each of what is known by nothing, and takes an id once in each site', async () => {
    expect(await keep(aside(null), aside(null))).toEqual(['accepted', 'accepted'])
    expect(await keep(aside('a'), aside('a', { site: 'other' }))).toEqual(['accepted', 'accepted'])
  })

  it('answers facts first, then what is kept aside', async () => {
    const batch = { facts: [aFact('e1'), aFact('e1')], quarantined: [aside('a'), aside('e1'), aside('a')] }
    const { outcomes } = await store().record(batch)
    expect(outcomes).toEqual(['accepted', 'duplicate', 'accepted', 'conflict', 'duplicate'])
    expect(await store().counts(SITE)).toMatchObject({ facts: 1, quarantined: 1 })
  })

  it.each(['released', 'discarded'] as const)('one that was %s does not come back', async as => {
    await keep(aside('a'))
    await store().settleAside(SITE, await idOf(), word(as))
    await reopen()
    expect(await keep(aside('a'), aside('a', { body: '{"other":1}' }))).toEqual(['duplicate', 'duplicate'])
    expect(await bodies()).toEqual([])
  })

  it('one that was recorded, but not yet settled, stays the one that waits', async () => {
    await keep(aside('a'))
    await store().record({ facts: [aFact('a')], quarantined: [] })
    expect(await keep(aside('a'))).toEqual(['duplicate'])
    expect(await store().counts(SITE)).toMatchObject({ facts: 1, quarantined: 1 })
  })

  it('a sound event whose id is in quarantine is accepted', async () => {
    await keep(aside('a'), aside('b'))
    await store().settleAside(SITE, await idOf(), word('discarded'))
    const batch = { facts: [aFact('a'), aFact('b')], quarantined: [] }
    expect((await store().record(batch)).outcomes).toEqual(['accepted', 'accepted'])
  })

  it('one that was erased does not come back, and one that was swept away is new', async () => {
    const came = { origin: 'browser', subject: 'own', visitor: 'own', session: null, sentAt: NOW } as const
    const theirs = aside('a', { came: { ...came, ip: null, userAgent: null, noted: null } })
    const named = aside('b', { body: '{"who":"ada@example.com"}' })
    await keep(theirs, named, aside('c'))
    const order = anOrder({ wholly: ['own'], texts: ['ada@example.com'] })
    expect(await store().erase(order)).toMatchObject({ quarantined: 2 })
    expect(await keep(theirs, named, aside('c'))).toEqual(['duplicate', 'duplicate', 'duplicate'])
    expect(await bodies()).toEqual([aside('c').body])
    await store().sweepQuarantine(SITE, NOW + DAY_MS, 10)
    expect(await keep(aside('c'))).toEqual(['accepted'])
  })

  it('answers one outcome each, and keeps the set of ids, however they are batched and settled', async () => {
    const id = fc.integer({ min: 0, max: 9 })
    const step = fc.record({ sent: fc.array(id, { maxLength: 8 }), settled: fc.option(id) })
    const sendAll = (site: string, sent: Iterable<number>) =>
      keep(...[...sent].map(nth => aside(`a${nth}`, { site, body: `${nth}` })))
    const sites = new Map<string, Set<number>>()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async steps => {
        const site = `once-${sites.size}`
        const known = new Set<number>()
        sites.set(site, known)
        for (const { sent, settled } of steps) {
          const isNew = sent.map((nth, at) => !known.has(nth) && sent.indexOf(nth) === at)
          expect(await sendAll(site, sent)).toEqual(isNew.map(is => (is ? 'accepted' : 'duplicate')))
          for (const nth of sent) known.add(nth)
          await settleOne(store(), site, settled)
        }
        const waiting = await store().aside(site, 100)
        expect(new Set(waiting.map(({ eventId }) => eventId)).size).toBe(waiting.length)
      }),
      { numRuns: 25 },
    )
    await reopen()
    for (const [site, known] of sites)
      expect(new Set(await sendAll(site, known))).toEqual(new Set(known.size > 0 ? ['duplicate'] : []))
  })
}

async function settleOne(store: Store, site: string, nth: number | null): Promise<void> {
  const found = (await store.aside(site, 100)).find(({ eventId }) => eventId === `a${nth}`)
  if (found) await store.settleAside(site, found.id, word('discarded'))
}

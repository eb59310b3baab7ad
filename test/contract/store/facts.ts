import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { aFact, aQuarantined, NOW, SITE } from './samples.ts'
import type { StoreUnderTest } from './store-under-test.ts'

export function factContract({ store, reopen }: StoreUnderTest): void {
  const record = (...facts: ReturnType<typeof aFact>[]) => store().record({ facts, quarantined: [] })
  const stored = async () =>
    (await store().factsSince(SITE, 0, 1_000)).map(({ seq, person, ...fact }) => fact)

  it('gives back every field of a fact as it was', async () => {
    const full = aFact('e1', { actor: 'ada@sales', origin: 'server', tooLate: true })
    const bare = aFact('e2', { visitor: null, page: null, props: {}, ip: null, userAgent: null })
    expect(await record(full, bare)).toEqual({ outcomes: ['accepted', 'accepted'] })
    await reopen()
    expect(await stored()).toEqual([full, bare])
  })

  it('keeps the first of several facts with one id, and tells a retry from another body', async () => {
    const first = aFact('e1')
    await record(first)
    const retry = aFact('e1', {
      occurredAt: NOW + 5,
      receivedAt: NOW + 60_000,
      ip: '198.51.100.0',
      tooLate: true,
    })
    const reordered = aFact('e1', {
      page: {
        title: first.page?.title ?? '',
        referrer: first.page?.referrer ?? '',
        url: first.page?.url ?? '',
      },
    })
    const other = aFact('e1', { props: { depth: 'another' } })
    expect((await record(retry, reordered, other)).outcomes).toEqual(['duplicate', 'duplicate', 'conflict'])
    expect(await stored()).toEqual([first])
  })

  it.each([
    ['type', { type: 'download' }],
    ['visitor', { visitor: 'visitor-2' }],
    ['session', { session: null }],
    ['page', { page: null }],
    ['actor', { actor: 'someone' }],
  ])('calls another %s under a known id a conflict', async (_, over) => {
    await record(aFact('e1'))
    expect((await record(aFact('e1', over))).outcomes).toEqual(['conflict'])
  })

  it('accepts the first of two equal facts in one batch', async () => {
    expect((await record(aFact('e1'), aFact('e2'), aFact('e1'))).outcomes).toEqual([
      'accepted',
      'accepted',
      'duplicate',
    ])
    expect(await stored()).toHaveLength(2)
  })

  it('names the types of a site, each once, the first in order when there are more', async () => {
    await record(
      aFact('e1', { type: 'b' }),
      aFact('e2', { type: 'a' }),
      aFact('e3', { type: 'b', visitor: 'visitor-2' }),
      aFact('e4', { type: 'Ж' }),
      aFact('e5', { type: 'other', site: 'there' }),
    )
    expect(await store().eventNames(SITE, 9)).toEqual(['a', 'b', 'Ж'])
    expect(await store().eventNames(SITE, 2)).toEqual(['a', 'b'])
    expect(await store().eventNames('nowhere', 9)).toEqual([])
  })

  it('takes an id once in each site', async () => {
    const outcomes = (await record(aFact('e1'), aFact('e1', { site: 'other' }))).outcomes
    expect(outcomes).toEqual(['accepted', 'accepted'])
  })

  it('answers one outcome per fact, and stores the set of ids, however they are batched', async () => {
    const ids = fc.array(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 8 }), { maxLength: 6 })
    let run = 0
    await fc.assert(
      fc.asyncProperty(ids, async batches => {
        const site = `site-${run++}`
        const known = new Set<number>()
        for (const batch of batches) {
          const facts = batch.map(id => aFact(`e${id}`, { site }))
          const { outcomes } = await store().record({ facts, quarantined: [] })
          for (const [index, id] of batch.entries()) {
            expect(outcomes[index]).toBe(known.has(id) ? 'duplicate' : 'accepted')
            known.add(id)
          }
        }
        expect((await store().counts(site)).facts).toBe(known.size)
      }),
      { numRuns: 25 },
    )
  })

  it('commits a batch whole or not at all', async () => {
    const unwritable = aFact('e2', { props: { n: 1n } })
    const batch = { facts: [aFact('e1'), unwritable, aFact('e3')], quarantined: [aQuarantined()] }
    await expect(store().record(batch)).rejects.toThrow(/BigInt/)
    expect(await store().counts(SITE)).toEqual({ facts: 0, persons: 0, quarantined: 0, dirty: 0 })
    expect((await record(aFact('e1'))).outcomes).toEqual(['accepted'])
  })

  it('keeps quarantined events aside, each one, apart from facts', async () => {
    const quarantined = [aQuarantined(), aQuarantined(), aQuarantined({ site: 'other' })]
    const outcomes = ['accepted', 'accepted', 'accepted']
    expect(await store().record({ facts: [], quarantined })).toEqual({ outcomes })
    expect(await store().counts(SITE)).toEqual({ facts: 0, persons: 0, quarantined: 2, dirty: 0 })
  })

  it('gives half a character of what was said back as U+FFFD, wherever it stands, and nothing else of what looks like one', async () => {
    const text = String.raw`a "\ud83d" \\ud83d 😀`
    const said = (half: string) => ({
      page: { url: `https://www.example.com/${half}`, title: `${half}${half}` },
      props: { [`k${half}`]: [`v${half}`, text, `\\${half}`] },
      noted: { user: half },
    })
    await record(aFact('e1', said('\ud83d')), aFact('e2', said('\udc00')))
    expect(await stored()).toEqual([aFact('e1', said('\ufffd')), aFact('e2', said('\ufffd'))])
  })

  it('takes text for text: quotes, NUL, any script', async () => {
    const hostile = `'); DROP TABLE events; -- "\\ \u0000 \u{1F9C8} עברית`
    const fact = aFact('e1', { visitor: hostile, type: hostile, props: { [hostile]: hostile } })
    await record(fact)
    expect(await stored()).toEqual([fact])
  })
}

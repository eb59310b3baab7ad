import { expect, it } from 'vitest'
import type { Fact } from '../../../collector/contracts/facts.ts'
import type { ErasureOrder } from '../../../collector/storage/erasure-store.ts'
import type { Judged } from '../../../collector/storage/store.ts'
import {
  aDecision,
  aFact,
  aHandoff,
  aModelVersion,
  anOrder,
  aPerson,
  applyOne,
  aQuarantined,
  aSpan,
  aTransition,
  factQuery,
  NOW,
  SITE,
} from './samples.ts'
import type { StoreUnderTest } from './store-under-test.ts'

const ADA = 'email:ada@example.com'
const BOB = 'email:bob@example.com'
const says = (email: string): Partial<Fact> => ({
  type: 'form_submit',
  props: { form: {}, fields: [{ name: 'email', value: email }] },
})

/** Taking people out, and what refuses that they come back (collector/storage/erasure-store.ts). */
export function erasureContract({ store, reopen }: StoreUnderTest): void {
  /** Ada and Bob at one browser, Ada on one of her own, Bob having told sales about Ada's address. */
  const fill = async (site = SITE) => {
    const facts = [
      aFact('past', { site }),
      aFact('ada-1', { site, occurredAt: NOW + 1, ...says('Ada@Example.com') }),
      aFact('bob-1', { site, occurredAt: NOW + 2, ...says('bob@example.com') }),
      aFact('ada-2', { site, visitor: 'own', occurredAt: NOW + 3, ...says('ada@example.com') }),
      aFact('tip', { site, visitor: 'tip', ...says('eve@example.com or ADA@example.com') }),
    ]
    const quarantined = [
      aQuarantined({ site, body: '{"props":{"email":"ADA@example.com"}}' }),
      aQuarantined({ site }),
    ]
    await store().record({ facts, quarantined })
    await applyOne(
      store(),
      aDecision({
        site,
        persons: [aPerson('ada', { site, subjects: ['visitor-1', 'own'] }), aPerson('bob', { site })],
        subjects: ['visitor-1', 'own'],
        spans: [
          aSpan('visitor-1', 'ada', ADA),
          { ...aSpan('visitor-1', 'bob', BOB), startsAt: NOW + 2, startsId: 'bob-1' },
          aSpan('own', 'ada', ADA),
        ],
        told: [aHandoff('h-ada', { site, lead: 'ada' }), aHandoff('h-bob', { site, lead: 'bob' })],
        changes: ['ada', 'bob'].map(person => ({ kind: 'transition', person, transition: aTransition() })),
        clears: await store().dirty(10),
      }),
    )
  }
  const ofAda = (over: Partial<ErasureOrder> = {}): ErasureOrder =>
    anOrder({
      erasedAt: NOW + 10,
      facts: ['past', 'ada-1', 'ada-2'],
      known: ['past', 'ada-1', 'bob-1', 'ada-2'],
      subjects: ['visitor-1', 'own'],
      wholly: ['own'],
      persons: ['ada'],
      identifiers: [ADA],
      texts: ['ada@example.com'],
      mentions: ['tip'],
      tombstones: ['hash-of-ada'],
      ...over,
    })
  const idsIn = async (site = SITE) =>
    (await store().factsSince(site, 0, 10)).map(({ id, person }) => [id, person?.id])

  it('takes out a person and leaves the others what is theirs', async () => {
    await fill()
    expect(await store().erase(ofAda())).toEqual({
      ...{ events: 3, persons: 1, handoffs: 1, changes: 1, quarantined: 1, blotted: 1 },
    })
    await reopen()
    expect(await idsIn()).toEqual([
      ['bob-1', 'bob'],
      ['tip', undefined],
    ])
    expect(await store().person(SITE, 'ada')).toBeNull()
    expect(await store().person(SITE, 'bob')).not.toBeNull()
    expect(await store().handoffs(SITE, 'ada')).toEqual([])
    expect(await store().handoffs(SITE, 'bob')).toHaveLength(1)
    const changes = await store().changesSince(SITE, 0, 10)
    expect(changes.map(({ change }) => change.person)).toEqual(['bob'])
    const { identifiers } = await store().loadComponent(SITE, {
      subjects: ['visitor-1', 'own'],
      identifiers: [],
    })
    expect(identifiers).toEqual([BOB])
    const { items } = await store().facts(factQuery({ visitor: 'tip' }))
    expect(JSON.stringify(items)).toContain('eve@example.com or [erased]')
  })

  it('has what is left computed anew from its beginning, and nothing else', async () => {
    await fill()
    await store().erase(ofAda())
    const dirty = (await store().dirty(10)).map(({ subject, earliest }) => [subject, earliest])
    expect(dirty.sort()).toEqual([
      ['tip', 0],
      ['visitor-1', 0],
    ])
  })

  it('has a decision that is under way made again, in every generation', async () => {
    await fill()
    await store().record({ facts: [aFact('late', { visitor: 'own' })], quarantined: [] })
    const [mark] = (await store().dirty(10)).filter(({ subject }) => subject === 'own')
    await store().publishModel(SITE, aModelVersion(1))
    await store().erase(
      ofAda({
        facts: ['past', 'ada-1', 'ada-2', 'late'],
        known: ['past', 'ada-1', 'bob-1', 'ada-2', 'late'],
      }),
    )
    const again = (await store().dirty(10)).filter(({ subject }) => subject === 'own')
    expect(again.map(({ generation }) => generation).sort()).toEqual([0, 1])
    expect(again.every(({ mark: renewed }) => renewed !== mark?.mark)).toBe(true)
  })

  it('takes nothing out when there is more on the timelines than is known', async () => {
    await fill()
    await store().record({ facts: [aFact('news', { visitor: 'own' })], quarantined: [] })
    expect(await store().erase(ofAda())).toBe('conflict')
    expect(await idsIn()).toHaveLength(6)
    expect(await store().tombstones(0)).toEqual([])
  })

  it('knows the events it took out, whoever sends them again', async () => {
    await fill()
    await store().erase(ofAda())
    const again = [aFact('ada-2', { visitor: 'own' }), aFact('new', { visitor: 'own' })]
    expect((await store().record({ facts: again, quarantined: [] })).outcomes).toEqual([
      'duplicate',
      'accepted',
    ])
    expect(await store().refusedAsErased(SITE)).toBe(0)
  })

  it('keeps of what is refused the id alone, and counts it', async () => {
    await store().erase(anOrder({ tombstones: ['hash-of-ada'] }))
    const [{ seq = 0 } = {}] = await store().tombstones(0)
    const facts = [aFact('old', says('ada@example.com')), aFact('other')]
    const judged: Judged = { erased: new Set(facts.slice(0, 1)), upTo: seq }
    const batch = { facts, quarantined: [] }
    expect(await store().recordUnlessErased(batch, judged)).toEqual({ outcomes: ['erased', 'accepted'] })
    expect(await store().recordUnlessErased(batch, judged)).toEqual({ outcomes: ['duplicate', 'duplicate'] })
    expect((await idsIn()).map(([id]) => id)).toEqual(['other'])
    expect((await store().dirty(10)).map(({ subject }) => subject)).toEqual(['visitor-1'])
    expect(await store().refusedAsErased(SITE)).toBe(1)
  })

  it('writes nothing that was judged by fewer tombstones than there are', async () => {
    const judged: Judged = { erased: new Set(), upTo: 0 }
    const batch = { facts: [aFact('one')], quarantined: [aQuarantined()] }
    expect(await store().recordUnlessErased(batch, judged)).toEqual({ outcomes: ['accepted', 'accepted'] })
    await store().erase(anOrder({ tombstones: ['hash'] }))
    expect(await store().recordUnlessErased({ ...batch, facts: [aFact('two')] }, judged)).toBe('stale')
    expect(await store().counts(SITE)).toMatchObject({ facts: 1, quarantined: 1 })
  })

  it('keeps tombstones, the latest erasure of each, in the order in which they were left', async () => {
    await store().erase(anOrder({ erasedAt: NOW + 5, tombstones: ['one', 'two'] }))
    const before = await store().tombstones(0)
    expect(before.map(({ hash, erasedAt }) => [hash, erasedAt])).toEqual([
      ['one', NOW + 5],
      ['two', NOW + 5],
    ])
    await store().erase(anOrder({ erasedAt: NOW, tombstones: ['one'] }))
    await reopen()
    const after = await store().tombstones(before.at(-1)?.seq ?? 0)
    expect(after.map(({ site, hash, erasedAt }) => [site, hash, erasedAt])).toEqual([[SITE, 'one', NOW + 5]])
    expect((await store().tombstones(0)).map(({ hash }) => hash)).toEqual(['two', 'one'])
  })

  it('finds who says a text, in any case, where people say things', async () => {
    await fill()
    await store().record({ facts: [aFact('view', { props: { note: 'ada@example.com' } })], quarantined: [] })
    const naming = await store().factsNaming(SITE, ['ada@example.com'])
    expect(naming.map(({ id }) => id).sort()).toEqual(['ada-1', 'ada-2', 'tip'])
    expect(await store().factsNaming('elsewhere', ['ada@example.com'])).toEqual([])
  })

  it('touches nobody of another site', async () => {
    await fill()
    await fill('elsewhere')
    const before = await idsIn('elsewhere')
    await store().erase(ofAda())
    expect(await idsIn('elsewhere')).toEqual(before)
    expect(await store().counts('elsewhere')).toMatchObject({ facts: 5, persons: 2, quarantined: 2 })
    expect(await store().handoffs('elsewhere', 'ada')).toHaveLength(1)
    expect(await store().changesSince('elsewhere', 0, 10)).toHaveLength(2)
    const again = await store().record({ facts: [aFact('ada-1', { site: 'third' })], quarantined: [] })
    expect(again.outcomes).toEqual(['accepted'])
  })
}

import { expect, it } from 'vitest'
import type { Change, Decision } from '../../../collector/storage/store.ts'
import {
  aDecision,
  aFact,
  aHandoff,
  aPerson,
  applyOne,
  aSpan,
  aTransition,
  introduction,
  NOW,
  SITE,
} from './samples.ts'
import type { StoreUnderTest } from './store-under-test.ts'

export function applyContract({ store, reopen }: StoreUnderTest): void {
  const ada = aPerson('ada', { subjects: ['laptop'] })
  const told: Change = { kind: 'handoff', person: 'ada', handoff: aHandoff('h1') }
  const moved: Change = { kind: 'transition', person: 'ada', transition: aTransition() }
  const first = (): Decision =>
    aDecision({
      persons: [ada],
      expected: { ada: 0 },
      subjects: ['laptop'],
      spans: [aSpan('laptop', 'ada', ada.identifier)],
      told: [aHandoff('h1')],
      changes: [moved, told],
    })
  /** Everything of the store that a decision can change. */
  const everything = async () => ({
    persons: await Promise.all((await store().personIds(SITE, '', 100)).map(id => store().person(SITE, id))),
    handoffs: await store().handoffs(SITE, 'ada'),
    changes: await store().changesSince(SITE, 0, 100),
    owners: (await store().factsSince(SITE, 0, 100)).map(fact => fact.person),
    dirty: await store().dirty(100),
  })

  it('writes persons, spans, hand-offs and changes together, for good', async () => {
    await store().record({ facts: [aFact('e1', { visitor: 'laptop' })], quarantined: [] })
    expect(await applyOne(store(), { ...first(), clears: await store().dirty(10) })).toBe('applied')
    await reopen()
    expect(await everything()).toEqual({
      persons: [{ state: ada, version: 1 }],
      handoffs: [aHandoff('h1')],
      changes: [
        { seq: expect.any(Number), change: moved },
        { seq: expect.any(Number), change: told },
      ],
      owners: [{ id: 'ada', identified: true }],
      dirty: [],
    })
  })

  it('counts the applies of a person', async () => {
    await applyOne(store(), introduction([ada]))
    const older = { ...ada, lastSeenAt: NOW + 5 }
    await applyOne(store(), { ...introduction([older]), expected: { ada: 1 } })
    expect(await store().person(SITE, 'ada')).toEqual({ state: older, version: 2 })
  })

  it.each<[string, Partial<Decision>]>([
    ['a person changed meanwhile', { persons: [ada], expected: { ada: 1 } }],
    ['a new person that exists by now', { persons: [ada], expected: { ada: 0 } }],
    ['a person of whom nothing was expected', { persons: [ada], expected: {} }],
    ['a known person that is gone by now', { persons: [aPerson('bob')], expected: { bob: 1, ada: 2 } }],
    ['a removed person changed meanwhile', { removed: ['ada'], expected: { ada: 1 } }],
    ['a removed person of whom nothing was expected', { removed: ['ada'] }],
    ['a person that is only looked at', { persons: [aPerson('bob')], expected: { bob: 0, ada: 1 } }],
  ])('writes nothing when the versions differ: %s', async (_, over) => {
    await applyOne(store(), first())
    await applyOne(store(), { ...introduction([ada]), expected: { ada: 1 } })
    await store().record({ facts: [aFact('e1', { visitor: 'laptop' })], quarantined: [] })
    const before = await everything()
    const decision = aDecision({
      subjects: ['laptop'],
      spans: [aSpan('laptop', 'bob', null)],
      told: [aHandoff('h2')],
      withdrawn: ['h1'],
      changes: [moved],
      clears: before.dirty,
      ...over,
    })
    expect(await applyOne(store(), decision)).toBe('conflict')
    expect(await everything()).toEqual(before)
  })

  it('writes nothing when it fails on the way: a hand-off is told once', async () => {
    await applyOne(store(), first())
    await store().record({ facts: [aFact('e1', { visitor: 'laptop' })], quarantined: [] })
    const before = await everything()
    const again = { ...first(), expected: { ada: 1 }, clears: before.dirty, withdrawn: ['h1'] }
    await expect(applyOne(store(), again)).rejects.toThrow()
    expect(await everything()).toEqual(before)
  })

  it('removes persons that are no more, but never what sales was told of them', async () => {
    await applyOne(store(), first())
    await applyOne(store(), aDecision({ removed: ['ada'], expected: { ada: 1 } }))
    expect(await store().person(SITE, 'ada')).toBeNull()
    expect(await store().handoffs(SITE, 'ada')).toEqual([aHandoff('h1')])
    expect(await store().changesSince(SITE, 0, 10)).toHaveLength(2)
  })

  it('replaces the spans of the subjects given, and of no others', async () => {
    await store().record({
      facts: [aFact('e1', { visitor: 'laptop' }), aFact('e2', { visitor: 'phone' })],
      quarantined: [],
    })
    const bob = aPerson('bob', { identifier: null })
    await applyOne(store(), {
      ...introduction([ada, bob]),
      subjects: ['laptop', 'phone'],
      spans: [aSpan('laptop', 'ada', ada.identifier), aSpan('phone', 'bob', null)],
    })
    await applyOne(store(), aDecision({ subjects: ['laptop'], spans: [aSpan('laptop', 'bob', null)] }))
    const owners = (await store().factsSince(SITE, 0, 10)).map(fact => fact.person)
    expect(owners).toEqual([
      { id: 'bob', identified: false },
      { id: 'bob', identified: false },
    ])
    await applyOne(store(), aDecision({ subjects: ['laptop'] }))
    expect((await store().factsSince(SITE, 0, 1))[0]?.person).toBeNull()
  })

  it('withdraws a hand-off by its mark alone', async () => {
    await applyOne(store(), first())
    await applyOne(store(), aDecision({ withdrawn: ['h1'] }))
    expect(await store().handoffs(SITE, 'ada')).toEqual([aHandoff('h1', { status: 'withdrawn' })])
  })

  it('keeps a person with another number of transitions than before', async () => {
    const transitions = [aTransition(), aTransition({ from: 'lead', to: 'mql', at: NOW + 1 })]
    await applyOne(store(), introduction([{ ...ada, transitions }]))
    await applyOne(store(), { ...introduction([{ ...ada, transitions: [] }]), expected: { ada: 1 } })
    expect((await store().person(SITE, 'ada'))?.state.transitions).toEqual([])
  })

  it('tells how what is stored differs from what is derived: persons, moves, spans, and who is missing', async () => {
    const wanted = { ...introduction([{ ...ada, transitions: [aTransition()] }]), site: SITE }
    expect(await store().drift(wanted)).toEqual([
      { person: 'ada', parts: ['missing'] },
      { person: 'ada', parts: ['spans'] },
    ])
    await applyOne(store(), wanted)
    expect(await store().drift(wanted)).toEqual([])
    const [person] = wanted.persons
    if (!person) throw new Error('nobody was introduced')
    const parts = async (over: Partial<typeof person>) =>
      (await store().drift({ ...wanted, persons: [{ ...person, ...over }] })).flatMap(
        difference => difference.parts,
      )
    expect(await parts({ nextDueAt: 5 })).toEqual(['next_due_at', 'nextDueAt'])
    expect(await parts({ needs: ['x'] })).toEqual(['needs'])
    expect(await parts({ transitions: [] })).toEqual(['transitions'])
    expect(await store().drift({ ...wanted, spans: [] })).toEqual([{ person: 'ada', parts: ['spans'] }])
  })
}

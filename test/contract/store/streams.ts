import { expect, it } from 'vitest'
import type { Change } from '../../../collector/storage/store.ts'
import {
  aDecision,
  aFact,
  aPerson,
  applyOne,
  aQuarantined,
  aTransition,
  introduction,
  NOW,
  SITE,
} from './samples.ts'
import type { StoreUnderTest } from './store-under-test.ts'

export function streamContract({ store, reopen }: StoreUnderTest): void {
  const changeOf = (person: string): Change => ({ kind: 'transition', person, transition: aTransition() })

  it('gives facts in commit order and goes on after a seq, over a restart too', async () => {
    for (const id of ['c', 'a', 'b']) {
      await store().record({ facts: [aFact(id, { occurredAt: NOW - id.charCodeAt(0) })], quarantined: [] })
    }
    const facts = await store().factsSince(SITE, 0, 2)
    expect(facts.map(fact => fact.id)).toEqual(['c', 'a'])
    await reopen()
    await store().record({ facts: [aFact('d'), aFact('a')], quarantined: [] })
    const rest = await store().factsSince(SITE, facts[1]?.seq ?? 0, 10)
    expect(rest.map(fact => fact.id)).toEqual(['b', 'd'])
    expect((await store().head(SITE)).fact).toBe(rest[1]?.seq)
  })

  it('gives changes in commit order and goes on after a seq', async () => {
    await applyOne(store(), aDecision({ changes: [changeOf('ada'), changeOf('bob')] }))
    await applyOne(store(), aDecision({ changes: [changeOf('cyd')] }))
    const [first, ...rest] = await store().changesSince(SITE, 0, 10)
    expect(first?.change).toEqual(changeOf('ada'))
    expect(await store().changesSince(SITE, first?.seq ?? 0, 1)).toEqual([rest[0]])
    expect((await store().head(SITE)).change).toBe(rest[1]?.seq)
    expect(await store().changesSince(SITE, rest[1]?.seq ?? 0, 10)).toEqual([])
  })

  it('starts at zero', async () => {
    expect(await store().head(SITE)).toEqual({ fact: 0, change: 0 })
  })

  it('counts what is there', async () => {
    await store().record({
      facts: [aFact('a'), aFact('b'), aFact('c', { visitor: 'boris' })],
      quarantined: [aQuarantined()],
    })
    await applyOne(store(), introduction([aPerson('ada'), aPerson('bob'), aPerson('cyd')]))
    expect(await store().counts(SITE)).toEqual({ facts: 3, persons: 3, quarantined: 1, dirty: 2 })
  })
}

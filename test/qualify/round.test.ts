import { afterEach, expect, it } from 'vitest'
import { createFolds } from '../../collector/qualify/folds.ts'
import { qualifyRound } from '../../collector/qualify/round.ts'
import { createSignals } from '../../collector/signals.ts'
import { openStore } from '../../collector/storage/open.ts'
import type { Store } from '../../collector/storage/store.ts'
import { form, NOON, pageView } from '../support/facts.ts'
import { ANNA, idOf, leadId } from '../support/history.ts'
import { EXAMPLE, published } from '../support/model.ts'

const stores: Store[] = []
afterEach(async () => {
  await Promise.all(stores.splice(0).map(store => store.close()))
})

it('many browsers that name one person at once are decided on together, not once for each', async () => {
  const store = await openStore('sqlite::memory:')
  stores.push(store)
  await store.publishModel('site', published(EXAMPLE))
  const names = (count: number, email: string) =>
    Array.from({ length: count }, (_, n) =>
      form(NOON + n, 'demo', { email }, { visitor: `v${n}-${email}`, subject: `v${n}-${email}` }),
    )
  const boris = 'boris@acme.example'
  await store.record({ facts: [...names(40, ANNA), ...names(3, boris)], quarantined: [] })
  let loaded = 0
  const counting: Store = {
    ...store,
    loadComponent: async (...given) => {
      const component = await store.loadComponent(...given)
      loaded += component.facts.length
      return component
    },
  }
  const onError = (error: unknown) => {
    throw error
  }
  const deps = { store: counting, clock: () => NOON + 1_000, signals: createSignals(), folds: createFolds() }
  const round = { ...deps, versionsOf: store.modelVersions, idsOf: async () => idOf, onError }
  await qualifyRound(round, { only: null, until: Number.POSITIVE_INFINITY })

  expect(await store.dirty(100)).toEqual([])
  expect((await store.person('site', leadId(ANNA)))?.state.visitors).toHaveLength(40)
  expect((await store.person('site', leadId(boris)))?.state.visitors).toHaveLength(3)
  // each timeline by itself, and each person a few times: not forty times forty
  expect(loaded).toBeLessThan(43 + 5 * 43)
})

it('keeps what was folded of those who come again, not of everybody who came once', async () => {
  const store = await openStore('sqlite::memory:')
  stores.push(store)
  await store.publishModel('site', published(EXAMPLE))
  const asked: string[] = []
  const watched: Store = {
    ...store,
    loadComponent: async (...given) => {
      asked.push('whole')
      return store.loadComponent(...given)
    },
    loadNews: async (...given) => {
      asked.push('news')
      return store.loadNews(...given)
    },
  }
  const deps = { store: watched, clock: () => NOON + 1_000, signals: createSignals(), folds: createFolds() }
  const onError = (error: unknown) => {
    throw error
  }
  const round = { ...deps, versionsOf: store.modelVersions, idsOf: async () => idOf, onError }
  for (const [n, expected] of [['whole'], ['whole'], ['news'], ['news']].entries()) {
    asked.length = 0
    await store.record({ facts: [pageView(NOON + n * 100, '/pricing')], quarantined: [] })
    await qualifyRound(round, { only: null, until: Number.POSITIVE_INFINITY })
    expect(asked).toEqual(expected)
  }
})

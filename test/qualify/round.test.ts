import { afterEach, describe, expect, it } from 'vitest'
import { createFolds } from '../../collector/qualify/folds.ts'
import { qualifyRound } from '../../collector/qualify/round.ts'
import { createSignals } from '../../collector/signals.ts'
import { openStore } from '../../collector/storage/open.ts'
import { openConnection } from '../../collector/storage/sqlite/connection.ts'
import { migrate } from '../../collector/storage/sqlite/migrate.ts'
import { sqliteStore } from '../../collector/storage/sqlite/store.ts'
import { type Store, StoreError, type SubjectRef } from '../../collector/storage/store.ts'
import { form, identify, NOON, pageView } from '../support/facts.ts'
import { ANNA, idOf, leadId } from '../support/history.ts'
import { EXAMPLE, published } from '../support/model.ts'

const stores: Store[] = []
afterEach(async () => {
  await Promise.all(stores.splice(0).map(store => store.close()))
})

/** One round over what is dirty. @returns how many facts it loaded */
async function factsLoadedIn(store: Store): Promise<number> {
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
  return loaded
}

async function openTown(): Promise<Store> {
  const store = await openStore('sqlite::memory:')
  stores.push(store)
  await store.publishModel('site', published(EXAMPLE))
  return store
}

it('who asks for a demo is decided on before anonymous visitors, however many wait', async () => {
  const store = await openTown()
  const anonymous = Array.from({ length: 200 }, (_, n) =>
    pageView(NOON + n, '/pricing', { visitor: `v${n}`, subject: `v${n}` }),
  )
  await store.record({ facts: anonymous, quarantined: [] })
  await store.record({ facts: [form(NOON + 500, 'demo', { email: ANNA })], quarantined: [] })
  await factsLoadedIn(store)
  expect(await store.dirty(300)).toHaveLength(201 - 64)
  expect((await store.person('site', leadId(ANNA)))?.state.stage).not.toBe('anonymous')
})

it('many browsers that name one person at once are decided on together, not once for each', async () => {
  const store = await openTown()
  const names = (count: number, email: string) =>
    Array.from({ length: count }, (_, n) =>
      form(NOON + n, 'demo', { email }, { visitor: `v${n}-${email}`, subject: `v${n}-${email}` }),
    )
  const boris = 'boris@acme.example'
  await store.record({ facts: [...names(40, ANNA), ...names(3, boris)], quarantined: [] })
  const loaded = await factsLoadedIn(store)

  expect(await store.dirty(100)).toEqual([])
  expect((await store.person('site', leadId(ANNA)))?.state.visitors).toHaveLength(40)
  expect((await store.person('site', leadId(boris)))?.state.visitors).toHaveLength(3)
  // each timeline by itself, and each person a few times: not forty times forty
  expect(loaded).toBeLessThan(43 + 5 * 43)
})

it('so are browsers that the customer says are one user, by whatever addresses', async () => {
  const store = await openTown()
  const known = (from: number, count: number) =>
    Array.from({ length: count }, (_, n) => {
      const [at, email] = [NOON + 10 * (from + n), `anna.${from + n}@acme.example`]
      const who = { visitor: `v${from + n}`, subject: `v${from + n}` }
      const by = { ...who, origin: 'server', noted: { user: '42' } } as const
      return [identify(at, email, {}, by), pageView(at + 1, '/pricing', by)]
    }).flat()
  await store.record({ facts: known(0, 40), quarantined: [] })
  while ((await store.dirty(1)).length > 0) await factsLoadedIn(store)
  await store.record({ facts: known(40, 20), quarantined: [] })
  const loaded = await factsLoadedIn(store)

  expect(await store.dirty(100)).toEqual([])
  expect((await store.person('site', leadId('anna.0@acme.example')))?.state.visitors).toHaveLength(60)
  // each newcomer by itself, and all of them twice or three times: not twenty times sixty
  expect(loaded).toBeLessThan(2 * 20 + 5 * 2 * 60)
})

it('keeps what was folded of those who come again, not of everybody who came once', async () => {
  const store = await openTown()
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

describe('leads that are due', () => {
  const DUE_AT = NOON + 2_000
  /** Leads of whom each is due, as if their MQL were to cool. */
  async function dueTown(count: number) {
    const db = openConnection(':memory:')
    migrate(db)
    const store = sqliteStore(db)
    stores.push(store)
    await store.publishModel('site', published(EXAMPLE))
    const facts = Array.from({ length: count }, (_, n) =>
      form(NOON + n, 'demo', { email: `p${n}@acme.example` }, { visitor: `v${n}`, subject: `v${n}` }),
    )
    await store.record({ facts, quarantined: [] })
    const failures: (SubjectRef | null)[] = []
    const round = async (over: Partial<Store> = {}, now = NOON + 1_000) => {
      const deps = { clock: () => now, signals: createSignals(), folds: createFolds(0) }
      const ofRound = { ...store, ...over }
      const onError = (_: unknown, ref: SubjectRef | null) => failures.push(ref)
      const given = {
        ...deps,
        store: ofRound,
        versionsOf: store.modelVersions,
        idsOf: async () => idOf,
        onError,
      }
      return qualifyRound(given, { only: null, until: Number.POSITIVE_INFINITY })
    }
    while ((await store.dirty(1)).length > 0) await round()
    db.exec(`UPDATE persons SET next_due_at = ${DUE_AT}`)
    return { db, store, round, failures }
  }

  it('and cannot be read hold up no other', async () => {
    const { db, store, round, failures } = await dueTown(17)
    const broken = (await store.due(DUE_AT, 16)).map(({ subject }) => `'${subject}'`)
    db.exec(`UPDATE events SET props = '{' WHERE subject IN (${broken.join(', ')})`)
    await round({}, DUE_AT)
    await round({}, DUE_AT)
    expect(await store.due(DUE_AT, 100)).toEqual([])
    expect(new Set(failures.map(ref => ref?.subject)).size).toBe(16)
    // and they are tried again
    expect(await store.dirty(100)).toHaveLength(16)
  })

  it('and cannot be written are told of, and are decided on when they can be', async () => {
    const { store, round, failures } = await dueTown(1)
    const apply = () => Promise.reject(new StoreError('full', 'no space'))
    await round({ apply }, DUE_AT)
    expect(failures).toMatchObject([{ subject: 'v0' }])
    await round({}, DUE_AT)
    expect(await store.dirty(1)).toEqual([])
    expect(await store.due(DUE_AT, 1)).toEqual([])
  })
})

it('nobody is decided on from `until` on, together or alone', async () => {
  const store = await openTown()
  const facts = Array.from({ length: 5 }, (_, n) =>
    form(NOON + n, 'demo', { email: ANNA }, { visitor: `v${n}`, subject: `v${n}` }),
  )
  await store.record({ facts, quarantined: [] })
  let now = NOON + 1_000
  const until = now + 5
  const loadedAt: number[] = []
  const watched: Store = {
    ...store,
    loadComponent: async (...given) => {
      loadedAt.push(now)
      return store.loadComponent(...given)
    },
  }
  const turn = async () => {
    now += 1
  }
  const deps = { store: watched, clock: () => now, turn, signals: createSignals(), folds: createFolds() }
  const onError = (error: unknown) => {
    throw error
  }
  const round = { ...deps, versionsOf: store.modelVersions, idsOf: async () => idOf, onError }
  await qualifyRound(round, { only: null, until })
  expect(loadedAt.length).toBeGreaterThan(0)
  expect(Math.max(...loadedAt)).toBeLessThan(until)
})

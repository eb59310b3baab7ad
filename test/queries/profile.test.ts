import { afterEach, expect, it } from 'vitest'
import type { Fact } from '../../collector/contracts/facts.ts'
import { createFolds } from '../../collector/qualify/folds.ts'
import { qualifyRound } from '../../collector/qualify/round.ts'
import { unknownFields } from '../../collector/queries/profile.ts'
import { createSignals } from '../../collector/signals.ts'
import { openStore } from '../../collector/storage/open.ts'
import type { Store } from '../../collector/storage/store.ts'
import { CHROME_USER_AGENT } from '../support/chromium.ts'
import { form, identify, NOON, pageView } from '../support/facts.ts'
import { ANNA, idOf } from '../support/history.ts'
import { EXAMPLE, published } from '../support/model.ts'
import { clicked } from '../support/proofs.ts'

const stores: Store[] = []
afterEach(async () => {
  await Promise.all(stores.splice(0).map(store => store.close()))
})

const on = (visitor: string) => ({ visitor, subject: visitor })
/** What is known of Anna by a CRM and another browser of hers. */
const KNOWN: readonly Fact[] = [
  identify(
    NOON,
    ANNA,
    { company: 'Acme', companySize: '120' },
    { visitor: null, subject: 'fact:crm', origin: 'server' },
  ),
  form(NOON + 1, 'newsletter', { email: ANNA, industry: 'IT' }, on('another-browser')),
]

async function unknownAfter(...facts: readonly Fact[]): Promise<readonly string[]> {
  const store = await openStore('sqlite::memory:')
  stores.push(store)
  await store.publishModel('site', published(EXAMPLE))
  await store.record({ facts: [...KNOWN, ...facts], quarantined: [] })
  const deps = { store, clock: () => NOON + 1_000, signals: createSignals(), folds: createFolds() }
  const onError = (error: unknown) => {
    throw error
  }
  const round = { ...deps, versionsOf: store.modelVersions, idsOf: async () => idOf, onError }
  while ((await qualifyRound(round, { only: null, until: Number.POSITIVE_INFINITY })).done > 0);
  return unknownFields(store, {
    site: 'site',
    visitor: 'this-browser',
    fields: ['company', 'companySize', 'industry'],
    userAgent: CHROME_USER_AGENT,
  })
}

const here = on('this-browser')
const view = pageView(NOON + 2, '/', here)
const ALL = ['company', 'companySize', 'industry']

it('of a browser that was proven to be theirs, what is known of the person is known', async () => {
  expect(await unknownAfter(view, clicked(NOON + 3, ANNA, here))).toEqual([])
  expect(await unknownAfter(view, identify(NOON + 3, ANNA, {}, { ...here, origin: 'server' }))).toEqual([])
})

it.each([
  ['only typed the address', [form(NOON + 3, 'demo', { email: ANNA }, here)]],
  ['followed the link as a program', [clicked(NOON + 3, ANNA, { ...here, userAgent: 'HeadlessChrome/120' })]],
  [
    'has somebody else at it since',
    [clicked(NOON + 3, ANNA, here), form(NOON + 4, 'demo', { email: 'x@acme.example' }, here)],
  ],
] as const)('not of one that %s', async (_, facts) => {
  expect(await unknownAfter(view, ...facts)).toEqual(ALL)
})

import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { advance } from '../../collector/advance/advance.ts'
import type { LoadedModel } from '../../collector/models/load.ts'
import { hashOfModel } from '../../collector/models/load.ts'
import {
  type Previewed,
  type PublishDeps,
  type PublishRequest,
  previewModel,
  publishModel,
} from '../../collector/models/publishing.ts'
import { ensurePublished } from '../../collector/models/versions.ts'
import { loadConnected } from '../../collector/qualify/connected.ts'
import { startQualifier } from '../../collector/qualify/qualifier.ts'
import { createSignals } from '../../collector/signals.ts'
import { openStore } from '../../collector/storage/open.ts'
import type { Store } from '../../collector/storage/store.ts'
import { form, NOON } from '../support/facts.ts'
import { idOf, leadId } from '../support/history.ts'
import { changed, modelIn, SAMPLE } from './sample.ts'

const load = (source: string): LoadedModel => ({
  model: modelIn(source),
  source,
  hash: hashOfModel(source, new Map()),
})
const STRICT = load(changed('from: 40', 'from: 90'))
const LENIENT = load(SAMPLE)
const FAILING = load(
  `${SAMPLE}tests: [ { name: n, events: [ { at: 0s, type: page_view } ], expect: { stage: mql } } ]\n`,
)
const watch = { onProgress: async () => {}, stop: new AbortController().signal }

let store: Store
let now: number
let deps: PublishDeps
let settle: () => Promise<void>

/** A site under the strict model, with leads that asked for a demo: 50 points each. */
beforeEach(async () => {
  store = await openStore('sqlite::memory:')
  now = NOON
  const clock = () => now
  const idsOf = async () => idOf
  deps = { store, clock, idsOf, advance, connectedTo: loadConnected }
  await ensurePublished(store, 'site', STRICT, { now: 0, advance })
  const qualifier = startQualifier({
    ...{ store, clock, idsOf, signals: createSignals(), versionsOf: store.modelVersions },
    onError: error => {
      throw error
    },
  })
  settle = qualifier.settle
  onTestFinished(async () => {
    await qualifier.stop()
    await store.close()
  })
  await asksForDemo('ann', 'bob')
  now += 1_000
})

async function asksForDemo(...names: readonly string[]): Promise<void> {
  const facts = names.map(name =>
    form(
      NOON,
      'demo',
      { email: `${name}@acme.example` },
      { visitor: `visitor-${name}`, subject: `visitor-${name}` },
    ),
  )
  await store.record({ facts, quarantined: [] })
  await settle()
}

async function previewOf(model: LoadedModel): Promise<Previewed> {
  const preview = await previewModel(deps, 'site', model, watch)
  if (!preview) throw new Error('stopped')
  return preview
}

const publish = (model: LoadedModel, isAgreed: PublishRequest['isAgreed'] = () => false) =>
  publishModel(deps, { ...watch, site: 'site', model, actor: 'mara', isAgreed })
const agreedTo = (seen: Previewed) => (asked: Previewed) => asked.confirm === seen.confirm
const versions = async () => (await store.modelVersions('site')).map(({ version }) => version)

describe('publishing', () => {
  it('makes no version of what is in force but was hashed otherwise by another release', async () => {
    expect(await publish({ ...STRICT, hash: 'of another release' })).toMatchObject({ outcome: 'unchanged' })
    expect(await versions()).toEqual([1])
  })

  it('asks first when it would make MQLs, and names how many', async () => {
    const asked = await publish(LENIENT)
    const newlyMql = ['ann', 'bob'].map(name => leadId(`${name}@acme.example`)).sort()
    expect(asked).toMatchObject({ outcome: 'confirm_needed', preview: { lost: [], asksFirst: true } })
    if (asked.outcome !== 'confirm_needed') return
    expect([...asked.preview.newlyMql].sort()).toEqual(newlyMql)
    expect(asked.preview.confirm).toMatch(/^2 new, 0 lost, [0-9a-f]{12}$/)
    expect(await store.rescorings()).toEqual([])
    expect(await versions()).toEqual([1])

    expect(await publish(LENIENT, agreedTo(asked.preview))).toMatchObject({
      outcome: 'preparing',
      version: { version: 2 },
    })
  })

  it('asks again when others are concerned by now', async () => {
    const seen = await previewOf(LENIENT)
    await asksForDemo('cyd')
    const again = await publish(LENIENT, agreedTo(seen))
    expect(again).toMatchObject({
      outcome: 'confirm_needed',
      preview: { confirm: expect.stringMatching(/^3 new/) },
    })
    if (again.outcome === 'confirm_needed')
      expect(await publish(LENIENT, agreedTo(again.preview))).toMatchObject({ outcome: 'preparing' })
  })

  it('takes no word for another model, though it does the same', async () => {
    const seen = await previewOf(LENIENT)
    const other = load(`${SAMPLE}# the same, but not what was shown\n`)
    expect(await publish(other, agreedTo(seen))).toMatchObject({ outcome: 'confirm_needed' })
  })

  it('asks first when it would lose MQLs', async () => {
    await publish(LENIENT, () => true)
    await settle()
    now += 1_000
    expect(await publish(load(changed('from: 40', 'from: 91')))).toMatchObject({
      outcome: 'confirm_needed',
      preview: {
        mqls: { before: 2, after: 0 },
        newlyMql: [],
        confirm: expect.stringMatching(/^0 new, 2 lost/),
      },
    })
    expect(await versions()).toEqual([1, 2])
  })

  it('does not ask when nobody is concerned, nor twice for one publish', async () => {
    const harmless = load(changed('from: 40', 'from: 91'))
    expect(await publish(harmless)).toMatchObject({ outcome: 'preparing', preview: { asksFirst: false } })
    expect(await publish(harmless)).toMatchObject({ outcome: 'preparing', version: { version: 2 } })
    await settle()
    expect(await publish(harmless)).toMatchObject({ outcome: 'unchanged', version: { version: 2 } })
    expect(await versions()).toEqual([1, 2])
  })

  it('waits its turn, and says how far the other one is', async () => {
    await publish(load(changed('from: 40', 'from: 91')))
    expect(await publish(LENIENT, () => true)).toMatchObject({
      outcome: 'busy',
      rescoring: { version: 2, actor: 'mara', done: 0, total: 2 },
    })
  })

  it('publishes nothing whose tests fail, and does not even ask', async () => {
    const asked: Previewed[] = []
    const outcome = await publish(FAILING, preview => asked.push(preview) > 0)
    expect(outcome).toMatchObject({ outcome: 'tests_failed', results: [{ name: 'n', pass: false }] })
    expect(asked).toEqual([])
    expect(await store.rescorings()).toEqual([])
  })

  it('publishes nothing when it is stopped', async () => {
    const stop = AbortSignal.abort()
    const request = { ...watch, stop, site: 'site', model: LENIENT, actor: 'mara', isAgreed: () => true }
    expect(await publishModel(deps, request)).toEqual({ outcome: 'stopped' })
    expect(await store.rescorings()).toEqual([])
  })

  it('is done with the draft of that text, and with no other', async () => {
    const draft = { ...LENIENT, savedAt: NOON, actor: 'nino' }
    await store.saveDraft('site', draft)
    await publish(load(changed('from: 40', 'from: 91')))
    await settle()
    expect(await store.draft('site')).toEqual(draft)
    now += 1_000
    await publish(LENIENT, () => true)
    expect(await store.draft('site')).toBeNull()
  })
})

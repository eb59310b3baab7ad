import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ScoringModel } from '../../collector/contracts/model.ts'
import { type Qualifier, startQualifier } from '../../collector/qualify/qualifier.ts'
import { createSignals, type Signals } from '../../collector/signals.ts'
import { openStore } from '../../collector/storage/open.ts'
import type { Store } from '../../collector/storage/store.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import { personQuery } from '../contract/store/samples.ts'
import { form, NOON, pageView } from '../support/facts.ts'
import { idOf, leadId } from '../support/history.ts'
import { EXAMPLE, published } from '../support/model.ts'

/** Under it a newsletter alone, worth 5 points, makes an MQL. */
const LENIENT: ScoringModel = {
  ...EXAMPLE,
  mql: { ...EXAMPLE.mql, when: { key: 'engagement', is: { from: 4 } } },
}
const PUBLISHED_AT = NOON + 10 * MINUTE_MS
const LEADS = 30
const emailOf = (index: number) => `lead-${index}@acme.example`

let folder: string
let store: Store
let now: number
let signals: Signals
let qualifier: Qualifier | null

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'goldpan-'))
  store = await open()
  now = NOON
  signals = createSignals()
  qualifier = null
  await store.publishModel('site', published(EXAMPLE))
  const forms = Array.from({ length: LEADS }, (_, index) => subscribe(index, NOON))
  await store.record({ facts: forms, quarantined: [] })
  await start().settle()
})
afterEach(async () => {
  await qualifier?.stop()
  await store.close()
  rmSync(folder, { recursive: true })
})

const open = () => openStore(`sqlite:${join(folder, 'goldpan.db')}`)
const subscribe = (index: number, at: number) =>
  form(
    at,
    'newsletter',
    { email: emailOf(index) },
    { visitor: `visitor-${index}`, subject: `visitor-${index}` },
  )

function start(changes: Partial<Store> = {}): Qualifier {
  qualifier = startQualifier({
    store: { ...store, ...changes },
    clock: () => now,
    signals,
    versionsOf: store.modelVersions,
    idsOf: async () => idOf,
    onError: error => {
      throw error
    },
  })
  return qualifier
}

/** Stops the worker after so many commits, as a kill would. */
async function killedAfter(commits: number): Promise<void> {
  let left = commits
  const killed = new Promise<void>(resolve => {
    const apply: Store['apply'] = async decisions => {
      if (left-- > 0) return store.apply(decisions.slice(0, 5))
      resolve()
      return new Promise(() => {})
    }
    start({ apply })
  })
  await killed
  qualifier = null
}

const everybody = async () => (await store.persons(personQuery({ site: 'site' }))).items
const seen = async () => new Set((await everybody()).map(({ state }) => `${state.model} ${state.stage}`))
const publish = (publishedAt = PUBLISHED_AT) =>
  store.publishModel('site', published(LENIENT, publishedAt, 2), {
    actor: 'mara',
    at: now,
    engine: 'engine',
  })

describe('a publish', () => {
  it('rescores everybody in the background, and shows it all at once', async () => {
    now = PUBLISHED_AT
    expect(await publish()).toBe('preparing')
    const looks: string[] = []
    const apply: Store['apply'] = async decisions => {
      const outcomes = await store.apply(decisions)
      looks.push([...(await seen())].join())
      return outcomes
    }
    await qualifier?.stop()
    await start({ apply }).settle()
    expect(new Set(looks)).toEqual(new Set(['1 lead']))
    expect(await seen()).toEqual(new Set(['2 mql']))
    expect((await everybody())[0]?.state.transitions.at(-1)).toMatchObject({
      to: 'mql',
      at: PUBLISHED_AT,
      model: 2,
      cause: 'publish',
    })
  })

  it('hands nobody over by itself: whom it makes an MQL waits for a word', async () => {
    now = PUBLISHED_AT
    await publish()
    await qualifier?.settle()
    const waiting = await store.waitingHandoffs('site', 100)
    expect(waiting).toHaveLength(LEADS)
    expect(await store.handoffs('site', leadId(emailOf(0)))).toMatchObject([{ status: 'waiting', model: 2 }])
  })

  it('goes on where a killed process was, and says each change once', async () => {
    now = PUBLISHED_AT
    await publish()
    await qualifier?.stop()
    const { change: before } = await store.head('site')
    await killedAfter(2)
    await store.close()
    store = await open()
    const [rescoring] = await store.rescorings()
    expect(rescoring).toMatchObject({ version: 2, total: LEADS, done: 10 })
    await start().settle()
    expect(await seen()).toEqual(new Set(['2 mql']))
    expect(await store.changesSince('site', before, 1000)).toHaveLength(2 * LEADS)
  })

  it('lets live scoring go on: a lead qualifies at once under the version still in force', async () => {
    now = PUBLISHED_AT - 1
    await publish()
    await qualifier?.settle()
    const anna = {
      email: 'anna@acme.example',
      jobTitle: 'Head of Marketing',
      industry: 'IT',
      company: 'Acme',
    }
    await store.record({
      facts: [form(now, 'demo', anna, { visitor: 'new', subject: 'new' })],
      quarantined: [],
    })
    await qualifier?.settle()
    expect((await store.person('site', leadId(anna.email)))?.state).toMatchObject({ stage: 'mql', model: 1 })
    expect(await store.handoffs('site', leadId(anna.email))).toMatchObject([{ status: 'told' }])
    expect(await seen()).toEqual(new Set(['1 mql', '1 lead']))

    now = PUBLISHED_AT
    await qualifier?.settle()
    expect(await seen()).toEqual(new Set(['2 mql']))
    const told = await store.handoffs('site', leadId(anna.email))
    expect(told).toMatchObject([{ status: 'told', model: 1 }])
  })

  it('judges nothing by the version before once its own time has come', async () => {
    now = PUBLISHED_AT
    await publish()
    const [first = 0] = [PUBLISHED_AT + 5]
    await store.record({ facts: [subscribe(LEADS, first)], quarantined: [] })
    now = first
    await qualifier?.settle()
    const newcomer = await store.person('site', leadId(emailOf(LEADS)))
    expect(newcomer?.state.transitions).toMatchObject([
      { to: 'lead', model: 2 },
      { to: 'mql', model: 2, cause: 'event' },
    ])
    expect(await store.handoffs('site', leadId(emailOf(LEADS)))).toMatchObject([{ status: 'told', model: 2 }])
    const heard = (await store.changesSince('site', 0, 1_000)).filter(
      ({ change }) => change.person === newcomer?.state.id,
    )
    expect(heard).toHaveLength(3)
  })

  it('counts what came while it was prepared', async () => {
    now = PUBLISHED_AT - 1
    await publish()
    await qualifier?.settle()
    const view = pageView(PUBLISHED_AT - 1, '/careers', { visitor: 'visitor-3', subject: 'visitor-3' })
    await store.record({ facts: [view], quarantined: [] })
    await qualifier?.settle()
    now = PUBLISHED_AT
    await qualifier?.settle()
    expect((await store.person('site', leadId(emailOf(3))))?.state.lastSeenAt).toBe(PUBLISHED_AT - 1)
    expect(await store.rescorings()).toEqual([])
  })

  it('does not come in force before its time', async () => {
    now = PUBLISHED_AT - 1
    await publish()
    await qualifier?.settle()
    expect(await store.rescorings()).toMatchObject([{ done: LEADS, total: LEADS }])
    expect(await seen()).toEqual(new Set(['1 lead']))
  })
})

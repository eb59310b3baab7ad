import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fact } from '../../collector/contracts/facts.ts'
import type { PersonState } from '../../collector/contracts/state.ts'
import { type Qualifier, type QualifierDeps, startQualifier } from '../../collector/qualify/qualifier.ts'
import { createSignals } from '../../collector/signals.ts'
import { openStore } from '../../collector/storage/open.ts'
import type { Store } from '../../collector/storage/store.ts'
import { DAY_MS } from '../../shared/time.ts'
import { form, identify, NOON, pageView } from '../support/facts.ts'
import { ANNA, idOf, leadId, personOf } from '../support/history.ts'
import { EXAMPLE, published } from '../support/model.ts'

const HEAD = { email: ANNA, jobTitle: 'Head of Marketing', industry: 'IT', company: 'Acme' }

let store: Store
let qualifier: Qualifier | null
let now: number
let failures: (string | null)[]

beforeEach(async () => {
  store = await openStore('sqlite::memory:')
  await store.publishModel('site', published(EXAMPLE))
  now = NOON
  failures = []
  qualifier = null
})
afterEach(async () => {
  await qualifier?.stop()
  await store.close()
})

function start(changes: Partial<Store> = {}, deps: Pick<QualifierDeps, 'gather' | 'turn'> = {}): Qualifier {
  qualifier = startQualifier({
    ...deps,
    store: { ...store, ...changes },
    clock: () => now,
    signals: createSignals(),
    versionsOf: store.modelVersions,
    idsOf: async () => idOf,
    onError: (_, subject) => failures.push(subject?.subject ?? null),
  })
  return qualifier
}

const record = (...facts: readonly Fact[]) => store.record({ facts, quarantined: [] })

async function lead(email = ANNA): Promise<PersonState> {
  const stored = await store.person('site', leadId(email))
  if (!stored) throw new Error(`nobody is ${email}`)
  return stored.state
}

const feed = async () =>
  (await store.changesSince('site', 0, 100)).map(({ change }) =>
    change.kind === 'handoff' ? 'handoff' : `${change.transition.to} ${change.transition.at}`,
  )

describe('time alone', () => {
  const demo = form(NOON, 'demo', HEAD)
  const due = personOf(ANNA, [demo]).nextDueAt ?? 0

  it('demotes at the exact instant though nothing arrives, and says so once', async () => {
    await record(demo)
    await start().settle()
    expect(await feed()).toEqual([`lead ${NOON}`, `mql ${NOON}`, 'handoff'])

    now = due - 1
    await qualifier?.settle()
    expect((await lead()).stage).toBe('mql')

    now = due + 9 * DAY_MS
    await qualifier?.settle()
    await qualifier?.settle()
    expect((await lead()).stage).toBe('lead')
    expect((await feed()).slice(3)).toEqual([`lead ${due}`])
  })

  it('also when the collector was down at that instant', async () => {
    await record(demo)
    await start().settle()
    await qualifier?.stop()
    now = due + 30 * DAY_MS
    await start().settle()
    expect((await lead()).transitions.at(-1)).toMatchObject({ to: 'lead', at: due, cause: 'due' })
  })
})

describe('what sales was told', () => {
  it('is taken back, and said so, when the lead it was told of is no more', async () => {
    const demo = form(NOON, 'demo', { phone: '+359 2 123 4567', industry: 'IT', company: 'Acme' })
    await record(demo)
    await start().settle()
    await record(identify(NOON - 10 * 60_000, ANNA, {}))
    await qualifier?.settle()
    const handoffs = (await store.changesSince('site', 0, 100)).flatMap(({ change }) =>
      change.kind === 'handoff' ? [`${change.handoff.status} ${change.person === leadId(ANNA)}`] : [],
    )
    expect(handoffs).toEqual(['told false', 'told true', 'withdrawn false'])
  })

  it('waits for a word when an import made the MQL, and imports let live traffic pass', async () => {
    const imported = { origin: 'server' as const, receivedAt: NOON + 2 * DAY_MS }
    await record(
      form(NOON, 'demo', HEAD, imported),
      pageView(NOON + 2 * DAY_MS, '/', { visitor: 'live', subject: 'live' }),
    )
    expect((await store.dirty(10)).map(({ subject }) => subject)).toEqual(['live', 'visitor-one'])
    now = NOON + 2 * DAY_MS
    await start().settle()
    expect(await store.handoffs('site', leadId(ANNA))).toMatchObject([{ status: 'waiting' }])
    expect((await lead()).transitions.at(-1)).toMatchObject({ to: 'mql', cause: 'import' })
  })

  it('waits for a word, too, when an import makes an MQL of days gone by, whatever the lead does meanwhile', async () => {
    const cold = form(NOON, 'profile', HEAD)
    await record(cold)
    now = NOON + 5 * DAY_MS
    await start().settle()
    const imported = {
      origin: 'server' as const,
      receivedAt: now,
      visitor: 'visitor-one',
      subject: 'visitor-one',
    }
    await record(form(NOON - 1, 'demo', HEAD, imported), pageView(now, '/'))
    await qualifier?.settle()
    expect((await lead()).transitions.find(({ to }) => to === 'mql')?.at).toBeLessThan(now)
    for (const { status } of await store.handoffs('site', leadId(ANNA))) expect(status).not.toBe('told')
  })
})

describe('the worker', () => {
  it('does not let one subject that fails hold up the others, and comes back to it', async () => {
    let broken = true
    const loadComponent: Store['loadComponent'] = async (site, seeds, generation) => {
      if (broken && seeds.subjects.includes('poison')) throw new Error('broken')
      return store.loadComponent(site, seeds, generation)
    }
    await record(pageView(NOON, '/', { visitor: 'poison', subject: 'poison' }), form(NOON, 'demo', HEAD))
    await start({ loadComponent }).settle()
    expect((await lead()).stage).toBe('mql')
    expect(failures).toContain('poison')
    expect(await store.dirty(10)).toMatchObject([{ subject: 'poison' }])

    broken = false
    await qualifier?.settle()
    expect(await store.dirty(10)).toEqual([])
  })

  it('not even when many fail, nor does a publish wait for them', async () => {
    const loadComponent: Store['loadComponent'] = async (site, seeds, generation) => {
      if (seeds.subjects.some(subject => subject.startsWith('poison'))) throw new Error('broken')
      return store.loadComponent(site, seeds, generation)
    }
    const poison = Array.from({ length: 200 }, (_, n) => `poison-${n}`)
    await record(...poison.map(visitor => pageView(NOON, '/', { visitor, subject: visitor })))
    await record(form(NOON, 'demo', HEAD))
    await start({ loadComponent })
    for (let look = 0; look < 20; look += 1) await qualifier?.settle()
    expect((await lead()).stage).toBe('mql')
    await store.publishModel('site', published(EXAMPLE, NOON + 1, 2))
    now = NOON + 1
    for (let look = 0; look < 200; look += 1) await qualifier?.settle()
    expect(await store.rescorings()).toEqual([])
    expect((await lead()).model).toBe(2)
  })

  it('looks again when somebody else wrote first', async () => {
    let conflicts = 1
    const apply: Store['apply'] = async decisions =>
      conflicts-- > 0 ? decisions.map(() => 'conflict' as const) : store.apply(decisions)
    await record(form(NOON, 'demo', HEAD))
    await start({ apply }).settle()
    expect((await lead()).stage).toBe('mql')
    expect(await store.handoffs('site', leadId(ANNA))).toHaveLength(1)
  })

  it('says that the store does not answer, and goes on when it does', async () => {
    let down = true
    const dirty: Store['dirty'] = async limit => {
      if (down) throw new Error('down')
      return store.dirty(limit)
    }
    await record(form(NOON, 'demo', HEAD))
    await start({ dirty }).settle()
    expect(failures).toContain(null)
    down = false
    await qualifier?.settle()
    expect((await lead()).stage).toBe('mql')
  })

  it('lets a request through while a backlog is worked off', async () => {
    const visitors = Array.from({ length: 300 }, (_, n) => `visitor-${n}`)
    await record(...visitors.map((visitor, n) => pageView(NOON + n, '/', { visitor, subject: visitor })))
    const settled = start().settle()
    let turned = false
    setTimeout(() => {
      turned = true
    }, 0)
    let waiting = Number.POSITIVE_INFINITY
    while (!turned)
      waiting = await new Promise(resolve =>
        setImmediate(async () => resolve((await store.counts('site')).dirty)),
      )
    expect(waiting).toBeGreaterThan(0)
    await settled
  })
})

describe('gathering', () => {
  /** What each commit decided on, and the waits of the qualifier: each lasts until it is let go on, or is told to hurry. */
  function watched() {
    const commits: number[] = []
    const waits: { readonly ms: number; readonly goOn: () => void; readonly signal: AbortSignal }[] = []
    const apply: Store['apply'] = decisions => {
      commits.push(decisions.length)
      return store.apply(decisions)
    }
    const gather: QualifierDeps['gather'] = (ms, signal) =>
      new Promise(goOn => {
        waits.push({ ms, goOn, signal })
        signal.addEventListener('abort', () => goOn())
        if (signal.aborted) goOn()
      })
    return { commits, waits, begin: () => start({ apply }, { gather }) }
  }

  const visit = (...visitors: readonly string[]) =>
    record(...visitors.map(visitor => pageView(NOON, '/', { visitor, subject: visitor })))

  it('who comes after a round shares the next, which the first to come need not wait for', async () => {
    const { commits, waits, begin } = watched()
    await visit('first')
    const { wake, settle } = begin()
    await expect.poll(() => waits.length).toBe(1)
    expect(commits).toEqual([1])
    expect(waits[0]?.ms).toBeLessThan(100)

    for (const visitor of ['second', 'third', 'fourth']) {
      await visit(visitor)
      wake()
    }
    expect(commits).toEqual([1])
    waits[0]?.goOn()
    await expect.poll(() => waits.length).toBe(2)
    expect(commits).toEqual([1, 3])
    await settle()
    expect(commits).toEqual([1, 3])
  })

  it('is nobody’s business who is more than a round takes, or who settles or stops', async () => {
    const { commits, waits, begin } = watched()
    await visit(...Array.from({ length: 130 }, (_, n) => `visitor-${n}`))
    const { wake, settle, stop } = begin()
    await expect.poll(() => waits.length).toBe(1)
    expect(commits).toEqual([64, 64, 2])

    await visit('later')
    await settle()
    expect(commits).toEqual([64, 64, 2, 1])
    expect(waits.map(({ signal }) => signal.aborted)).toEqual([true, true])

    await visit('last')
    wake()
    await expect.poll(() => waits.length).toBe(3)
    expect(waits[2]?.signal.aborted).toBe(false)
    await stop()
    expect(waits[2]?.signal.aborted).toBe(true)
  })

  it('is not for a site that waits for its next version, whatever comes meanwhile', async () => {
    let awaited = 0
    let more = 0
    const gather = async () => {
      awaited += (await store.rescorings()).length
    }
    // visitors come while others are decided on
    const turn = async () => {
      if (more > 0) await visit(`more-${more--}`)
    }
    await visit('first')
    await start({}, { gather, turn }).settle()
    await store.publishModel('site', published(EXAMPLE, NOON + 1, 2))
    now = NOON + 1
    more = 40
    await visit('second')
    qualifier?.wake()
    await expect.poll(async () => (await store.rescorings()).length).toBe(0)
    expect({ awaited, more }).toEqual({ awaited: 0, more: 0 })
  })

  it('is not for leads of whom many are due', async () => {
    const demo = form(NOON, 'demo', HEAD)
    const emails = Array.from({ length: 40 }, (_, n) => `lead-${n}@acme.example`)
    await record(
      ...emails.map((email, n) =>
        form(NOON, 'demo', { ...HEAD, email }, { visitor: `visitor-${n}`, subject: `visitor-${n}` }),
      ),
    )
    await start().settle()
    await qualifier?.stop()
    now = (personOf(ANNA, [demo]).nextDueAt ?? 0) + 1
    const { commits, waits, begin } = watched()
    begin()
    await expect.poll(() => waits.length).toBe(1)
    expect(commits).toEqual([16, 16, 8])
  })
})

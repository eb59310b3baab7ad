import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { advance } from '../../collector/advance/advance.ts'
import { byOccurrence, type Fact, isWord } from '../../collector/contracts/facts.ts'
import { erasureGuard } from '../../collector/ingest/erasure-guard.ts'
import { loadConnected } from '../../collector/qualify/connected.ts'
import { createFolds } from '../../collector/qualify/folds.ts'
import { verifyReplay } from '../../collector/qualify/replay.ts'
import { qualifyRound } from '../../collector/qualify/round.ts'
import { namesOf, tombstoneHash } from '../../collector/queries/erased-names.ts'
import { erasePerson } from '../../collector/queries/erasure.ts'
import { createSignals } from '../../collector/signals.ts'
import { openStore } from '../../collector/storage/open.ts'
import type { Store } from '../../collector/storage/store.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { decision, eventId, form, NOON, pageView, wordOn } from '../support/facts.ts'
import { idOf, leadId } from '../support/history.ts'
import { EXAMPLE, published } from '../support/model.ts'
import { clicked } from '../support/proofs.ts'

const ANNA = 'йоанна@пример.example'
const BORIS = 'boris@acme.example'
const HEAD = { jobTitle: 'Head of Marketing', industry: 'IT', company: 'Acme' }
const VERSIONS = [published(EXAMPLE, 0)]

const SPELLINGS = [
  (email: string) => email,
  (email: string) => email.toUpperCase(),
  (email: string) => email.normalize('NFD'),
  (email: string) => email.toUpperCase().normalize('NFD'),
]

const action = fc.record({
  what: fc.constantFrom('view', 'view', 'demo', 'demo', 'late', 'decision', 'merge', 'unmerge'),
  spelled: fc.constantFrom(...SPELLINGS),
  visitor: fc.constantFrom('visitor-a', 'visitor-b', 'visitor-c'),
  email: fc.constantFrom(ANNA, BORIS),
  gapMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: DAY_MS })),
})
type Done = typeof action extends fc.Arbitrary<infer T> ? T : never
type Action = Omit<Done, 'what'> & { readonly what: Done['what'] | 'click' | 'mention' }

/** What makes it hard to say by hand whose a deed is. */
const proofOrMention: fc.Arbitrary<Action> = fc
  .tuple(action, fc.constantFrom('click', 'mention'))
  .map(([done, what]) => ({ ...done, what }))

function factsOf(actions: readonly Action[]): readonly Fact[] {
  let at = NOON
  return actions.map(({ what, visitor, email, gapMs, spelled }, index) => {
    at += gapMs
    const given = { id: eventId(index), visitor, subject: visitor }
    const other = email === ANNA ? BORIS : ANNA
    switch (what) {
      case 'demo':
        return form(at, 'demo', { email: spelled(email), ...HEAD }, given)
      case 'late':
        return form(at, 'demo', { email: spelled(email) }, { ...given, tooLate: true })
      case 'click':
        return clicked(at, email, given)
      case 'mention':
        return form(at, 'demo', { email: other, message: `write ${spelled(email)}, too` }, given)
      case 'decision':
        return decision(at, leadId(email), 'nurturing', 'not_ready', { id: given.id })
      case 'merge':
      case 'unmerge':
        return wordOn(at, what, [leadId(email), leadId(other)], { id: given.id })
      default:
        return pageView(at, '/pricing', given)
    }
  })
}

/** Only a merge is ever taken back. */
const canBe = ({ type, subject }: Fact, index: number, facts: readonly Fact[]): boolean =>
  type !== 'unmerge' || facts.slice(0, index).some(word => word.type === 'merge' && word.subject === subject)

/** By hand: what was done under an address typed last, or before anybody typed one, by whom Anna goes for. */
function idsOfAnna(facts: readonly Fact[]): ReadonlySet<string> {
  const people = isJoined(facts) ? [ANNA, BORIS] : [ANNA]
  const deeds = ['visitor-a', 'visitor-b', 'visitor-c'].flatMap(visitor =>
    deedsOf(
      facts.filter(({ subject }) => subject === visitor),
      people,
    ),
  )
  const words = facts.filter(({ type, subject }) =>
    type === 'decision' ? people.map(leadId).includes(subject) : type.endsWith('merge'),
  )
  return new Set([...deeds, ...words].map(({ id }) => id))
}

function deedsOf(timeline: readonly Fact[], people: readonly string[]): readonly Fact[] {
  const claims = (fact: Fact) => (fact.tooLate ? null : emailIn(fact))
  let owner = timeline.map(claims).find(email => email !== null) ?? ''
  return timeline.filter(fact => {
    owner = claims(fact) ?? owner
    return people.includes(owner) || people.includes(emailIn(fact) ?? '')
  })
}

function isJoined(facts: readonly Fact[]): boolean {
  const standing = new Set<string>()
  for (const { type, subject } of facts) {
    if (type === 'merge') standing.add(subject)
    if (type === 'unmerge') standing.delete(subject)
  }
  return (
    standing.size > 0 &&
    [ANNA, BORIS].every(email => facts.some(fact => !fact.tooLate && emailIn(fact) === email))
  )
}

const emailIn = ({ type, props }: Fact): string | null =>
  type === 'form_submit' ? (isIn(props, ANNA) ? ANNA : BORIS) : null

const isIn = (said: unknown, email: string): boolean =>
  JSON.stringify(said).normalize('NFC').toLowerCase().includes(email)

const stores: Store[] = []
afterEach(async () => {
  await Promise.all(stores.splice(0).map(store => store.close()))
})

async function world(now: number) {
  const store = await openStore('sqlite::memory:')
  stores.push(store)
  for (const version of VERSIONS) await store.publishModel('site', version)
  const signals = createSignals()
  const folds = createFolds()
  signals.subscribe(signal => {
    if (signal.kind === 'erased') folds.forget(signal.site, signal.subjects)
  })
  const deps = { store, clock: () => now, signals, versionsOf: store.modelVersions, idsOf: async () => idOf }
  const record = erasureGuard({
    store,
    namesOf,
    hashOf: async () => tombstoneHash(idOf),
    isThere: async () => true,
  })
  const onError = (error: unknown): never => {
    throw error
  }
  const qualify = async (changes: Partial<Store> = {}) => {
    const round = { ...deps, store: { ...store, ...changes }, folds, onError }
    while ((await qualifyRound(round, { only: null, until: Number.POSITIVE_INFINITY })).done > 0);
  }
  const erase = (changes: Partial<Store> = {}) =>
    erasePerson(
      { ...deps, store: { ...store, ...changes }, connectedTo: loadConnected },
      { site: 'site', email: ANNA },
    )
  const record1 = (...facts: readonly Fact[]) => record({ facts, quarantined: [] })
  return { store, deps, record: record1, qualify, erase, end: now }
}

/** Who is erased when: at rest, between what a decision was made of and its writing, or while a fact arrives. */
const moments = {
  rest: async ({ erase }) => {
    await erase()
  },
  decision: async ({ store, qualify, erase }) => {
    let isErased = false
    await qualify({
      apply: async decisions => {
        if (!isErased) await erase()
        isErased = true
        return store.apply(decisions)
      },
    })
    if (!isErased) await erase()
  },
  arrival: async ({ store, record, erase }, news) => {
    await erase({
      erase: async order => {
        await record(...news.splice(0, 1))
        return store.erase(order)
      },
    })
  },
} as const satisfies Record<string, (at: Awaited<ReturnType<typeof world>>, news: Fact[]) => Promise<void>>

/** How many are there when she is erased, of which how many are qualified; the others come later, and all of them again. */
const course = fc.record({
  before: fc.oneof(fc.constant(20), fc.integer({ min: 0, max: 20 })),
  qualified: fc.integer({ min: 0, max: 20 }),
  moment: fc.constantFrom('rest', 'decision', 'arrival'),
})

async function happen(
  facts: readonly Fact[],
  { before, qualified, moment }: typeof course extends fc.Arbitrary<infer T> ? T : never,
) {
  const at = await world((facts.at(-1)?.occurredAt ?? 0) + HOUR_MS)
  await at.record(...facts.slice(0, Math.min(before, qualified)))
  await at.qualify()
  await at.record(...facts.slice(0, before))
  const news = facts.slice(before)
  await moments[moment](at, news)
  await at.record(...news)
  await at.record(...facts)
  await at.qualify()
  const stored = await at.store.factsSince('site', 0, 100)
  return { ...at, kept: facts.filter(({ id }) => stored.some(fact => fact.id === id)), stored }
}

type Happened = Awaited<ReturnType<typeof happen>>

async function isAsIfNever({ store, deps, stored, end }: Happened): Promise<void> {
  expect(stored.filter(fact => isIn(fact, ANNA))).toEqual([])
  const facts = [...stored].sort(byOccurrence)
  const computed = advance({ site: 'site', facts, versions: VERSIONS, idOf, now: end })
  const ids = await store.personIds('site', '', 100)
  const persons = await Promise.all(ids.map(async id => (await store.person('site', id))?.state))
  expect(JSON.stringify(persons)).toBe(JSON.stringify(computed.persons))
  expect((await verifyReplay(deps, 'site', end, () => undefined)).differences).toEqual([])
  expect(await store.handoffs('site', leadId(ANNA))).toEqual([])
  const changes = await store.changesSince('site', 0, 1_000)
  expect(changes.filter(({ change }) => change.person === leadId(ANNA))).toEqual([])
}

it('after an erasure everything is as if the erased facts had never been', async () => {
  let compared = 0
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 20 }), course, async (actions, how) => {
      const facts = factsOf(actions).filter(canBe)
      const happened = await happen(facts, how)
      await isAsIfNever(happened)
      // a merge is only ever said of people who are qualified
      if (how.before < facts.length || (how.qualified < facts.length && facts.some(isWord))) return
      if (!facts.some(fact => emailIn(fact) === ANNA)) return
      const hers = idsOfAnna([...facts].sort(byOccurrence))
      expect(happened.kept).toEqual(facts.filter(({ id }) => !hers.has(id)))
      if (hers.size > 0 && happened.kept.length > 0) compared += 1
    }),
    { numRuns: 120 },
  )
  expect(compared).toBeGreaterThan(10)
}, 60_000)

it('holds of what signed links proved, and of mentions by others', async () => {
  const deeds = fc.array(fc.oneof(action, proofOrMention), { minLength: 1, maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(deeds, course, async (actions, how) => {
      // what others say of her later is theirs
      await isAsIfNever(await happen(factsOf(actions).filter(canBe), { ...how, before: 20 }))
    }),
    { numRuns: 60 },
  )
}, 60_000)

it('takes what came too late with the number as people type it', async () => {
  const number = '+359888123456'
  const facts = [
    form(NOON, 'demo', { phone: number }, { visitor: 'visitor-a', subject: 'visitor-a' }),
    form(
      NOON + 1,
      'demo',
      { phone: '+359 888 123-456' },
      { visitor: 'visitor-b', subject: 'visitor-b', tooLate: true },
    ),
    form(
      NOON + 2,
      'demo',
      { email: BORIS, message: 'or 00359 (888) 123 456' },
      { visitor: 'visitor-c', subject: 'visitor-c' },
    ),
  ]
  const { store, deps, record, qualify } = await world(NOON + HOUR_MS)
  await record(...facts)
  await qualify()
  const erasing = { ...deps, connectedTo: loadConnected }
  await erasePerson(erasing, { site: 'site', lead: idOf(`phone:${number}`) })
  const left = await store.factsSince('site', 0, 100)
  expect(left.map(({ id }) => id)).toEqual([facts[2]?.id])
  expect(JSON.stringify(left)).toContain('or [erased]')
})

it('gives up, and says so, when something comes each time', async () => {
  const { erase } = await world(NOON)
  let tries = 0
  const answer = await erase({
    erase: async () => {
      tries += 1
      if (tries > 1_000) throw new Error('without end')
      return 'conflict'
    },
  })
  expect(answer).toMatchObject({ ok: false, refusal: { code: 'not_settled' } })
})

it('unties whom a word on her tied to her, while a decision on them was under way', async () => {
  const on = { visitor: 'visitor-a', subject: 'visitor-a' }
  const facts = [
    pageView(NOON, '/pricing', { id: eventId(0), ...on }),
    wordOn(NOON, 'merge', [leadId(ANNA), leadId(BORIS)], { id: eventId(1) }),
    form(NOON, 'demo', { email: BORIS, ...HEAD }, { id: eventId(2), ...on }),
  ]
  await isAsIfNever(await happen(facts, { before: 20, qualified: 2, moment: 'decision' }))
})

it('takes who she was on a device that a link proved hers, before anybody qualified the proof', async () => {
  const at = await world(NOON + HOUR_MS)
  const on = (visitor: string) => ({ visitor, subject: visitor })
  await at.record(
    clicked(NOON, ANNA, on('visitor-a')),
    form(NOON + 1, 'demo', { email: ANNA }, on('visitor-c')),
  )
  await at.qualify()
  await at.record(clicked(NOON + 2, ANNA, on('visitor-c')))
  await at.erase()
  expect(await at.store.personIds('site', '', 100)).toEqual([])
})

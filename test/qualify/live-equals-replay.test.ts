import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { advance } from '../../collector/advance/advance.ts'
import { explainScore } from '../../collector/advance/explain.ts'
import { byOccurrence, type Fact } from '../../collector/contracts/facts.ts'
import type { ModelVersion, ScoringModel } from '../../collector/contracts/model.ts'
import type { PersonState } from '../../collector/contracts/state.ts'
import { episodesIn, tells } from '../../collector/lifecycle/telling.ts'
import { createFolds, type Folds } from '../../collector/qualify/folds.ts'
import { verifyReplay } from '../../collector/qualify/replay.ts'
import { startRescorer } from '../../collector/qualify/rescorer.ts'
import { qualifyRound } from '../../collector/qualify/round.ts'
import { createSignals } from '../../collector/signals.ts'
import { openStore } from '../../collector/storage/open.ts'
import { memberOf, rollUp } from '../../collector/storage/roll-up.ts'
import type { Store } from '../../collector/storage/store.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import {
  decision,
  download,
  engagement,
  eventId,
  fact,
  form,
  identify,
  NOON,
  pageView,
  wordOn,
} from '../support/facts.ts'
import { idOf, leadId } from '../support/history.ts'
import { EXAMPLE, published } from '../support/model.ts'
import { clicked, namedUser, reclassified } from '../support/proofs.ts'

/** Lenient, so that random streams meet every kind of move; the second version is stricter at the exit. */
const MODEL: ScoringModel = { ...EXAMPLE, recycle: { newPoints: 10, cooldownMs: { default: DAY_MS } } }
const VERSIONS: readonly ModelVersion[] = [
  published(MODEL, 0),
  published({ ...MODEL, mql: { ...MODEL.mql, exit: { engagement: 35 } } }, NOON + 30 * DAY_MS, 2),
]
const HEAD = { jobTitle: 'Head of Marketing', industry: 'IT', company: 'Acme' }

/** What people do, on three browsers, two of them shared by two people, over some weeks; sales decides now and then. */
const action = fc.record({
  what: fc.constantFrom(
    'view',
    'pricing',
    'pricing',
    'pricing',
    'guide',
    'newsletter',
    'profile',
    'profile',
    'demo',
    'group',
    'network',
    'click',
    'user',
    'renamed',
    'aliased',
    'callback',
    'spree',
    'reclassify',
    'careers',
    'identify',
    'decision',
    'merge',
    'unmerge',
  ),
  visitor: fc.constantFrom('visitor-a', 'visitor-b', 'visitor-c'),
  email: fc.constantFrom('anna@acme.example', 'boris@acme.example'),
  gapMs: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: HOUR_MS }),
    fc.integer({ min: 0, max: 9 * DAY_MS }),
  ),
  to: fc.constantFrom('sal', 'nurturing', 'nurturing', 'nurturing', 'disqualified', 'lead'),
})
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

/** Anna's lead goes on for Boris's, or his for hers. */
const pairOf = ({ email }: Action): readonly [string, string] => {
  const [anna, boris] = [leadId('anna@acme.example'), leadId('boris@acme.example')]
  return email.startsWith('anna') ? [anna, boris] : [boris, anna]
}

/** A company, with its domain or by its id alone. */
const groupOf = ({ to }: Action) =>
  to === 'nurturing' ? { group: 'g1', traits: { name: 'Beta', domain: 'beta.example' } } : { group: 'g2' }

const PHONE = '+359 88 123 4567'

/** More pages within a minute than anybody opens. */
const spree = (at: number, given: Partial<Fact>, index: number): readonly Fact[] =>
  Array.from({ length: 45 }, (_, n) =>
    pageView(at + n, '/pricing', { ...given, id: eventId(10_000 + 50 * index + n) }),
  )

function factsOf(actions: readonly Action[]): readonly Fact[] {
  let at = NOON
  return actions.flatMap((one, index): readonly Fact[] => {
    at += one.gapMs
    const given = { id: eventId(2 * index), visitor: one.visitor, subject: one.visitor }
    return [deeds[one.what](at, one, given, index)].flat()
  })
}

type Deed = (
  at: number,
  one: Action,
  given: { readonly id: string; readonly visitor: string; readonly subject: string },
  index: number,
) => Fact | readonly Fact[]

const word: Deed = (at, one, { id }) =>
  wordOn(at, one.what === 'unmerge' ? 'unmerge' : 'merge', pairOf(one), { id })

const deeds: Readonly<Record<Action['what'], Deed>> = {
  view: (at, _, given) => pageView(at, '/', given),
  careers: (at, _, given) => pageView(at, '/careers', given),
  pricing: (at, _, given, index) => {
    const view = pageView(at, '/pricing', given)
    return [view, engagement(at + 20_000, view, 20_000, { ...given, id: eventId(2 * index + 1) })]
  },
  guide: (at, _, given) => download(at, 'guide.pdf', given),
  newsletter: (at, { email }, given) => form(at, 'newsletter', { email }, given),
  profile: (at, { email }, given) => form(at, 'profile', { email, ...HEAD }, given),
  demo: (at, { email }, given) => form(at, 'demo', { email }, given),
  identify: (at, { email }, given) => identify(at, email, { firstName: 'A' }, given),
  group: (at, one, given) => fact({ type: 'group', occurredAt: at, ...given, props: groupOf(one) }),
  network: (at, _, given) => ({
    ...pageView(at, '/', given),
    noted: { company: { domain: 'network.example', name: 'Network' } },
  }),
  click: (at, { email }, given) => clicked(at, email, given),
  user: (at, { email, to }, { id }) => namedUser(at, '7', to === 'lead' ? null : email, { id }),
  renamed: (at, { email }, given) =>
    identify(at, email, {}, { ...given, origin: 'server', noted: { user: '7' } }),
  aliased: (at, { to }, given) =>
    pageView(at, '/', {
      ...given,
      origin: 'server',
      noted: to === 'lead' ? { user: '8' } : { user: '7', formerUser: '8' },
    }),
  callback: (at, { email, to }, given) =>
    form(at, 'callback', { phone: PHONE, ...(to === 'lead' && { email }) }, given),
  spree: (at, _, given, index) => spree(at, given, index),
  reclassify: (at, { visitor, to }, { id }) =>
    reclassified(at, visitor, to === 'lead' ? 'bot' : 'auto', { id }),
  merge: word,
  unmerge: word,
  decision: (at, { email, to }, { id }) => decision(at, leadId(email), to, 'not_ready', { id }),
}

/** Order of arrival (in order often enough that appending is tried), with duplicates, cut into batches; a batch may meet a crash at one of three places. */
const arrival = fc.record({
  inOrder: fc.boolean(),
  order: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
  again: fc.infiniteStream(fc.boolean()),
  batch: fc.infiniteStream(fc.integer({ min: 1, max: 6 })),
  crash: fc.infiniteStream(fc.constantFrom('none', 'none', 'none', 'before', 'at', 'after')),
})

const END = NOON + 300 * DAY_MS
const stores: Store[] = []
afterEach(async () => {
  await Promise.all(stores.splice(0).map(store => store.close()))
})

class Crash extends Error {}

/** how often news was loaded to be appended to what was kept */
let appends = 0

/** A store in which everything is settled, and what it was made of. */
interface Outcome {
  readonly store: Store
  readonly facts: readonly Fact[]
  /** with the times at which they really came in force */
  readonly versions: readonly ModelVersion[]
  readonly end: number
}

/** Records and qualifies everything in the order of arrival, crashing between and in the transactions, then settles. */
async function live(
  facts: readonly Fact[],
  how: typeof arrival extends fc.Arbitrary<infer T> ? T : never,
): Promise<Outcome> {
  const store = await openStore('sqlite::memory:')
  stores.push(store)
  const take = <T>(stream: fc.Stream<T>): T => [...stream.take(1)][0] as T
  const arriving = facts
    .flatMap(fact => (take(how.again) ? [fact, fact] : [fact]))
    .map((fact, index) => ({ fact, key: how.inOrder ? index : take(how.order) }))
    .sort((a, b) => a.key - b.key)
    .map(({ fact }) => fact)
  let clock = NOON
  let folds = createFolds(3)
  await publishUpTo(store, clock)
  while (arriving.length > 0) {
    const batch = arriving.splice(0, take(how.batch))
    clock = Math.max(clock, ...batch.map(({ occurredAt }) => occurredAt))
    await store.record({ facts: batch, quarantined: [] })
    await publishUpTo(store, clock)
    const crash = take(how.crash)
    if (crash !== 'before') await drain({ store, folds }, clock, crash).catch(ignoreCrash)
    if (crash !== 'none') folds = createFolds(3)
  }
  await publishUpTo(store, END)
  await drain({ store, folds }, END, 'none')
  // A version that could not be ready in time was given another.
  let end = END
  while ((await store.rescorings()).length > 0) {
    end += HOUR_MS
    await drain({ store, folds }, end, 'none')
  }
  return { store, facts, versions: await store.modelVersions('site'), end }
}

/** Publishes what its time has come for, as of now; everybody is rescored. */
async function publishUpTo(store: Store, at: number): Promise<void> {
  for (const version of VERSIONS) {
    if (version.publishedAt <= at) await store.publishModel('site', { ...version, publishedAt: at })
  }
}

const ignoreCrash = (error: unknown): void => {
  if (!(error instanceof Crash)) throw error
}

/** What a process has: a crash loses what it kept in memory. */
interface Process {
  readonly store: Store
  readonly folds: Folds
}

/**
 * Qualifies until nothing is dirty or due, and everybody is rescored. A crash `at` loses the decision, `after` comes when
 * it was written.
 */
async function drain({ store, folds }: Process, now: number, crash: string): Promise<void> {
  const apply: Store['apply'] = async written => {
    if (crash === 'at') throw new Crash()
    const outcome = await store.apply(written)
    if (crash === 'after') throw new Crash()
    return outcome
  }
  const loadNews: Store['loadNews'] = async (...given) => {
    appends += 1
    return store.loadNews(...given)
  }
  const deps = {
    store: { ...store, apply, loadNews },
    clock: () => now,
    signals: createSignals(),
    versionsOf: store.modelVersions,
    idsOf: async () => idOf,
    folds,
    onError: (error: unknown) => {
      throw error
    },
  }
  const rescorer = startRescorer(deps)
  while ((await qualifyRound(deps, await rescorer.leave())).done > 0 || (await rescorer.goOn()));
}

async function personsIn(store: Store): Promise<readonly PersonState[]> {
  const ids = await store.personIds('site', '', 100)
  const persons = await Promise.all(ids.map(id => store.person('site', id)))
  return persons.flatMap(person => person?.state ?? [])
}

describe('live equals replay', () => {
  it('whatever the order, the duplicates, the batches and the crashes', async () => {
    const seen = new Set<string>()
    const by = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 25 }), arrival, async (actions, how) => {
        const facts = factsOf(actions)
        const outcome = await live(facts, how)
        const persons = await sameAsComputed(outcome)
        for (const source of await accountsAsTheirPeople(outcome, persons)) by.add(source)
        await replaysWithoutDifference(outcome, persons.length)
        for (const person of persons) {
          await toldAtMostOnce(outcome.store, person)
          explainedExactly(outcome, person)
          for (const { from, to } of person.transitions) seen.add(`${from} → ${to}`)
        }
      }),
      { numRuns: 200 },
    )
    expect(appends).toBeGreaterThan(50)
    expect([...by].sort()).toEqual(['email', 'group', 'network'])
    expect([...seen]).toEqual(
      expect.arrayContaining(['anonymous → lead', 'lead → mql', 'mql → lead', 'lead → nurturing']),
    )
  }, 120_000)
})

async function sameAsComputed({ store, facts, versions, end }: Outcome): Promise<readonly PersonState[]> {
  const ordered = [...facts].sort(byOccurrence)
  const computed = advance({ site: 'site', facts: ordered, versions, idOf, now: end })
  const stored = await personsIn(store)
  expect(JSON.stringify(stored)).toBe(JSON.stringify(computed.persons))
  return stored
}

/** Accounts as the whole computation makes them of the people there are, and no others. @returns what told them */
async function accountsAsTheirPeople(
  { store }: Outcome,
  persons: readonly PersonState[],
): Promise<readonly string[]> {
  const ids = [...new Set(persons.flatMap(({ account }) => account?.id ?? []))].sort()
  const wanted = ids.map(id =>
    rollUp(
      id,
      persons.flatMap(one => (one.account?.id === id ? (memberOf(one) ?? []) : [])),
    ),
  )
  const query = { site: 'site', id: null, minRank: null, text: null, limit: 100, cursor: null }
  const { items } = await store.accounts({ ...query, sort: 'score' })
  expect([...items].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(wanted)
  return persons.flatMap(({ account }) => account?.by ?? [])
}

async function replaysWithoutDifference({ store, end }: Outcome, persons: number): Promise<void> {
  const deps = { store, versionsOf: store.modelVersions, idsOf: async () => idOf }
  expect(await verifyReplay(deps, 'site', end, () => undefined)).toEqual({ persons, differences: [] })
}

/** What was told and still stands: each hand-off of an episode that is there, and no beginning told twice. */
async function toldAtMostOnce(store: Store, { id, transitions }: PersonState): Promise<void> {
  const standing = (await store.handoffs('site', id)).filter(({ status }) => status !== 'withdrawn')
  const episodes = episodesIn(transitions)
  expect(standing.filter(handoff => !episodes.some(episode => tells(handoff, episode)))).toEqual([])
  const beginnings = standing.map(({ episodeSince }) => episodeSince)
  expect(new Set(beginnings).size).toBe(beginnings.length)
}

function explainedExactly({ facts, versions, end }: Outcome, person: PersonState): void {
  const ordered = [...facts].sort(byOccurrence)
  const at = person.engagement.asOf
  const why = explainScore({
    site: 'site',
    facts: ordered,
    versions,
    idOf,
    person: person.id,
    at: end,
  })
  expect(why?.engagement.reasons.reduce((sum, { decayed }) => sum + decayed, 0)).toBe(why?.engagement.score)
  const then = explainScore({ site: 'site', facts: ordered, versions, idOf, person: person.id, at })
  // Until it was taken back, a merge was part of the score.
  const takenBackSince = facts.some(({ type, occurredAt }) => type === 'unmerge' && occurredAt > at)
  if (then?.model.version === person.model && !takenBackSince)
    expect(then?.engagement.score).toBe(person.engagement.score)
  expect(why?.fit.score).toBe(person.fit.score)
}

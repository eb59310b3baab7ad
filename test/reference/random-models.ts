import fc from 'fast-check'
import type {
  Condition,
  FitRule,
  QualificationPolicy,
  ScoringModel,
} from '../../collector/contracts/model.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { EXAMPLE } from '../support/model.ts'
import { demoRule, engagementRuleOf, FLAGS, has, is, not } from './random-rules.ts'

/**
 * Random models of the whole grammar, small enough to qualify people often and to let them cool again. Half-lives
 * are no whole number of milliseconds, so that no fading score meets a floor exactly: there the last bit of a sum would decide.
 */

const RULES = ['r0', 'r1', 'r2', 'r3', 'r4', 'demo']

const who = fc.constantFrom<Condition>(
  is('industry', 'it', 'software'),
  not('industry', 'it'),
  has('companySize', { from: 50, to: 200 }),
  has('companySize', { to: 9 }),
  has('jobTitle', { contains: ['student', 'intern'] }),
  has('jobTitle', { contains: ['head of', 'direct*'] }),
  is('seniority', 'head', 'director'),
  is('jobFunction', 'marketing'),
  has('team', { from: 3 }),
  is('team', 7),
  has('company', { known: true }),
  has('phone', { known: false }),
  is('email.kind', 'free'),
  is('list', 'competitors'),
  not('list', 'partners'),
)
const some = (maxLength: number) => fc.array(who, { minLength: 1, maxLength })
const person: fc.Arbitrary<Condition> = fc.oneof(
  { arbitrary: who, weight: 4 },
  { arbitrary: some(3).map(all => ({ all })), weight: 1 },
  { arbitrary: some(3).map(any => ({ any })), weight: 1 },
  { arbitrary: some(2).map(none => ({ none })), weight: 1 },
)
const fitRuleOf = (id: string): fc.Arbitrary<FitRule> =>
  fc.record({
    id: fc.constant(id),
    if: person,
    points: fc.constantFrom(10, 20, 25, 40, -15, -40),
    sets: fc.subarray(FLAGS, { maxLength: 1 }),
  })

/** What comes and goes, so that gates close and open: the latest value of a trait counts. */
const passing = fc.constantFrom<Condition>(
  has('team', { from: 5 }),
  has('jobTitle', { contains: ['intern'] }),
  has('companySize', { to: 9 }),
)
/** A gate may ask for flags that hold, never for one that does not. */
const flagged = fc.subarray(FLAGS, { minLength: 1, maxLength: 2 }).map(names => is('flag', ...names))
const gate = fc.oneof(
  { arbitrary: passing, weight: 3 },
  { arbitrary: person, weight: 1 },
  { arbitrary: flagged, weight: 2 },
  { arbitrary: fc.tuple(flagged, flagged).map(all => ({ all })), weight: 1 },
  { arbitrary: fc.tuple(flagged, person).map(any => ({ any })), weight: 1 },
  {
    arbitrary: fc.tuple(flagged, fc.tuple(flagged, who)).map(([one, any]) => ({ all: [one, { any }] })),
    weight: 1,
  },
)

/** Conditions of `when` beside its engagement floor. */
const extra: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom<Condition>(
    has('fit', { from: 0 }),
    has('fit', { from: 20 }),
    has('fit', { not: { to: -10 } }),
    is('grade', 'A', 'B', 'C'),
    not('grade', 'D'),
    has('company', { known: true }),
    has('jobTitle', { glob: 'head*' }),
    is('need', 'rebranding'),
    { none: [is('email.kind', 'disposable'), is('seniority', 'intern')] },
  ),
  fc.constantFrom<Condition>(
    has('engagement', { to: 90 }),
    has('engagement', { not: { from: 60 } }),
    { none: [has('engagement', { from: 120 })] },
    has('engagement', { to: -5 }),
    has('engagement', { from: -20, to: 60 }),
    { none: [has('engagement', { from: -2 })] },
  ),
  fc.subarray(FLAGS, { minLength: 1, maxLength: 2 }).map(names => is('flag', ...names)),
  fc.constantFrom(...FLAGS).map(name => ({ none: [is('flag', name)] })),
  fc.subarray(RULES, { minLength: 1, maxLength: 2 }).map(ids => is('rule', ...ids)),
  fc.constantFrom('r0', 'r1', 'demo').map(id => is('rule', id)),
)
const floor = fc.constantFrom(1, 5, 10, 20, 40, -15).map(from => has('engagement', { from }))
const when: fc.Arbitrary<Condition> = fc.oneof(
  { arbitrary: floor, weight: 2 },
  { arbitrary: fc.tuple(floor, extra).map(all => ({ all })), weight: 4 },
  { arbitrary: extra, weight: 1 },
  {
    arbitrary: fc.tuple(floor, extra, extra).map(([one, two, any]) => ({ any: [{ all: [one, two] }, any] })),
    weight: 1,
  },
  {
    arbitrary: fc.tuple(floor, extra, floor).map(([one, two, any]) => ({ any: [{ all: [one, two] }, any] })),
    weight: 1,
  },
  { arbitrary: fc.tuple(floor, extra, extra).map(([one, ...any]) => ({ all: [one, { any }] })), weight: 1 },
)
const mql: fc.Arbitrary<QualificationPolicy> = fc.record({
  when,
  exit: fc.option(
    fc.constantFrom(3, 15, 45, -10).map(engagement => ({ engagement })),
    { freq: 3 },
  ),
  dwellMs: fc.constantFrom(0, HOUR_MS / 2, DAY_MS, 5 * DAY_MS, 5 * DAY_MS),
  fastTrack: fc.option(
    fc.record({ rule: fc.constantFrom('demo', 'demo', 'r0'), fitFrom: fc.constantFrom(null, 0, 0, 20) }),
    { freq: 3 },
  ),
})
const recycle = fc.record({
  newPoints: fc.constantFrom(0, 0, 5, 25),
  cooldownMs: fc.constantFrom<Readonly<Record<string, number>>>(
    { default: 0 },
    { default: 0 },
    { not_ready: 2 * DAY_MS, default: DAY_MS },
    { not_ready: 10 * DAY_MS, no_budget: 0, default: 5 * DAY_MS },
  ),
})
/** Who is on a list by address, by company or by network. */
const lists = fc
  .record({
    staff: fc.constantFrom([], [], ['bob@gmail.com']),
    ips: fc.constantFrom([], [], ['203.0.113.0/24']),
  })
  .map(({ staff, ips }) => ({
    ...EXAMPLE.lists,
    partners: { domains: [], emails: [], companies: ['Rival'], ips },
    staff: { domains: [], emails: staff, companies: [], ips },
  }))

/** A random model over the pages, files, forms and people of random-facts.ts. */
export const randomModel: fc.Arbitrary<ScoringModel> = fc
  .record({
    timezone: fc.constantFrom('UTC', 'Europe/Sofia', 'America/New_York'),
    lists,
    halfLifeMs: fc.constantFrom(DAY_MS, 5 * DAY_MS, 14 * DAY_MS, 30 * DAY_MS),
    rules: fc.tuple(...RULES.slice(0, 5).map(engagementRuleOf)),
    count: fc.integer({ min: 1, max: 5 }),
    demo: demoRule,
    fit: fc.tuple(fitRuleOf('f0'), fitRuleOf('f1'), fitRuleOf('f2')),
    gate: fc.option(gate, { freq: 2 }),
    mql,
    recycle,
  })
  .map(({ halfLifeMs, rules, count, demo, fit, gate, ...model }) => ({
    ...EXAMPLE,
    ...model,
    fit: { grades: { A: 45, B: 25, C: 10 }, rules: fit },
    engagement: { halfLifeMs, rules: [...rules.slice(0, count), demo] },
    disqualify: [...EXAMPLE.disqualify, ...(gate ? [{ id: 'gate', if: gate }] : [])],
  }))

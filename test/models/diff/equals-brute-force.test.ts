import { beforeAll, describe, expect, it } from 'vitest'
import { advance } from '../../../collector/advance/advance.ts'
import type { Fact } from '../../../collector/contracts/facts.ts'
import type { ScoringModel } from '../../../collector/contracts/model.ts'
import { diffModels } from '../../../collector/models/diff/diff.ts'
import type { ModelDiff } from '../../../collector/models/diff/shapes.ts'
import { DAY_MS } from '../../../shared/time.ts'
import { idOf } from '../../support/history.ts'
import { published } from '../../support/model.ts'
import { YEAR_START } from '../../support/simulated-persona.ts'
import { simulatedYear } from '../../support/simulated-year.ts'
import {
  bruteEnd,
  bruteLives,
  bruteOutcome,
  bruteWilson,
  mondayOf,
  namedAt,
  withoutLeaks,
} from './brute-force.ts'
import { memoryHistory } from './memory-history.ts'
import { LENIENT, shipped } from './shipped.ts'

const OLD = shipped(...LENIENT)
/** What the new model changes, by the id that the diff gives it. */
const CHANGES: Readonly<Record<string, readonly [from: string, to: string]>> = {
  'mql.when:1': ['- fit: { from: 15 }', '- fit: { from: 30 }'],
  'mql.fastTrack': [
    'fastTrack: { rule: demo, fit: { from: 20 } }',
    'fastTrack: { rule: contact, fit: { from: 0 } }',
  ],
  'engagement.rules:guide': ['asset.depth: deep }, points: 20', 'asset.depth: deep }, points: 6'],
  'engagement.rules:pricing': ['{ from: 5s } }, points: 10,', '{ from: 2s } }, points: 14,'],
  'fit.rules:right-size': ['to: 200 } }, points: 20', 'to: 150 } }, points: 25'],
  'fit.rules:has-budget': [
    '    - { id: too-small,',
    '    - { id: has-budget, if: { budgetKnown: true }, points: 30 }\n    - { id: too-small,',
  ],
}
/** Parsed once for each set of changes. */
const made = new Map<string, ScoringModel>()
function changedBy(ids: readonly string[]): ScoringModel {
  const key = ids.join()
  const model = made.get(key) ?? shipped(...LENIENT, ...ids.map(id => CHANGES[id] ?? (['', ''] as const)))
  made.set(key, model)
  return model
}
const ALL = Object.keys(CHANGES)
const NEW = changedBy(ALL)
/** More who count than on an ordinary site, so that a small year has enough of everything. */
const SHARES = {
  sand: 0.79,
  bot: 0.02,
  reader: 0.06,
  buyer: 0.05,
  job_seeker: 0.02,
  student: 0.04,
  competitor: 0.02,
}
const TIMEZONE = 'Europe/Sofia'
const PERIOD = { since: YEAR_START + 60 * DAY_MS + 12_345, until: YEAR_START + 330 * DAY_MS }
const RIPE = PERIOD.until - 45 * DAY_MS

interface BrutePerson {
  /** the facts of their component that may be seen */
  readonly seen: readonly Fact[]
  readonly id: string
  readonly old: number | null
  readonly new: number | null
  readonly cooled: { readonly old: boolean; readonly new: boolean }
  readonly leadAt: number
  readonly contactedAt: number
  readonly outcome: ReturnType<typeof bruteOutcome>
}

const seenBy = (whole: readonly Fact[]) =>
  withoutLeaks(whole.filter(({ occurredAt }) => occurredAt <= PERIOD.until))

const inPeriod = (at: number | null): at is number => at !== null && at >= PERIOD.since && at <= PERIOD.until

function brutePeople(components: readonly (readonly Fact[])[]): readonly BrutePerson[] {
  return components.flatMap(whole => {
    const seen = seenBy(whole)
    if (!seen.some(({ type }) => type === 'form_submit' || type === 'identify')) return []
    const fresh = bruteLives(seen, NEW, { until: PERIOD.until })
    return [...bruteLives(seen, OLD, { until: PERIOD.until }).values()].map(life => ({
      seen,
      id: life.id,
      old: life.mqlAt,
      new: fresh.get(life.id)?.mqlAt ?? null,
      cooled: { old: life.cooled, new: fresh.get(life.id)?.cooled === true },
      leadAt: firstNamedAt(seen, life.id),
      contactedAt:
        whole.find(({ type, subject }) => type === 'decision' && subject === life.id)?.occurredAt ?? Infinity,
      outcome: bruteOutcome(whole, life.id, PERIOD.until),
    }))
  })
}

/** The first instant at which the person is there. */
const firstNamedAt = (facts: readonly Fact[], id: string): number =>
  facts.map(({ occurredAt }) => occurredAt).find(at => namedAt(facts, OLD, at).some(one => one.id === id))!

let people: readonly BrutePerson[] = []
let components: readonly (readonly Fact[])[] = []
let diff: ModelDiff
beforeAll(async () => {
  const inForce = published(OLD)
  components = [...simulatedYear({ seed: 7, visitors: 1_000, site: 'site', inForce, idOf, shares: SHARES })]
  people = brutePeople(components)
  const found = await diffModels({
    site: 'site',
    advance,
    idOf,
    models: { old: OLD, new: NEW },
    names: {
      old: { label: 'old', name: 'old', version: 1 },
      new: { label: 'new', name: 'new', version: null },
    },
    period: PERIOD,
    maturityMs: 45 * DAY_MS,
    minN: 5,
    listed: 1_000,
    history: memoryHistory(components, [inForce], PERIOD.until),
    onProgress: async () => undefined,
    stop: new AbortController().signal,
  })
  if (!found) throw new Error('stopped')
  diff = found
}, 60_000)

/** The facts of a person's component that may be seen. */
const seenOf = (id: string) => people.find(one => one.id === id)!.seen

/** Tries every change taken back alone, then every change made alone. */
function bruteCauses(id: string): readonly string[] {
  const seen = seenOf(id)
  const isMql = (ids: readonly string[]) =>
    bruteLives(seen, changedBy(ids), { until: PERIOD.until }).get(id)?.mqlAt !== null
  const needed = ALL.filter(change => isMql(ALL.filter(other => other !== change)) !== isMql(ALL))
  return needed.length > 0 ? needed : ALL.filter(change => isMql([change]) !== isMql([]))
}

/** Half of the values lie on each side. */
function bruteMedian(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const from = (end: readonly number[]) => end[Math.floor((end.length - 1) / 2)]!
  return (from(sorted) + from([...sorted].reverse())) / 2
}

const MODELS = { old: OLD, new: NEW } as const
const SIDES = ['old', 'new'] as const
const called = (side: 'old' | 'new') => people.filter(person => inPeriod(person[side]))
const idsOf = (some: readonly { readonly id: string }[]) => some.map(({ id }) => id).sort()

describe('a model diff of a simulated year equals brute force', () => {
  it('in who gains, loses and keeps, and when', () => {
    const either = people.filter(person => inPeriod(person.old) || inPeriod(person.new))
    const gained = either.filter(person => person.old === null)
    const lost = either.filter(person => person.new === null)
    const kept = either.filter(person => person.old !== null && person.new !== null)
    // The year is worth comparing only if it has some of everything.
    expect([gained, lost, kept].map(({ length }) => length > 2)).toEqual([true, true, true])
    expect(idsOf(diff.gained.people)).toEqual(idsOf(gained))
    expect(idsOf(diff.lost.people)).toEqual(idsOf(lost))
    expect(idsOf(diff.kept.people)).toEqual(idsOf(kept))
    for (const { id, oldAt, newAt, outcome } of [
      ...diff.gained.people,
      ...diff.lost.people,
      ...diff.kept.people,
    ]) {
      const person = people.find(one => one.id === id)
      expect({ id, oldAt, newAt, outcome }).toEqual({
        id,
        oldAt: person?.old,
        newAt: person?.new,
        outcome: person?.outcome.kind,
      })
    }
    expect(diff.leads).toBe(people.length)
  })

  it('in how many there are, week by week, and how many cool', () => {
    for (const side of SIDES) {
      expect(diff.mqls[side]).toBe(called(side).length)
      expect(diff.cooled[side]).toBe(called(side).filter(({ cooled }) => cooled[side]).length)
      const mondays = called(side).map(person => mondayOf(person[side] ?? 0, TIMEZONE))
      for (const week of diff.perWeek)
        expect(week[side]).toBe(mondays.filter(day => day === week.start).length)
      expect(diff.perWeek.reduce((sum, week) => sum + week[side], 0)).toBe(called(side).length)
      expect(diff.perMonth.reduce((sum, month) => sum + month[side], 0)).toBe(called(side).length)
    }
  })

  it('in how long they stay, to an end that may lie beyond the period', () => {
    let beyond = 0
    for (const side of SIDES) {
      const ends = called(side).flatMap(({ id, [side]: mqlAt }) => {
        const from = mqlAt ?? 0
        const end = bruteEnd(seenOf(id), MODELS[side], { id, from, until: PERIOD.until })
        return end === null ? [] : [{ from, end }]
      })
      const spans = ends.map(({ from, end }) => end - from)
      beyond += ends.filter(({ end }) => end > PERIOD.until).length
      expect(diff.timing.staysMql[side]).toEqual({ n: spans.length, medianMs: bruteMedian(spans) })
      const waits = called(side).map(({ id, [side]: at }) => (at ?? 0) - (seenOf(id)[0]?.occurredAt ?? 0))
      expect(diff.timing.firstVisitToMql[side]).toEqual({ n: waits.length, medianMs: bruteMedian(waits) })
    }
    expect(beyond).toBeGreaterThan(2)
  }, 30_000)

  it('in precision', () => {
    for (const side of SIDES) {
      const ripe = called(side).filter(person => person[side]! <= RIPE)
      const judged = ripe.filter(
        ({ outcome, ...person }) => outcome.at !== null && person[side]! <= outcome.at,
      )
      const good = judged.filter(({ outcome }) => outcome.kind === 'good')
      expect(judged.length).toBeGreaterThanOrEqual(5)
      const precision = diff.quality.precision[side]
      expect(precision).toMatchObject({
        k: good.length,
        n: judged.length,
        share: good.length / judged.length,
        tooYoung: called(side).length - ripe.length,
        unjudged: ripe.filter(({ outcome }) => outcome.kind === 'open').length,
        afterVerdict: ripe.filter(
          ({ outcome, ...person }) => outcome.at !== null && person[side]! > outcome.at,
        ).length,
        afterContact: judged.filter(person => person[side]! > person.contactedAt).length,
      })
      const interval = bruteWilson(good.length, judged.length)
      expect(precision.interval?.low).toBeCloseTo(interval.low, 9)
      expect(precision.interval?.high).toBeCloseTo(interval.high, 9)
    }
  })

  it('in recall', () => {
    const good = people.filter(({ outcome }) => outcome.kind === 'good' && inPeriod(outcome.at))
    const ripe = good.filter(({ leadAt }) => leadAt <= RIPE)
    expect(ripe.length).toBeGreaterThanOrEqual(5)
    for (const side of SIDES) {
      const found = ripe.filter(person => person[side] !== null && person[side]! <= person.outcome.at!)
      expect(diff.quality.recall[side]).toMatchObject({
        k: found.length,
        n: ripe.length,
        share: found.length / ripe.length,
        tooYoung: good.length - ripe.length,
      })
    }
  })

  it('in why: what alone undoes the difference, or else what alone makes it', () => {
    const found = diff.changes.map(({ id, gained, lost }) => [id, { gained, lost }] as const)
    const gainedBy = diff.gained.people.flatMap(({ id }) => bruteCauses(id))
    const lostBy = diff.lost.people.flatMap(({ id }) => bruteCauses(id))
    const count = (causes: readonly string[], id: string) => causes.filter(cause => cause === id).length
    const expected = ALL.map(id => [id, { gained: count(gainedBy, id), lost: count(lostBy, id) }] as const)
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected))
  }, 30_000)

  it('and refuses what the CRM wrote down after the hand-over', () => {
    expect(diff.refused).toMatchObject([{ name: 'budgetKnown', askedBy: ['new: has-budget'] }])
  })
})

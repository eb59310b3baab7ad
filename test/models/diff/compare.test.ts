import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesBetween } from '../../../collector/models/diff/changes.ts'
import { type CompareTerms, compare } from '../../../collector/models/diff/compare.ts'
import type { ModelDiff } from '../../../collector/models/diff/shapes.ts'
import type { PersonSummary } from '../../../collector/models/diff/summary.ts'
import { DAY_MS } from '../../../shared/time.ts'
import { NOON } from '../../support/facts.ts'
import { EXAMPLE } from '../../support/model.ts'

const STRICT = { ...EXAMPLE, mql: { ...EXAMPLE.mql, when: { key: 'fit', is: { from: 60 } } } }
const SPAN = 60

function terms(given: Partial<CompareTerms> = {}): CompareTerms {
  const models = { old: EXAMPLE, new: STRICT }
  return {
    site: 'site',
    names: {
      old: { label: 'old', name: 'old', version: 1 },
      new: { label: 'new', name: 'new', version: null },
    },
    models,
    changes: changesBetween(models),
    period: { since: NOON, until: NOON + SPAN * DAY_MS },
    maturityMs: 20 * DAY_MS,
    minN: 5,
    listed: 1_000,
    ...given,
  }
}

/** An instant some days into the period, or before it. */
const instant = fc.integer({ min: -20 * 24, max: SPAN * 24 }).map(hours => NOON + (hours * DAY_MS) / 24)
const qualification = fc.option(
  fc
    .record({ at: instant, lasts: fc.option(fc.integer({ min: 1, max: 30 * DAY_MS })) })
    .map(({ at, lasts }) => ({
      at,
      cooledAt: lasts === null ? null : at + lasts,
      fallsAt: lasts === null ? null : at + lasts,
    })),
)
const outcome = fc.oneof(
  fc.constant({ verdict: 'open' as const, at: null }),
  fc.record({ verdict: fc.constantFrom('good' as const, 'bad' as const), at: instant }),
)
const person = fc.record({
  who: fc.constant({ jobTitle: null, company: null }),
  firstSeenAt: fc.constant(NOON - 30 * DAY_MS),
  leadAt: instant,
  contactedAt: fc.option(instant),
  outcome,
  old: qualification,
  new: qualification,
  causes: fc.constant(null),
  refused: fc.constant([]),
})
const people: fc.Arbitrary<readonly PersonSummary[]> = fc
  .array(person, { maxLength: 60 })
  .map(all => all.map((one, index) => ({ ...one, id: String(index) })))

const swapped = (all: readonly PersonSummary[]) => all.map(one => ({ ...one, old: one.new, new: one.old }))
const ids = (group: ModelDiff['gained']) => group.people.map(({ id }) => id)

describe('comparing', () => {
  it('does not mind the order of the people', () => {
    fc.assert(
      fc.property(people, fc.integer(), (all, seed) => {
        const shuffled = [...all].sort((a, b) => hash(a.id, seed) - hash(b.id, seed))
        expect(compare(shuffled, terms())).toEqual(compare(all, terms()))
      }),
    )
  })

  it('with the models exchanged says the opposite', () => {
    fc.assert(
      fc.property(people, all => {
        const [there, back] = [compare(all, terms()), compare(swapped(all), terms())]
        expect(ids(back.gained)).toEqual(ids(there.lost))
        expect(ids(back.lost)).toEqual(ids(there.gained))
        expect(ids(back.kept).sort()).toEqual(ids(there.kept).sort())
        expect(back.mqls).toEqual({ old: there.mqls.new, new: there.mqls.old })
        expect(back.timing.earlier).toEqual(there.timing.later)
        expect(back.quality.precision.old).toEqual(there.quality.precision.new)
        const opposite = { higher: 'lower', lower: 'higher' } as const
        const { precision } = there.quality.verdict
        expect(back.quality.verdict.precision).toBe(
          precision === 'higher' || precision === 'lower' ? opposite[precision] : precision,
        )
      }),
    )
  })

  it('counts every MQL of the period once, in one week, in one month, and in one place of the figures', () => {
    fc.assert(
      fc.property(people, all => {
        const diff = compare(all, terms())
        for (const side of ['old', 'new'] as const) {
          const sum = (buckets: readonly { readonly [side]: number }[]) =>
            buckets.reduce((total, bucket) => total + (bucket as Record<string, number>)[side]!, 0)
          expect(sum(diff.perWeek as never)).toBe(diff.mqls[side])
          expect(sum(diff.perMonth as never)).toBe(diff.mqls[side])
          const { n, tooYoung, unjudged, afterVerdict, k } = diff.quality.precision[side]
          expect(n + tooYoung + unjudged + afterVerdict).toBe(diff.mqls[side])
          expect(k).toBeLessThanOrEqual(n)
        }
        const days = diff.perWeek.reduce((total, week) => total + week.days, 0)
        expect(days).toBeCloseTo(SPAN, 0)
      }),
    )
  })

  it('tells who became what only by the first time, and not of those outside of the period', () => {
    fc.assert(
      fc.property(people, all => {
        const diff = compare(all, terms())
        const { gained, lost, kept, timing } = diff
        expect(new Set([...ids(gained), ...ids(lost), ...ids(kept)]).size).toBe(
          gained.total + lost.total + kept.total,
        )
        expect(timing.earlier.count + timing.later.count + timing.same).toBe(kept.total)
        for (const { oldAt, newAt } of gained.people) expect([oldAt, newAt !== null]).toEqual([null, true])
        for (const { oldAt, newAt } of lost.people) expect([oldAt !== null, newAt]).toEqual([true, null])
        for (const { total, outcomes } of [gained, lost, kept])
          expect(outcomes.good + outcomes.bad + outcomes.open).toBe(total)
      }),
    )
  })

  it('shows no figure below the least n, and none without an interval', () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 40 }), (all, minN) => {
        const { precision, recall, verdict } = compare(all, terms({ minN })).quality
        for (const [shares, said] of [
          [precision, verdict.precision],
          [recall, verdict.recall],
        ] as const) {
          for (const { n, share, interval } of [shares.old, shares.new]) {
            expect([share === null, interval === null]).toEqual([n < minN, n < minN])
          }
          expect(said === 'not_enough_data').toBe(shares.old.n < minN || shares.new.n < minN)
        }
      }),
    )
  })

  it('cuts lists, not totals', () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 0, max: 5 }), (all, listed) => {
        const [cut, whole] = [compare(all, terms({ listed })), compare(all, terms())]
        expect(cut.kept.total).toBe(whole.kept.total)
        expect(cut.kept.people).toEqual(whole.kept.people.slice(0, listed))
        expect(cut.lost.people).toEqual(whole.lost.people.slice(0, listed))
      }),
    )
  })
})

const hash = (id: string, seed: number): number => (Math.imul(Number(id) + 1, seed | 1) >>> 3) % 1_009

const summary = (given: Partial<PersonSummary>): PersonSummary => ({
  id: 'anna',
  who: { jobTitle: null, company: null },
  firstSeenAt: NOON,
  leadAt: NOON,
  contactedAt: null,
  outcome: { verdict: 'open', at: null },
  old: null,
  new: null,
  causes: null,
  refused: [],
  ...given,
})

describe('with little to go by', () => {
  it('says so of nobody', () => {
    const { mqls, quality, timing, gained } = compare([], terms())
    expect(mqls).toEqual({ old: 0, new: 0 })
    expect(gained).toEqual({ total: 0, outcomes: { good: 0, bad: 0, open: 0 }, people: [] })
    expect(timing.firstVisitToMql.old).toEqual({ n: 0, medianMs: null })
    expect(quality.precision.new).toMatchObject({ k: 0, n: 0, share: null, interval: null })
    expect(quality.verdict).toEqual({ precision: 'not_enough_data', recall: 'not_enough_data' })
  })

  it('says so of one person', () => {
    const one = summary({ new: { at: NOON + DAY_MS, cooledAt: null, fallsAt: null } })
    const { gained, quality } = compare([one], terms({ minN: 1 }))
    expect(gained.total).toBe(1)
    expect(quality.precision.new).toMatchObject({ n: 0, unjudged: 1, share: null })
    expect(quality.verdict.recall).toBe('not_enough_data')
  })

  it('counts who still is an MQL until time will end it, leaves out whom time does not, and shows no median of few', () => {
    const mql = (day: number, days: number | null) => {
      const at = NOON + day * DAY_MS
      return { at, cooledAt: null, fallsAt: days === null ? null : at + days * DAY_MS }
    }
    const lastDay = SPAN - 0.001
    const all = [mql(1, 10), mql(lastDay, 12), mql(lastDay, 14), mql(lastDay, null)].map((one, index) =>
      summary({ id: String(index), new: one, old: { ...one, at: one.at + DAY_MS * (index === 0 ? 1 : -1) } }),
    )
    const timing = (minN: number) => compare(all, terms({ minN })).timing
    expect(timing(3).staysMql.new).toEqual({ n: 3, medianMs: 12 * DAY_MS })
    expect(timing(4).staysMql.new).toEqual({ n: 3, medianMs: null })
    expect(timing(5).firstVisitToMql.new).toEqual({ n: 4, medianMs: null })
    expect(timing(2)).toMatchObject({
      earlier: { count: 1, medianMs: null },
      later: { count: 3, medianMs: DAY_MS },
    })
  })

  it('judges nobody by a call that came after the verdict, or too lately', () => {
    const good = { verdict: 'good' as const, at: NOON + 10 * DAY_MS }
    const mql = (day: number) => ({ at: NOON + day * DAY_MS, cooledAt: null, fallsAt: null })
    const { precision, recall } = compare(
      [
        summary({ id: 'in time', outcome: good, old: mql(10), new: mql(11) }),
        summary({ id: 'too young', outcome: good, old: mql(40), new: mql(40.1) }),
      ],
      terms({ minN: 1 }),
    ).quality
    expect(precision.old).toMatchObject({ n: 1, k: 1, afterVerdict: 1, tooYoung: 0 })
    expect(precision.new).toMatchObject({ n: 0, afterVerdict: 1, tooYoung: 1 })
    expect(recall.old).toMatchObject({ n: 2, k: 1 })
    expect(recall.new).toMatchObject({ n: 2, k: 0 })
  })

  it('tells a difference only where the intervals lie apart', () => {
    const mql = { at: NOON + DAY_MS, cooledAt: null, fallsAt: null }
    const judged = (count: number, verdict: 'good' | 'bad', calls: Partial<PersonSummary>) =>
      Array.from({ length: count }, (_, index) =>
        summary({
          id: `${verdict}${index}${Object.keys(calls)}`,
          outcome: { verdict, at: NOON + 9 * DAY_MS },
          ...calls,
        }),
      )
    const both = [...judged(30, 'good', { old: mql, new: mql }), ...judged(30, 'bad', { old: mql, new: mql })]
    const verdictOf = (...more: readonly PersonSummary[]) =>
      compare([...both, ...more], terms()).quality.verdict.precision
    expect(verdictOf()).toBe('no_clear_difference')
    expect(verdictOf(...judged(5, 'bad', { old: mql }))).toBe('no_clear_difference')
    expect(verdictOf(...judged(70, 'bad', { old: mql }))).toBe('higher')
    expect(verdictOf(...judged(70, 'bad', { new: mql }))).toBe('lower')
  })
})

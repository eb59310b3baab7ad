import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../collector/contracts/evidence.ts'
import type { EngagementRule } from '../../collector/contracts/model.ts'
import {
  engagementAt,
  engagementReasons,
  foldEvidence,
  startEngagement,
} from '../../collector/scoring/engagement.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts'
import { report, seen } from '../support/evidence.ts'
import { NOON } from '../support/facts.ts'
import { EXAMPLE, engagementRule } from '../support/model.ts'

function fold(rules: readonly EngagementRule[], evidence: readonly Evidence[], halfLifeMs = 14 * DAY_MS) {
  const folded = startEngagement({ ...EXAMPLE, engagement: { halfLifeMs, rules } })
  for (const one of evidence) foldEvidence(folded, one)
  return folded
}

const pricing = { key: 'page.category', is: { oneOf: ['pricing'] } }
const visit = (at: number, session?: string) =>
  seen(at, { category: 'pricing', ...(session ? { session } : {}) })

describe('points and decay', () => {
  const rule = engagementRule({ id: 'view', on: 'page_view', if: pricing, points: 10 })

  it('halves in a half-life, and again in the next', () => {
    const folded = fold([rule], [visit(NOON)])
    expect(engagementAt(folded, NOON)).toBe(10)
    expect(engagementAt(folded, NOON + 14 * DAY_MS)).toBe(5)
    expect(engagementAt(folded, NOON + 28 * DAY_MS)).toBe(2.5)
  })

  it('gives nothing for another page, another type, or a bot', () => {
    const bot = seen(NOON, { category: 'pricing', traffic: { kind: 'bot', evidence: 'crawler' } })
    const folded = fold(
      [rule],
      [seen(NOON, { category: 'blog' }), seen(NOON, { type: 'download', category: 'pricing' }), bot],
    )
    expect(engagementReasons(folded, NOON)).toEqual([])
  })

  it('once: only the first match earns', () => {
    const [reason] = engagementReasons(
      fold([{ ...rule, once: true }], [visit(NOON), visit(NOON + 1)]),
      NOON + 1,
    )
    expect(reason).toMatchObject({ earned: 10, count: 1 })
  })

  it('agrees with the plain sum of decayed points, reason by reason', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 40 * DAY_MS }), { maxLength: 30 })
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 90 * DAY_MS }), (steps, after) => {
        const times = steps.map(
          (_, index) => NOON + steps.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0),
        )
        const at = (times.at(-1) ?? NOON) + after
        const folded = fold(
          [rule],
          times.map(time => visit(time)),
        )
        const plain = times.reduce((sum, time) => sum + 10 * 2 ** (-(at - time) / (14 * DAY_MS)), 0)
        expect(engagementAt(folded, at)).toBeCloseTo(plain, 9)
        const reasons = engagementReasons(folded, at)
        expect(reasons.reduce((sum, { decayed }) => sum + decayed, 0)).toBe(engagementAt(folded, at))
      }),
    )
  })
})

describe('caps', () => {
  const capped = (points: number, cap: number, per: 'day' | 'lifetime') =>
    engagementRule({ id: 'view', on: 'page_view', if: pricing, points, cap: { points: cap, per } })

  it('cuts in order, with partial credit, and says what was cut', () => {
    const folded = fold([capped(10, 25, 'lifetime')], [visit(NOON), visit(NOON), visit(NOON), visit(NOON)])
    expect(engagementReasons(folded, NOON)).toMatchObject([
      { points: 10, earned: 40, capped: 15, decayed: 25, count: 4 },
    ])
  })

  it('starts afresh with the calendar day of the model, not of UTC', () => {
    const beforeMidnight = Date.UTC(2026, 0, 12, 21, 59)
    const afterMidnight = beforeMidnight + 2 * MINUTE_MS
    const folded = fold(
      [capped(10, 10, 'day')],
      [visit(beforeMidnight), visit(beforeMidnight), visit(afterMidnight)],
    )
    expect(engagementReasons(folded, afterMidnight)).toMatchObject([{ earned: 30, capped: 10, count: 3 }])
  })

  it('limits what is taken away, too', () => {
    const folded = fold([capped(-10, -15, 'lifetime')], [visit(NOON), visit(NOON), visit(NOON)])
    expect(engagementAt(folded, NOON)).toBe(-15)
  })
})

describe('windows', () => {
  const threeTimes = (
    again: 'afterWindow' | 'never' = 'afterWindow',
    per: 'session' | 'event' | 'day' = 'session',
  ) =>
    engagementRule({
      id: 'three',
      on: 'page_view',
      if: pricing,
      points: 15,
      window: { atLeast: 3, withinMs: 14 * DAY_MS, per, again },
    })
  const visits = (...days: number[]) => days.map((day, index) => visit(NOON + day * DAY_MS, `s${index}`))
  const countOf = (rule: EngagementRule, evidence: readonly Evidence[]) =>
    engagementReasons(fold([rule], evidence), evidence.at(-1)?.at ?? NOON)[0]?.count ?? 0

  it('is complete at the third session within the window', () => {
    expect(countOf(threeTimes(), visits(0, 5))).toBe(0)
    expect(countOf(threeTimes(), visits(0, 5, 10))).toBe(1)
  })

  it('has closed ends: fourteen days sharp is within, a millisecond more is not', () => {
    expect(countOf(threeTimes(), visits(0, 7, 14))).toBe(1)
    expect(countOf(threeTimes(), visits(0, 7, 14 + 1 / DAY_MS))).toBe(0)
  })

  it('counts a session once, and a view without a session by itself', () => {
    const together = [0, 1, 2].map(hours => visit(NOON + hours * HOUR_MS, 'same'))
    expect(countOf(threeTimes(), together)).toBe(0)
    expect(countOf(threeTimes('afterWindow', 'event'), together)).toBe(1)
    expect(countOf(threeTimes('afterWindow', 'day'), visits(0, 0.1, 0.2))).toBe(0)
  })

  it('earns again only later than a window after it earned, and never with again: never', () => {
    const often = visits(0, 1, 2, 3, 15, 16, 17, 18)
    expect(countOf(threeTimes(), visits(0, 1, 2, 3, 15, 16))).toBe(1)
    expect(countOf(threeTimes(), often)).toBe(2)
    expect(countOf(threeTimes('never'), often)).toBe(1)
    expect(countOf({ ...threeTimes(), once: true }, often)).toBe(1)
  })

  it('holds until the nth latest unit leaves the window', () => {
    const folded = fold([threeTimes()], visits(0, 5, 10))
    expect(folded.rules[0]?.state.heldUntil).toBe(NOON + 14 * DAY_MS)
  })
})

describe('engaged time', () => {
  const rule = engagementRule({
    id: 'read',
    on: 'page_view',
    if: { all: [pricing, { key: 'engaged', is: { from: 5_000 } }] },
    points: 10,
  })
  it('fires once per view, at the report that reaches it', () => {
    const view = visit(NOON)
    const reports = [2_000, 6_000, 9_000].map(ms => report(NOON + ms, view, ms))
    const folded = fold([rule], [view, ...reports])
    expect(engagementReasons(folded, NOON + 9_000)).toMatchObject([
      { count: 1, events: [reports[1]?.fact.id] },
    ])
  })
  it('does not fire for a view that was left before', () => {
    const view = visit(NOON)
    expect(engagementReasons(fold([rule], [view, report(NOON + 4_999, view, 4_999)]), NOON + 5_000)).toEqual(
      [],
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crosses, decayed, rankingKey, settled } from '../../collector/scoring/decay.ts'
import { calendarDay } from '../../shared/calendar.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { NOON } from '../support/facts.ts'

const scores = fc.double({ min: 0.5, max: 5_000, noNaN: true })
const halfLives = fc.integer({ min: HOUR_MS, max: 365 * DAY_MS })

describe('the instant of crossing a bound', () => {
  it('is the first millisecond at which the settled score is below the floor', () => {
    fc.assert(
      fc.property(
        scores,
        halfLives,
        fc.double({ min: 0.1, max: 100, noNaN: true }),
        (score, halfLife, floor) => {
          const at = crosses(score, NOON, halfLife, floor)
          if (settled(score) < floor) {
            expect(at).toBeNull()
            return
          }
          const settledAt = (instant: number) => settled(decayed(score, NOON, instant, halfLife))
          expect(settledAt(at ?? 0)).toBeLessThan(floor)
          expect(settledAt((at ?? 0) - 1)).toBeGreaterThanOrEqual(floor)
        },
      ),
    )
  })
  it('is for a score below nought the mirror image: it rises', () => {
    fc.assert(
      fc.property(scores, halfLives, scores, (size, halfLife, limit) => {
        expect(crosses(-size, NOON, halfLife, -limit)).toBe(crosses(size, NOON, halfLife, limit))
      }),
    )
    expect(crosses(-40, NOON, DAY_MS, -5)).toBe(NOON + 3 * DAY_MS + 1)
  })
  it.each([
    ['nought', 40, 0],
    ['nought, from below', -40, 0],
    ['a bound on the other side', 40, -5],
    ['a bound on the other side, from below', -40, 5],
    ['no bound', 40, Number.NEGATIVE_INFINITY],
  ])('never comes for %s', (_, score, bound) => {
    expect(crosses(score, NOON, DAY_MS, bound)).toBeNull()
  })
  it('is found though the bound is all but nought, and never when no date could name it', () => {
    expect(crosses(40, NOON, 1, 1e-320)).toBeGreaterThan(NOON)
    expect(crosses(40, NOON, 7e14, 1e-3)).toBeNull()
  })
})

describe('a settled score', () => {
  it('has back what rounding took on the way, whatever way it went', () => {
    const stops = fc.array(fc.integer({ min: 1, max: 3 * DAY_MS - 1 }), { maxLength: 20 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), stops, (points, instants) => {
        let [score, asOf] = [points, 0]
        for (const at of [...instants.sort((a, b) => a - b), 3 * DAY_MS]) {
          score = decayed(score, asOf, at, DAY_MS)
          asOf = at
        }
        expect(settled(score)).toBe(points / 8)
      }),
    )
  })
  it('is left as it is when it is near no round number', () => {
    expect(settled(4.9999999)).toBe(4.9999999)
    expect(settled(5 - 1e-9)).toBe(5 - 1e-9)
    expect(settled(4.999999999999999)).toBe(5)
  })
})

describe('the ranking key', () => {
  it('orders as the current scores do, whenever one looks', () => {
    const lead = fc.record({ score: scores, asOf: fc.integer({ min: NOON - 90 * DAY_MS, max: NOON }) })
    fc.assert(
      fc.property(lead, lead, fc.integer({ min: 0, max: 30 * DAY_MS }), (a, b, later) => {
        const [nowA, nowB] = [a, b].map(({ score, asOf }) =>
          decayed(score, asOf, NOON + later, 14 * DAY_MS),
        ) as [number, number]
        fc.pre(Math.abs(nowA - nowB) > 1e-6 * Math.max(nowA, nowB))
        const [keyA, keyB] = [a, b].map(({ score, asOf }) => rankingKey(score, asOf, 14 * DAY_MS) ?? 0) as [
          number,
          number,
        ]
        expect(keyA > keyB).toBe(nowA > nowB)
      }),
    )
  })
  it('does not exist for a score that is nothing', () => {
    expect(rankingKey(0, NOON, DAY_MS)).toBeNull()
    expect(rankingKey(-3, NOON, DAY_MS)).toBeNull()
  })
})

describe('calendar days', () => {
  it('turn at midnight of the zone, also when the clock is put forward', () => {
    const sofia = calendarDay('Europe/Sofia')
    expect(sofia(Date.UTC(2026, 0, 12, 21, 59))).toBe('2026-01-12')
    expect(sofia(Date.UTC(2026, 0, 12, 22, 0))).toBe('2026-01-13')
    expect(sofia(Date.UTC(2026, 6, 12, 21, 0))).toBe('2026-07-13')
    expect(sofia(Date.UTC(2026, 6, 12, 20, 59))).toBe('2026-07-12')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overlap, wilson } from '../../../collector/models/diff/wilson.ts'

const shares = fc
  .integer({ min: 1, max: 5_000 })
  .chain(n => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

describe('the Wilson interval', () => {
  // Table I, method 3, of R. G. Newcombe, Statistics in Medicine 17 (1998), 857–872.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is what the literature has', (k, n, low, high) => {
    const interval = wilson(k, n)
    expect(interval?.low).toBeCloseTo(low, 4)
    expect(interval?.high).toBeCloseTo(high, 4)
  })

  it('knows nothing of none', () => {
    expect(wilson(0, 0)).toBeNull()
  })

  it('of all mirrors that of none', () => {
    expect(wilson(20, 20)?.low).toBeCloseTo(1 - 0.1611, 4)
    expect(wilson(20, 20)?.high).toBe(1)
    expect(wilson(0, 20)?.low).toBe(0)
    expect(wilson(1, 1)?.low).toBeCloseTo(0.2065, 4)
  })

  it('stays within 0 and 1, holds the share, and mirrors', () => {
    fc.assert(
      fc.property(shares, ([k, n]) => {
        const { low, high } = wilson(k, n) ?? { low: 2, high: -1 }
        const mirrored = wilson(n - k, n)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(k / n)
        expect(high).toBeGreaterThanOrEqual(k / n)
        expect(mirrored?.low).toBeCloseTo(1 - high, 12)
      }),
    )
  })

  it('ends where the share lies 1.96 standard errors away, and narrows with n', () => {
    fc.assert(
      fc.property(shares, ([k, n]) => {
        const interval = wilson(k, n)
        const ends = interval ? [interval.low, interval.high].filter(end => end > 0 && end < 1) : []
        for (const end of ends) {
          expect(Math.abs(k / n - end) / Math.sqrt((end * (1 - end)) / n)).toBeCloseTo(1.959964, 5)
        }
        const wider = interval ? interval.high - interval.low : 0
        const more = wilson(10 * k, 10 * n)
        expect(more ? more.high - more.low : 2).toBeLessThan(wider)
      }),
    )
  })

  it('overlaps or does not, its ends included', () => {
    expect(overlap({ low: 0.1, high: 0.3 }, { low: 0.3, high: 0.5 })).toBe(true)
    expect(overlap({ low: 0.1, high: 0.29 }, { low: 0.3, high: 0.5 })).toBe(false)
    expect(overlap({ low: 0.3, high: 0.5 }, { low: 0.1, high: 0.29 })).toBe(false)
    expect(overlap({ low: 0, high: 1 }, { low: 0.4, high: 0.5 })).toBe(true)
  })
})

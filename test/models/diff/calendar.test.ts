import { describe, expect, it } from 'vitest'
import { bucketsOf, midnight, nextDay } from '../../../collector/models/diff/calendar.ts'

const SOFIA = 'Europe/Sofia'
const none = { old: [], new: [] }

describe('weeks and months', () => {
  it('begin on Monday and on the first, in the model’s time zone', () => {
    // Monday, 2 March 2026, 00:30 in Sofia is still Sunday in London.
    const at = Date.UTC(2026, 2, 1, 22, 30)
    const period = { since: midnight('2026-02-24', SOFIA), until: midnight('2026-03-04', SOFIA) - 1 }
    const weeks = (zone: string) => bucketsOf({ old: [at], new: [] }, period, zone, 'week')
    expect(weeks(SOFIA)).toEqual([
      { start: '2026-02-23', days: 6, old: 0, new: 0 },
      { start: '2026-03-02', days: 2, old: 1, new: 0 },
    ])
    expect(weeks('Europe/London').map(({ start, old }) => [start, old])).toEqual([
      ['2026-02-23', 1],
      ['2026-03-02', 0],
    ])
    expect(bucketsOf(none, period, SOFIA, 'month').map(({ start, days }) => [start, days])).toEqual([
      ['2026-02-01', 5],
      ['2026-03-01', 3],
    ])
  })

  it('know the days on which clocks are changed', () => {
    expect(midnight('2026-03-30', SOFIA) - midnight('2026-03-29', SOFIA)).toBe(23 * 3_600_000)
    expect(midnight('2026-10-26', SOFIA) - midnight('2026-10-25', SOFIA)).toBe(25 * 3_600_000)
    expect(midnight('2026-01-01', 'Pacific/Kiritimati')).toBe(Date.UTC(2025, 11, 31, 10))
    expect(midnight('2026-01-01', 'Pacific/Pago_Pago')).toBe(Date.UTC(2026, 0, 1, 11))
  })

  it('go on over the ends of years', () => {
    expect(nextDay('2025-12-31')).toBe('2026-01-01')
    expect(nextDay('2028-02-28')).toBe('2028-02-29')
    const period = { since: midnight('2025-12-30', SOFIA), until: midnight('2026-01-02', SOFIA) }
    expect(bucketsOf(none, period, SOFIA, 'month').map(({ start }) => start)).toEqual([
      '2025-12-01',
      '2026-01-01',
    ])
  })

  it('stand there for a period of one instant', () => {
    const at = midnight('2026-01-01', SOFIA)
    expect(bucketsOf({ old: [at], new: [at] }, { since: at, until: at }, SOFIA, 'week')).toEqual([
      { start: '2025-12-29', days: 0, old: 1, new: 1 },
    ])
  })
})

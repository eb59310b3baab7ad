import { describe, expect, it } from 'vitest'
import { tokenBuckets } from '../../collector/http/token-buckets.ts'

const NOW = 1_000_000

describe('token buckets', () => {
  it('give a minute’s worth at once, then at its rate', () => {
    const buckets = tokenBuckets(60)
    for (let nth = 0; nth < 60; nth += 1) expect(buckets.take('a', 1, NOW).ok).toBe(true)
    expect(buckets.take('a', 1, NOW)).toEqual({
      ok: false,
      perMinute: 60,
      left: 0,
      retryAfterS: 1,
      resetS: 60,
    })
    expect(buckets.take('b', 1, NOW).ok).toBe(true)
    expect(buckets.take('a', 1, NOW + 999).ok).toBe(false)
    expect(buckets.take('a', 1, NOW + 1_000)).toMatchObject({ ok: true, left: 0 })
    expect(buckets.take('a', 0, NOW + 31_000)).toMatchObject({ left: 30, resetS: 30 })
    expect(buckets.take('a', 0, NOW + 999_000)).toMatchObject({ left: 60, resetS: 0 })
  })

  it('keep their word: who waits as long as told is served', () => {
    const buckets = tokenBuckets(600)
    let now = NOW
    for (let nth = 0; nth < 50; nth += 1) {
      const taken = buckets.take('a', 100, now)
      if (taken.ok) continue
      now += taken.retryAfterS * 1_000
      expect(buckets.take('a', 100, now).ok).toBe(true)
    }
    expect(now).toBeGreaterThan(NOW)
  })

  it('take nothing when they refuse, and more than they hold only when full', () => {
    const buckets = tokenBuckets(10)
    expect(buckets.take('a', 25, NOW)).toMatchObject({ ok: true, left: 0 })
    expect(buckets.take('a', 1, NOW)).toMatchObject({ ok: false, retryAfterS: 96 })
    expect(buckets.take('a', 1, NOW + 96_000).ok).toBe(true)
  })

  it('a clock that is put back neither fills nor empties', () => {
    const buckets = tokenBuckets(2)
    buckets.take('a', 2, NOW)
    expect(buckets.take('a', 1, NOW - 3_600_000).ok).toBe(false)
    expect(buckets.take('a', 1, NOW - 3_600_000 + 30_000).ok).toBe(true)
  })

  it('remember a bounded number, the latest among them', () => {
    const buckets = tokenBuckets(1, 10)
    buckets.take('forgotten', 1, NOW)
    for (let nth = 0; nth < 30; nth += 1) {
      expect(buckets.take(`x${nth}`, 1, NOW).ok).toBe(true)
      buckets.take('busy', 1, NOW)
    }
    expect(buckets.take('busy', 1, NOW).ok).toBe(false)
    expect(buckets.take('forgotten', 1, NOW).ok).toBe(true)
  })
})

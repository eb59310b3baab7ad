import { expect, it } from 'vitest'
import { countCrowds } from '../../collector/networks/crowd.ts'
import { MINUTE_MS } from '../../shared/time.ts'

const T = 1_700_000_000_000

it('counts each visitor once, and each place for itself', () => {
  const { seen } = countCrowds()
  expect(seen('a', 'one', T)).toBe(1)
  expect(seen('a', 'one', T + 1)).toBe(1)
  expect(seen('a', 'two', T + 2)).toBe(2)
  expect(seen('b', 'one', T + 3)).toBe(1)
  expect(seen('a', null, T + 4)).toBe(2)
})

it('forgets who has not come for ten minutes', () => {
  const { seen } = countCrowds()
  seen('a', 'one', T)
  seen('a', 'two', T + MINUTE_MS)
  expect(seen('a', null, T + 10 * MINUTE_MS - 1)).toBe(2)
  expect(seen('a', null, T + 10 * MINUTE_MS)).toBe(1)
  expect(seen('a', null, T + 11 * MINUTE_MS)).toBe(0)
})

it('who comes again is remembered from then', () => {
  const { seen } = countCrowds()
  seen('a', 'one', T)
  seen('a', 'two', T + 1)
  seen('a', 'one', T + 9 * MINUTE_MS)
  expect(seen('a', null, T + 11 * MINUTE_MS)).toBe(1)
})

it('remembers so many and no more: the oldest make room', () => {
  const { seen } = countCrowds(3)
  for (const visitor of ['one', 'two', 'three', 'four']) seen('a', visitor, T)
  expect(seen('a', null, T)).toBe(3)
  seen('b', 'five', T)
  expect(seen('a', null, T)).toBe(2)
})

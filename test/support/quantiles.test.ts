import { expect, test } from 'vitest'
import { median, quantile, quantileOf } from './quantiles.ts'

test('quantiles are values that came, whatever their order; of none there is none', () => {
  const values = [10, 2, 33, 4]
  expect([0, 0.5, 0.99, 1].map(share => quantile(values, share))).toEqual([2, 4, 10, 33])
  expect(values).toEqual([10, 2, 33, 4])
  expect([median([9]), median([3, 1, 2]), quantileOf(Float64Array.of(1, 5), 1)]).toEqual([9, 2, 5])
  expect(median([])).toBeNaN()
})

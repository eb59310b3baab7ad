import { ascending, quantileOf } from '../../support/quantiles.ts'

/** What many measurements say: the middle, and between which two the middle half lies. */
export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
  readonly worst: number
}

export function spread(values: readonly number[]): Spread {
  const sorted = ascending(values)
  const at = (share: number): number => quantileOf(sorted, share)
  return { median: at(0.5), low: at(0.25), high: at(0.75), worst: at(1) }
}

export const milliseconds = ({ median, low, high }: Spread): string =>
  `${median.toFixed(1)} ms (${low.toFixed(1)}–${high.toFixed(1)})`

export const bytes = (count: number): string => Math.round(count).toLocaleString('en')

export const verdict = (reached: boolean): string => (reached ? '✓' : '✗')

/** @returns a copy, ascending */
export const ascending = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b)

/** @param sorted ascending @param share 0.5: the median @returns NaN for none */
export const quantileOf = (sorted: ArrayLike<number>, share: number): number =>
  sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN

/** The same of values in any order. */
export const quantile = (values: readonly number[], share: number): number =>
  quantileOf(ascending(values), share)

/** Of an even number the lower of the two in the middle. */
export const median = (values: readonly number[]): number => quantile(values, 0.5)

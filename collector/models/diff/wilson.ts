/** The interval that holds the true share with 95 % confidence. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** Two-sided 95 % quantile of the normal distribution. */
const Z = 1.959963984540054

/**
 * Wilson's score interval of k in n, without continuity correction (E. B. Wilson, JASA 22, 1927; method 3 in
 * R. G. Newcombe, Statistics in Medicine 17, 1998). Unlike the textbook ±, it stays within 0 to 1 and says something
 * sensible for k = 0 and k = n.
 * @returns null for n = 0: nothing is known
 */
export function wilson(k: number, n: number): Interval | null {
  if (n === 0) return null
  const share = k / n
  const z2 = Z * Z
  const middle = share + z2 / (2 * n)
  const spread = Z * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))
  const scale = 1 + z2 / n
  return {
    low: k === 0 ? 0 : (middle - spread) / scale,
    high: k === n ? 1 : (middle + spread) / scale,
  }
}

export const overlap = (a: Interval, b: Interval): boolean => a.low <= b.high && b.low <= a.high

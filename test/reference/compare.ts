/** A line for what is not equal, or none. */
export function differing(what: string, expected: unknown, got: unknown): readonly string[] {
  const [one, other] = [expected, got].map(value => JSON.stringify(inOrder(value)))
  return one === other ? [] : [`${what}: expected ${one}, got ${other}`]
}

/** Objects as pairs in order of their keys, so that their texts can be compared. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .map(([key, of]) => [key, inOrder(of)])
    .toSorted()
}

/** Relative to the larger of the expected and 1: what is left of sums that cancel out has no digits of its own. */
export const near = (what: string, expected: number, got = Number.NaN): readonly string[] =>
  Math.abs(expected - got) <= 1e-9 * Math.max(1, Math.abs(expected))
    ? []
    : [`${what}: expected ${expected}, got ${got}`]

/** A short text without the marks people vary: `Job_Title`, `jobtitle` and `job-title` are the same slip. */
const folded = (text: string): string => text.toLowerCase().replaceAll(/[\s_.-]/g, '')

/**
 * The known word that was probably meant: equal but for case and separators, or a slip or two away (none for one or two
 * letters, one up to five, two from six on: our choice, because `phase` is not a slip of `phone`). Null when none is near, and
 * for a word that is known.
 */
export function nearest(word: string, known: Iterable<string>): string | null {
  const given = folded(word)
  let best: string | null = null
  let bestDistance = given.length < 3 ? 0.5 : given.length < 6 ? 1.5 : 2.5
  for (const candidate of known) {
    if (candidate === word) return null
    const distance = slips(given, folded(candidate))
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** "Did you mean …?", or else the words there are. */
export function didYouMean(word: string, known: Iterable<string>): string | null {
  const near = nearest(word, known)
  return near === null ? null : `Did you mean "${near}"?`
}

/** Inserted, missing, wrong or swapped letters between two words (optimal string alignment); Infinity when far apart. */
function slips(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2 || a.length > 80) return Number.POSITIVE_INFINITY
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      current.push(stepOf(a, b, row, column, { before, previous, current }))
    }
    before = previous
    previous = current
  }
  return previous[b.length] ?? Number.POSITIVE_INFINITY
}

interface Rows {
  readonly before: readonly number[]
  readonly previous: readonly number[]
  readonly current: readonly number[]
}

function stepOf(a: string, b: string, row: number, column: number, rows: Rows): number {
  const at = (cells: readonly number[], index: number) => cells[index] ?? Number.POSITIVE_INFINITY
  const differs = a[row - 1] === b[column - 1] ? 0 : 1
  const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
  return Math.min(
    at(rows.previous, column) + 1,
    at(rows.current, column - 1) + 1,
    at(rows.previous, column - 1) + differs,
    swapped ? at(rows.before, column - 2) + 1 : Number.POSITIVE_INFINITY,
  )
}

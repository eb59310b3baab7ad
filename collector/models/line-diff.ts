/** A line of two texts laid beside each other: in both, only in the old one, only in the new one. */
export interface DiffLine {
  readonly kind: 'same' | 'gone' | 'new'
  readonly text: string
}

/** Beyond this many different lines they are no longer matched one by one: a few million steps (our choice). */
const MOST_EDITS = 2_000

/**
 * The least change that makes one text of another, line by line: Myers, An O(ND) Difference Algorithm (1986). Texts that
 * have next to nothing in common are told as all gone and all new.
 */
export function lineDiff(oldText: string, newText: string): readonly DiffLine[] {
  const [before, after] = [linesOf(oldText), linesOf(newText)]
  const path = furthestReaches(before, after)
  return path ? linesAlong(path, before, after) : [...before.map(gone), ...after.map(fresh)]
}

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

const gone = (text = ''): DiffLine => ({ kind: 'gone', text })
const fresh = (text = ''): DiffLine => ({ kind: 'new', text })
const same = (text = ''): DiffLine => ({ kind: 'same', text })

/** For each number of edits, how far in the old text one comes on each diagonal (old index − new index). */
type Reaches = readonly ReadonlyMap<number, number>[]

/** @returns null when it takes more than MOST_EDITS */
function furthestReaches(before: readonly string[], after: readonly string[]): Reaches | null {
  const reaches: Map<number, number>[] = []
  for (let edits = 0; edits <= MOST_EDITS; edits += 1) {
    const reach = new Map<number, number>()
    reaches.push(reach)
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const start = edits === 0 ? 0 : stepTo(reaches[edits - 1], diagonal).at
      const end = slide(before, after, start, diagonal)
      reach.set(diagonal, end)
      if (end >= before.length && end - diagonal >= after.length) return reaches
    }
  }
  return null
}

/** Where one stands on a diagonal after one more edit, and the diagonal one came from. */
function stepTo(
  earlier: ReadonlyMap<number, number> | undefined,
  diagonal: number,
): { readonly at: number; readonly from: number } {
  const byNew = earlier?.get(diagonal + 1) ?? -1
  const byGone = earlier?.get(diagonal - 1) ?? -1
  return byGone < byNew ? { at: byNew, from: diagonal + 1 } : { at: byGone + 1, from: diagonal - 1 }
}

/** On along a diagonal as long as the texts agree. */
function slide(before: readonly string[], after: readonly string[], start: number, diagonal: number): number {
  let at = start
  while (at < before.length && at - diagonal < after.length && before[at] === after[at - diagonal]) at += 1
  return at
}

/** Back from the end, edit by edit. */
function linesAlong(
  reaches: Reaches,
  before: readonly string[],
  after: readonly string[],
): readonly DiffLine[] {
  const lines: DiffLine[] = []
  let diagonal = before.length - after.length
  let at = before.length
  for (let edits = reaches.length - 1; edits >= 0; edits -= 1) {
    const { at: start, from } = edits === 0 ? { at: 0, from: diagonal } : stepTo(reaches[edits - 1], diagonal)
    while (at > start) lines.push(same(before[--at]))
    if (edits === 0) break
    lines.push(from > diagonal ? fresh(after[at - diagonal - 1]) : gone(before[--at]))
    diagonal = from
  }
  return lines.reverse()
}

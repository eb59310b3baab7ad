import type { AddressRange } from './address.ts'

export interface OwnedRange<T> extends AddressRange {
  readonly owner: T
}

/**
 * Whose range a position lies in. Where ranges overlap, the narrowest has it: a customer's lines within a provider's;
 * of two as narrow, the later one.
 */
export function rangeIndex<T>(ranges: readonly OwnedRange<T>[]): (position: bigint) => T | null {
  const bounds = boundsOf(ranges)
  const owners = ownersBetween(bounds, ranges)
  return position => {
    const at = lastNotAfter(bounds, position)
    return at < 0 ? null : (owners[at] ?? null)
  }
}

/** Where something begins or has ended, each once, in order. */
function boundsOf(ranges: readonly AddressRange[]): readonly bigint[] {
  const all = ranges.flatMap(({ first, last }) => [first, last + 1n])
  all.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return all.filter((bound, at) => bound !== all[at - 1])
}

/** The owner from each bound to the next. Narrowest first, so that what is taken stays taken. */
function ownersBetween<T>(
  bounds: readonly bigint[],
  ranges: readonly OwnedRange<T>[],
): readonly (T | undefined)[] {
  const owners = new Array<T | undefined>(bounds.length).fill(undefined)
  const nextFree = freeStretches(bounds.length)
  for (const { first, last, owner } of narrowestFirst(ranges)) {
    const end = lastNotAfter(bounds, last + 1n)
    for (let at = nextFree.from(lastNotAfter(bounds, first)); at < end; at = nextFree.from(at)) {
      owners[at] = owner
      nextFree.take(at)
    }
  }
  return owners
}

function narrowestFirst<T>(ranges: readonly OwnedRange<T>[]): readonly OwnedRange<T>[] {
  const widths = Float64Array.from(ranges, ({ first, last }) => Number(last - first))
  const order = Uint32Array.from(ranges, (_, at) => at)
  order.sort((a, b) => (widths[a] ?? 0) - (widths[b] ?? 0) || b - a)
  return Array.from(order).flatMap(at => ranges[at] ?? [])
}

/** Which of `count` places are free, each found without looking at those taken before it (union-find with halving). */
function freeStretches(count: number) {
  const next = Uint32Array.from({ length: count + 1 }, (_, at) => at)
  const after = (at: number): number => next[at] ?? count
  return {
    from(start: number): number {
      let at = start
      while (after(at) !== at) {
        next[at] = after(after(at))
        at = after(at)
      }
      return at
    },
    take(at: number): void {
      next[at] = at + 1
    },
  }
}

/** Place of the last bound that is not after the position; -1: all are. */
function lastNotAfter(bounds: readonly bigint[], position: bigint): number {
  let [low, high] = [0, bounds.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((bounds[middle] ?? 0n) <= position) low = middle + 1
    else high = middle
  }
  return low - 1
}

import type { Page } from '../store.ts'

/** Where a page ended: the sort value and id of its last row, in a list that goes downwards by (value, id). */
export interface Position {
  readonly value: number
  readonly id: string
}

/**
 * Makes a page of the rows read, one more than `limit` when there are further ones.
 * @param list names the list and its order, so that its cursors are never read in another one
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  list: string,
  map: { readonly item: (row: Row) => Item; readonly position: (row: Row) => Position },
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > limit && last !== undefined ? encode(list, map.position(last)) : null
  return { items: shown.map(map.item), next }
}

/** @returns null when the text is not a cursor of this list */
export function decodeCursor(list: string, text: string): Position | null {
  const parts = parse(Buffer.from(text, 'base64url').toString())
  if (!Array.isArray(parts)) return null
  const [name, value, id]: readonly unknown[] = parts
  if (name !== list || typeof id !== 'string') return null
  if (value === null) return { value: Number.NEGATIVE_INFINITY, id }
  return typeof value === 'number' ? { value, id } : null
}

/** JSON writes -Infinity, the sort value of "none", as null. */
const encode = (list: string, { value, id }: Position): string =>
  Buffer.from(JSON.stringify([list, value, id])).toString('base64url')

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

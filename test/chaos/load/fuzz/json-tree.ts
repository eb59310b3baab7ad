/**
 * JSON that may be broken in any place: an object may name a key twice, a leaf may be any text. `JSON.stringify` writes
 * nothing of the kind.
 */
export type Tree = Leaf | Branch | List
/** written as it is */
export interface Leaf {
  text: string
}
export interface Branch {
  entries: [key: string, value: Tree][]
}
export interface List {
  items: Tree[]
}

export function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { items: value.map(treeOf) }
  if (typeof value === 'object' && value !== null)
    return {
      entries: Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(([key, inner]) => [key, treeOf(inner)]),
    }
  return { text: JSON.stringify(value) }
}

export function written(tree: Tree): string {
  if ('text' in tree) return tree.text
  if ('items' in tree) return `[${tree.items.map(written).join(',')}]`
  return `{${tree.entries.map(([key, value]) => `${JSON.stringify(key)}:${written(value)}`).join(',')}}`
}

/** A place that holds a value: of an object or a list. */
export interface Place {
  readonly holder: Branch | List
  readonly at: number
}

export function placesIn(tree: Tree): readonly Place[] {
  if ('text' in tree) return []
  const inner = 'items' in tree ? tree.items : tree.entries.map(([, value]) => value)
  return inner.flatMap((value, at) => [{ holder: tree, at }, ...placesIn(value)])
}

export function valueAt({ holder, at }: Place): Tree | undefined {
  return 'items' in holder ? holder.items[at] : holder.entries[at]?.[1]
}

export function put({ holder, at }: Place, value: Tree): void {
  if ('items' in holder) holder.items[at] = value
  else {
    const entry = holder.entries[at]
    if (entry) entry[1] = value
  }
}

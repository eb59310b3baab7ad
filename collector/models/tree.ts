import type { Scalar } from '../contracts/model.ts'
import type { Place } from './problems.ts'

/** YAML as plain values that know where they stand in the text. */
export type Tree = MapTree | ListTree | LeafTree | RefusedTree

export interface MapTree extends Place {
  readonly kind: 'map'
  readonly value: Readonly<Record<string, unknown>>
  readonly entries: ReadonlyMap<string, Entry>
}
export interface ListTree extends Place {
  readonly kind: 'list'
  readonly value: readonly unknown[]
  readonly items: readonly Tree[]
}
export interface LeafTree extends Place {
  readonly kind: 'leaf'
  readonly value: Scalar | null
}
/** Reported already: nothing more is said of it. */
export interface RefusedTree extends Place {
  readonly kind: 'refused'
  readonly value: null
}
export interface Entry {
  /** where the key stands */
  readonly key: Place
  readonly tree: Tree
}

/** The tree under the given keys, null where there is none. */
export function treeAt(tree: Tree | null, ...keys: readonly string[]): Tree | null {
  let current = tree
  for (const key of keys) current = current?.kind === 'map' ? (current.entries.get(key)?.tree ?? null) : null
  return current
}

export const itemsOf = (tree: Tree | null): readonly Tree[] => (tree?.kind === 'list' ? tree.items : [])

export const entriesOf = (tree: Tree | null): readonly (readonly [string, Entry])[] =>
  tree?.kind === 'map' ? [...tree.entries] : []

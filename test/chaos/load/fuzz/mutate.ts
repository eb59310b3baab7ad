import type { Random } from '../../../support/random.ts'
import { hostileText, KEYS } from './hostile-json.ts'
import { type Place, placesIn, put, type Tree, treeOf, valueAt, written } from './json-tree.ts'

/** A change of one place in a tree, which it may share with others: nothing is kept. */
type Change = (place: Place, random: Random) => void

const CHANGES: readonly [Change, ...Change[]] = [
  (place, random) => put(place, { text: hostileText(random) }),
  (place, random) => put(place, { text: hostileText(random) }),
  (place, random) => put(place, { text: hostileText(random) }),
  ({ holder, at }) => void ('items' in holder ? holder.items.splice(at, 1) : holder.entries.splice(at, 1)),
  // the same key twice, or the same item: which one wins must be said once
  ({ holder, at }, random) => {
    if ('items' in holder) holder.items.push(...Array(random.pick([1, 2, 101])).fill(holder.items[at]))
    else holder.entries.push([holder.entries[at]?.[0] ?? '', { text: hostileText(random) }])
  },
  ({ holder, at }, random) => {
    const entry = 'items' in holder ? undefined : holder.entries[at]
    if (entry) entry[0] = random.pick(KEYS)
  },
  ({ holder }, random) => {
    if ('entries' in holder) holder.entries.push([random.pick(KEYS), { text: hostileText(random) }])
    else holder.items.push({ text: hostileText(random) })
  },
  // a value as a text of itself, a text as a list of it
  place => {
    const value = valueAt(place)
    if (value) put(place, { text: JSON.stringify(written(value)) })
  },
  place => {
    const value = valueAt(place)
    if (value) put(place, { items: [value] })
  },
]

/** A sound body with one to three of its places broken, as text. */
export function mutated(sound: Readonly<Record<string, unknown>>, random: Random): string {
  const tree: Tree = treeOf(sound)
  for (let changes = random.pick([1, 1, 2, 3]); changes > 0; changes -= 1) {
    const places = placesIn(tree)
    const place = places[random.whole(0, places.length - 1)]
    if (place) random.pick(CHANGES)(place, random)
  }
  return written(tree)
}

const INVALID_UTF8 = [
  'c080',
  'eda080',
  'fffe',
  'f5808080',
  '80',
  'e28028a1',
  'f0288cbc',
  '00',
  'efbbbf',
] as const

type Breaking = (bytes: Buffer, at: number, random: Random) => Buffer

const BREAKINGS: readonly [Breaking, ...Breaking[]] = [
  (bytes, at) => bytes.subarray(0, at),
  (bytes, at) => bytes.subarray(at),
  (bytes, at, random) => {
    bytes[at] = random.whole(0, 255)
    return bytes
  },
  (bytes, at, random) =>
    Buffer.concat([bytes.subarray(0, at), Buffer.from(random.pick(INVALID_UTF8), 'hex'), bytes.subarray(at)]),
  bytes => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
  bytes => Buffer.concat([bytes, bytes]),
  (bytes, at) => Buffer.concat([bytes, bytes.subarray(at)]),
  bytes => Buffer.from(bytes.toString('utf8'), 'utf16le'),
  bytes => Buffer.concat([Buffer.alloc(4_000, ' '), bytes, Buffer.alloc(100, '\n')]),
]

/** The bytes of a body, broken in one place. */
export const broken = (bytes: Buffer, random: Random): Buffer =>
  random.pick(BREAKINGS)(bytes, random.whole(0, Math.max(0, bytes.length - 1)), random)

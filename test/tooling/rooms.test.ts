import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The rooms of ARCHITECTURE.md's table and what each may import, against the tool that enforces it. */
interface Rule {
  readonly name: string
  readonly comment: string
  readonly from: { readonly path?: unknown }
}

const { forbidden }: { readonly forbidden: readonly Rule[] } = createRequire(import.meta.url)(
  '../../.dependency-cruiser.cjs',
)

const named = (name: string): boolean => !/^(npm|node):/.test(name)

/** By room: where it is, and which rooms it may import. */
const TOOL = new Map(
  forbidden.flatMap(({ name, comment, from }) => {
    const room = /^what (\w+) may import$/.exec(name)?.[1]
    const others = comment.replace('besides itself only ', '').split(', ').filter(named)
    return room ? [[room, { path: new RegExp(String(from.path)), others: new Set(others) }] as const] : []
  }),
)

const roomOf = (path: string): string => {
  const file = path.endsWith('/') ? `${path}file.ts` : path
  const [room = 'none', ...more] = [...TOOL].flatMap(([name, { path }]) => (path.test(file) ? [name] : []))
  return more.length === 0 ? room : 'several'
}

const PURE = ['identity', 'enrich', 'scoring', 'lifecycle']
const COLLECTOR = [...TOOL.keys()].filter(room => !['shared', 'snippet', 'panel', 'demo'].includes(room))

const TABLE = readFileSync('ARCHITECTURE.md', 'utf8')
  .split('\n')
  .flatMap(line => {
    const [, paths = '', , others = ''] = line.split('|').map(cell => cell.trim())
    const isRoom = /^`(shared|snippet|collector|demo-site)\//.test(paths)
    return isRoom ? [...paths.matchAll(/`([^`]+)`/g)].map(([, path = '']) => ({ path, others })) : []
  })

/** @param words `shared, contracts (types), pure rooms` */
const roomsIn = (words: string): ReadonlySet<string> =>
  new Set(
    words.split(', ').flatMap(word => {
      if (word === '–') return []
      if (word === 'pure rooms') return PURE
      return word === 'everything in collector' ? COLLECTOR : [word.replace(/ \(.*\)$/, '')]
    }),
  )

describe('the rooms of ARCHITECTURE.md', () => {
  it.each(TABLE)('$path may import what the tool allows', ({ path, others }) => {
    expect(roomsIn(others)).toEqual(TOOL.get(roomOf(path))?.others)
  })

  it('are all the rooms there are', () => {
    const files = ['shared', 'snippet', 'collector', 'demo-site'].flatMap(folder =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => join(folder, file)),
    )
    const there = [...TOOL].flatMap(([room, { path }]) => (files.some(file => path.test(file)) ? [room] : []))
    expect(new Set(TABLE.map(({ path }) => roomOf(path)))).toEqual(new Set(there))
  })
})

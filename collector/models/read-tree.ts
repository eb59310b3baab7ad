import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLError,
} from 'yaml'
import type { Scalar } from '../contracts/model.ts'
import { excessOf, MOST_NESTING } from './excess.ts'
import { type Finding, type ModelProblem, type Place, problemAt } from './problems.ts'
import type { Entry, MapTree, Tree } from './tree.ts'

export interface TreeReading {
  /** null when the text is empty or not YAML: what is in it is then anybody's guess */
  readonly tree: Tree | null
  readonly problems: readonly ModelProblem[]
}

const START: Place = { path: '', line: 1, column: 1 }

/** Reads YAML into a tree. Anchors, aliases, merge keys, tags, directives and second documents are refused. */
export function readTree(text: string): TreeReading {
  const excess = excessOf(text)
  if (excess) return { tree: null, problems: [excess] }
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  })
  const flaws = document.errors.map(error => syntaxProblem(error, lines))
  if (flaws.length > 0) return { tree: null, problems: flaws }
  if (isEmpty(document.contents)) {
    const empty: Finding = { expected: 'a scoring model', got: 'an empty file', fix: 'See docs/model.md.' }
    return { tree: null, problems: [problemAt(START, empty)] }
  }
  const problems: ModelProblem[] = []
  const reader: Reader = {
    placeOf: (node, path) => {
      const { line, col } = lines.linePos(node.range?.[0] ?? 0)
      return { path, line, column: col }
    },
    report: (place, finding) => problems.push(problemAt(place, finding)),
  }
  return { tree: treeOf(document.contents, '', 0, reader, START), problems }
}

const isEmpty = (node: Node | null): boolean => node === null || (isScalar(node) && node.value === null)

function syntaxProblem(error: YAMLError, lines: LineCounter): ModelProblem {
  const { line, col } = lines.linePos(error.pos[0])
  if (error.code === 'MULTIPLE_DOCS') {
    const several: Finding = { expected: 'one document', got: 'another one', fix: 'Remove the line `---`.' }
    return problemAt({ path: '', line, column: col }, several)
  }
  const fix = `${error.message.split('\n', 1)[0]}.`
  return problemAt({ path: '', line, column: col }, { expected: 'YAML', got: 'a syntax error', fix })
}

interface Reader {
  placeOf(node: Node, path: string): Place
  report(place: Place, finding: Finding): void
}

function treeOf(node: Node | null, path: string, depth: number, reader: Reader, parent: Place): Tree {
  if (!node) return { ...parent, path, kind: 'leaf', value: null }
  const place = reader.placeOf(node, path)
  const refusal = depth > MOST_NESTING ? TOO_DEEP : magicOf(node)
  if (refusal) {
    reader.report(place, refusal)
    return { ...place, kind: 'refused', value: null }
  }
  if (isMap(node)) return mapOf(node.items, place, depth, reader)
  if (isSeq(node)) {
    const items = node.items.map((item, index) =>
      treeOf(asNode(item), `${path}[${index}]`, depth + 1, reader, place),
    )
    return { ...place, kind: 'list', items, value: items.map(item => item.value) }
  }
  return { ...place, kind: 'leaf', value: isScalar(node) ? scalarOf(node.value) : null }
}

const TOO_DEEP: Finding = { expected: `at most ${MOST_NESTING} levels of nesting`, got: 'more' }

/** Anchors can blow a small file up, tags call code: neither has a place in an agreement that people read. */
function magicOf(node: Node): Finding | null {
  if (isAlias(node))
    return { expected: 'a value', got: `the alias *${node.source}`, fix: 'Write the value out.' }
  if (node.anchor) {
    return {
      expected: 'a plain value',
      got: `the anchor &${node.anchor}`,
      fix: 'Anchors are not part of this file.',
    }
  }
  return node.tag
    ? {
        expected: 'a plain value',
        got: `the tag ${node.tag}`,
        fix: 'Tags are not part of this file; quote text.',
      }
    : null
}

function mapOf(pairs: readonly Pair[], place: Place, depth: number, reader: Reader): MapTree {
  const entries = new Map<string, Entry>()
  for (const pair of pairs) {
    const node = asNode(pair.key)
    const name = nameOf(node)
    const path = place.path === '' ? name : `${place.path}.${name}`
    const key = node ? reader.placeOf(node, path) : { ...place, path }
    const refusal = (node && magicOf(node)) ?? refusalOf(name, entries)
    if (refusal) reader.report(key, refusal)
    else entries.set(name, { key, tree: treeOf(asNode(pair.value), path, depth + 1, reader, key) })
  }
  const value = Object.fromEntries([...entries].map(([name, { tree }]) => [name, tree.value]))
  return { ...place, kind: 'map', entries, value }
}

/** As written: `404: x` is named "404". Empty for what is no name at all. */
const nameOf = (node: Node | null): string =>
  isScalar(node) && node.value !== null ? (node.source ?? '') : ''

function refusalOf(name: string, entries: ReadonlyMap<string, Entry>): Finding | null {
  if (name === '') return { expected: 'a key that is text', got: 'another kind of key' }
  if (name === '<<') return { expected: 'a key', got: 'the merge key <<', fix: 'Write the values out.' }
  if (name in Object.prototype) return { expected: 'a name of your own', got: `the reserved word ${name}` }
  const first = entries.get(name)
  return first
    ? { expected: 'each key once', got: `${name} again`, fix: `It is also on line ${first.key.line}.` }
    : null
}

const asNode = (value: unknown): Node | null =>
  isMap(value) || isSeq(value) || isScalar(value) || isAlias(value) ? value : null

const scalarOf = (value: unknown): Scalar | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null

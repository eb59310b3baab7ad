import { quoted, type Report } from '../problems.ts'
import { nearest } from '../suggest.ts'
import { entriesOf, itemsOf, type Tree, treeAt } from '../tree.ts'

/** What a file defines, gathered even from parts with mistakes, so that one mistake does not raise a second. */
export interface DefinedNames {
  readonly categories: ReadonlySet<string>
  readonly depths: ReadonlySet<string>
  readonly formKinds: ReadonlySet<string>
  readonly lists: ReadonlySet<string>
  readonly needs: ReadonlySet<string>
  readonly fitRules: ReadonlySet<string>
  readonly engagementRules: ReadonlySet<string>
  readonly flags: ReadonlySet<string>
}

export function definedNames(file: Tree): DefinedNames {
  const keysOf = (key: string) => new Set(entriesOf(treeAt(file, key)).map(([name]) => name))
  const fit = itemsOf(treeAt(file, 'fit', 'rules'))
  const engagement = itemsOf(treeAt(file, 'engagement', 'rules'))
  return {
    categories: keysOf('pages'),
    depths: keysOf('assets'),
    formKinds: keysOf('forms'),
    lists: keysOf('lists'),
    needs: keysOf('needs'),
    fitRules: textsAt(fit, 'id'),
    engagementRules: textsAt(engagement, 'id'),
    flags: new Set([...fit, ...engagement].flatMap(rule => itemsOf(treeAt(rule, 'sets')).flatMap(textOf))),
  }
}

const textOf = (tree: Tree | null): readonly string[] => (typeof tree?.value === 'string' ? [tree.value] : [])

const textsAt = (trees: readonly Tree[], key: string): ReadonlySet<string> =>
  new Set(trees.flatMap(tree => textOf(treeAt(tree, key))))

/** A kind of name, those that are defined, and the part of the file that defines them. */
export interface ReferenceKind {
  readonly what: string
  readonly defined: ReadonlySet<string>
  readonly home: string
}

/** Reports a name that nothing defines, and where it would be defined. */
export function checkReference(tree: Tree, { what, defined, home }: ReferenceKind, report: Report): void {
  if (typeof tree.value !== 'string' || defined.has(tree.value)) return
  const near = nearest(tree.value, defined)
  const choices = defined.size === 0 ? 'none yet' : [...defined].join(', ')
  report(tree, {
    expected: `${what} defined under ${home} (${choices})`,
    got: quoted(tree.value),
    fix: near === null ? `Define it under ${home}, or mend the name.` : `Did you mean "${near}"?`,
  })
}

/** Every id of the file names one rule or gate, or explanations could not be read. */
export function checkUniqueIds(file: Tree, report: Report): void {
  const seen = new Map<string, Tree>()
  for (const keys of [['fit', 'rules'], ['engagement', 'rules'], ['disqualify']]) {
    for (const rule of itemsOf(treeAt(file, ...keys))) {
      const id = treeAt(rule, 'id')
      if (typeof id?.value !== 'string') continue
      const first = seen.get(id.value)
      if (first) {
        const fix = `It is also on line ${first.line}.`
        report(id, { expected: 'an id of its own', got: `${quoted(id.value)} again`, fix })
      } else seen.set(id.value, id)
    }
  }
}

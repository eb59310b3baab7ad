import { PAGE_CATEGORIES } from '../../enrich/lexicon/page-words/categories.ts'
import { type Place, quoted, type Report } from '../problems.ts'
import { didYouMean, nearest } from '../suggest.ts'
import { entriesOf, itemsOf, type Tree, treeAt } from '../tree.ts'
import { COMBINATORS, EVENT_KEYS, GATE_KEYS, POLICY_KEYS, TRAIT_KEYS } from './keys.ts'
import { checkReference, type DefinedNames } from './names.ts'

/**
 * Checks what a schema cannot say of a condition: names that exist, ranges the right way round, slips of the pen.
 * @param person keys that a custom trait must not be mistaken for
 */
export function checkCondition(
  tree: Tree | null,
  names: DefinedNames,
  report: Report,
  person: readonly string[] = PERSON_KEYS,
  negated = false,
): void {
  for (const [key, { key: place, tree: value }] of entriesOf(tree)) {
    if (isCombinator(key)) {
      const within = negated || key === 'none'
      for (const part of itemsOf(value)) checkCondition(part, names, report, person, within)
    } else {
      checkKey(key, place, person, report)
      checkValue(key, value, names, report)
      if (negated) checkNegation(key, place, report)
    }
  }
}

/** What fit rules may ask about. */
const PERSON_KEYS = Object.keys(TRAIT_KEYS)
/** The same for gates, and for the policy. */
export const GATE_WORDS = [...PERSON_KEYS, ...Object.keys(GATE_KEYS)]
export const POLICY_WORDS = [...PERSON_KEYS, ...Object.keys(POLICY_KEYS)]

const isCombinator = (key: string): boolean => COMBINATORS.some(combinator => combinator === key)

/** Custom traits are free; a near miss of a known one is a slip, never a wish. */
export function checkTraitName(
  name: string,
  place: Place,
  report: Report,
  known: readonly string[] = PERSON_KEYS,
): void {
  const near = nearest(name, known)
  if (near === null) return
  const fix = `Did you mean "${near}"? A trait of your own needs a name that cannot be taken for it.`
  report(place, { expected: 'a trait', got: quoted(name), fix })
}

function checkKey(key: string, place: Place, person: readonly string[], report: Report): void {
  if (!Object.hasOwn(EVENT_KEYS, key) && !key.startsWith('props.')) checkTraitName(key, place, report, person)
}

function checkNegation(key: string, place: Place, report: Report): void {
  if (key !== 'engaged' && key !== 'scroll') return
  const fix = 'It only grows while a page is read: what is not reached yet may be reached later.'
  report(place, { expected: 'a key that can stand under none', got: quoted(key), fix })
}

function checkValue(key: string, tree: Tree, names: DefinedNames, report: Report): void {
  const asked = treeAt(tree, 'not') ?? tree
  checkRange(asked, report)
  const values = asked.kind === 'list' ? asked.items : [asked]
  if (key === 'known') {
    for (const value of values) checkTraitName(String(value.value), value, report)
    return
  }
  if (key === 'page.category') checkCategories(values, names, report)
  const reference = referenceOf(key, names)
  if (!reference) return
  for (const value of values) checkReference(value, reference, report)
}

function checkRange(tree: Tree, report: Report): void {
  const from = treeAt(tree, 'from')
  const to = treeAt(tree, 'to')
  if (typeof from?.value !== 'number' || typeof to?.value !== 'number' || from.value <= to.value) return
  const fix = 'Swap from and to.'
  report(from, { expected: `a "from" of at most ${to.value}, its "to"`, got: quoted(from.value), fix })
}

/**
 * Pages have categories by default, and a rule may wait for one that no page is in yet, as the grammar's own example does; a
 * near miss is a slip.
 */
function checkCategories(values: readonly Tree[], names: DefinedNames, report: Report): void {
  const categories = new Set([...names.categories, ...PAGE_CATEGORIES])
  for (const value of values) {
    const fix = typeof value.value === 'string' ? didYouMean(value.value, categories) : null
    const expected = `a page category (${[...names.categories, 'or one of the defaults'].join(', ')})`
    if (fix !== null) report(value, { expected, got: quoted(value.value), fix })
  }
}

function referenceOf(key: string, names: DefinedNames) {
  const kinds = new Map([
    ['asset.depth', { what: 'an asset depth', defined: names.depths, home: 'assets' }],
    ['form.kind', { what: 'a form kind', defined: names.formKinds, home: 'forms' }],
    ['list', { what: 'a list', defined: names.lists, home: 'lists' }],
    ['rule', { what: 'a rule', defined: names.engagementRules, home: 'engagement.rules' }],
    ['flag', { what: 'a flag', defined: names.flags, home: 'the "sets" of a rule' }],
    ['need', { what: 'a need', defined: names.needs, home: 'needs' }],
  ])
  return kinds.get(key) ?? null
}

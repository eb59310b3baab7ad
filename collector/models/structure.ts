import type { Static, TSchema } from 'typebox'
import { describe, type Keywords, leafFits, matches, takesAnything, typeOf } from './keywords.ts'
import { quoted, type Report } from './problems.ts'
import { didYouMean } from './suggest.ts'
import type { Entry, ListTree, MapTree, Tree } from './tree.ts'

/** Holds trees against the schemas of the grammar, and reports every difference where it stands. */
export interface Structure {
  /** Reports what differs. */
  check(schema: TSchema, tree: Tree, report: Report): void
  /** The same without words: the value then has the schema's type. */
  fits<S extends TSchema>(schema: S, tree: Tree): tree is Tree & { readonly value: Static<S> }
}

export interface StructureRules {
  /** what `$ref: '#/$defs/<name>'` names */
  readonly definitions: Readonly<Record<string, TSchema>>
  /** why a key does not belong into this map, when more can be said than that it is unknown */
  readonly advise: (schema: TSchema, key: string) => string | null
}

export function structureOf(rules: StructureRules): Structure {
  return {
    check: (schema, tree, report) => checkTree(schema, tree, { ...rules, report }),
    fits: <S extends TSchema>(schema: S, tree: Tree): tree is Tree & { readonly value: Static<S> } => {
      let sound = true
      const report = () => {
        sound = false
      }
      checkTree(schema, tree, { ...rules, report })
      return sound
    },
  }
}

interface Context extends StructureRules {
  readonly report: Report
}

function checkTree(schema: TSchema, tree: Tree, context: Context): void {
  const words = keywords(schema, context)
  if (tree.kind === 'refused' || takesAnything(words)) return
  if (words.anyOf) checkUnion(words.anyOf, tree, words, context)
  else if (typeOf(words) !== typeOfTree(tree)) refuse(tree, words, context)
  else if (tree.kind === 'map') checkMap(schema, words, tree, context)
  else if (tree.kind === 'list') checkList(words, tree, context)
  else if (!leafFits(words, tree.value)) refuse(tree, words, context)
}

/** What a `$ref` names, or the schema itself. */
function resolved(schema: TSchema, { definitions }: StructureRules): TSchema {
  const { $ref }: Keywords = schema
  return ($ref === undefined ? undefined : definitions[$ref.slice('#/$defs/'.length)]) ?? schema
}

const keywords = (schema: TSchema, context: StructureRules): Keywords => resolved(schema, context)

const typeOfTree = ({ kind, value }: Tree): string =>
  kind === 'map' ? 'object' : kind === 'list' ? 'array' : value === null ? 'null' : typeof value

function refuse(tree: Tree, words: Keywords, { report }: Context): void {
  const fix =
    typeof tree.value === 'string' && words.enum ? didYouMean(tree.value, words.enum.map(String)) : null
  report(tree, { expected: describe(words), got: quoted(tree.value), fix })
}

/** Takes the one branch that the type of the value, or a key of a map, points to, so that errors are exact. */
function checkUnion(branches: readonly TSchema[], tree: Tree, words: Keywords, context: Context): void {
  const flat = branches.flatMap(branch => keywords(branch, context).anyOf ?? [branch])
  const alike = flat.filter(branch => typeOf(keywords(branch, context)) === typeOfTree(tree))
  if (tree.kind === 'map' && alike.length > 0) checkForms(alike, tree, words, context)
  else if (tree.kind === 'list' && alike[0]) checkTree(alike[0], tree, context)
  else checkChoices(alike, tree, words, context)
}

function checkForms(forms: readonly TSchema[], tree: MapTree, words: Keywords, context: Context): void {
  const chosen = forms.find(form => sharesKey(form, tree, context))
  if (chosen) checkTree(chosen, tree, context)
  else if (tree.entries.size === 0) refuse(tree, words, context)
  const known = forms.flatMap(form => Object.keys(keywords(form, context).properties ?? {}))
  if (!chosen) for (const [key, entry] of tree.entries) unknownKey(key, entry, known, null, context)
}

/** The values of an enum are worth telling; otherwise the union's own words say best what is expected. */
function checkChoices(choices: readonly TSchema[], tree: Tree, words: Keywords, context: Context): void {
  const known = choices.map(choice => keywords(choice, context))
  if (known.some(choice => leafFits(choice, tree.value))) return
  refuse(tree, known.find(choice => choice.enum) ?? words, context)
}

const sharesKey = (branch: TSchema, tree: MapTree, context: Context): boolean =>
  Object.keys(keywords(branch, context).properties ?? {}).some(key => tree.entries.has(key))

function checkList(words: Keywords, tree: ListTree, context: Context): void {
  if (tree.items.length < (words.minItems ?? 0)) refuse(tree, words, context)
  if (words.items) for (const item of tree.items) checkTree(words.items, item, context)
}

function checkMap(schema: TSchema, words: Keywords, tree: MapTree, context: Context): void {
  for (const [key, entry] of tree.entries) checkEntry(schema, words, key, entry, context)
  for (const key of words.required ?? []) checkPresence(key, tree, context)
  for (const [key, needed] of Object.entries(words.dependentRequired ?? {})) {
    for (const other of needed) checkCompany(key, other, tree, context)
  }
  if (tree.entries.size < (words.minProperties ?? 0)) {
    context.report(tree, { expected: describe(words), got: 'an empty map' })
  }
}

function checkPresence(key: string, tree: MapTree, { report }: Context): void {
  if (tree.entries.has(key)) return
  const place = { ...tree, path: tree.path === '' ? key : `${tree.path}.${key}` }
  report(place, { expected: `the key "${key}"`, got: 'none', fix: `"${key}" is required here.` })
}

function checkCompany(key: string, needed: string, tree: MapTree, { report }: Context): void {
  const entry = tree.entries.get(key)
  if (!entry || tree.entries.has(needed)) return
  report(entry.key, {
    expected: `"${needed}" beside "${key}"`,
    got: `"${key}" alone`,
    fix: `Add "${needed}".`,
  })
}

function checkEntry(schema: TSchema, words: Keywords, key: string, entry: Entry, context: Context): void {
  const expected = schemaOfKey(words, key)
  if (expected) checkTree(expected, entry.tree, context)
  else {
    const advice = context.advise(resolved(schema, context), key)
    unknownKey(key, entry, Object.keys(words.properties ?? {}), advice, context)
  }
}

function schemaOfKey(words: Keywords, key: string): TSchema | undefined {
  if (words.propertyNames && !matches(words.propertyNames.pattern, key)) return undefined
  if (words.properties && Object.hasOwn(words.properties, key)) return words.properties[key]
  for (const [pattern, schema] of Object.entries(words.patternProperties ?? {})) {
    if (matches(pattern, key)) return schema
  }
  return typeof words.additionalProperties === 'object' ? words.additionalProperties : undefined
}

function unknownKey(
  key: string,
  { key: place }: Entry,
  known: readonly string[],
  advice: string | null,
  { report }: Context,
): void {
  const expected =
    known.length === 0 ? 'a name of letters, digits, "_", "-" and "."' : `one of the keys ${known.join(', ')}`
  report(place, { expected, got: quoted(key), fix: advice ?? didYouMean(key, known) })
}

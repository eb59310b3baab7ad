import type { Condition, Scalar, ValueTest } from '../../collector/contracts/model.ts'
import { globTest } from '../../shared/glob.ts'

/** null: nobody can tell, because the value is not known. */
export type Truth = boolean | null

/** What a key stands for: one value, all of several names (flags, lists …), or null when it is not known. */
export type Value = Scalar | readonly string[] | null
export type ValueFor = (key: string) => Value

/** Whether a condition is true, false or unknown: Kleene's logic, so that one false key decides an `if`. */
export function truthOf(condition: Condition, valueFor: ValueFor): Truth {
  if ('all' in condition) return allOf(condition.all.map(part => truthOf(part, valueFor)))
  if ('any' in condition) return anyOf(condition.any.map(part => truthOf(part, valueFor)))
  if ('none' in condition) return not(anyOf(condition.none.map(part => truthOf(part, valueFor))))
  return passes(condition.key, condition.is, valueFor)
}

const not = (truth: Truth): Truth => (truth === null ? null : !truth)

const anyOf = (truths: readonly Truth[]): Truth =>
  truths.includes(true) ? true : truths.includes(null) ? null : false

const allOf = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(null) ? null : true

function passes(key: string, test: ValueTest, valueFor: ValueFor): Truth {
  if ('not' in test) return not(passes(key, test.not, valueFor))
  const value = valueFor(key)
  if ('known' in test) return test.known === isKnown(key, valueFor)
  if (value === null) return null
  return typeof value === 'object' ? anyOf(value.map(one => isTrue(one, test))) : isTrue(value, test)
}

/** A company is known by its name or by the domain of a company e-mail. */
const isKnown = (key: string, valueFor: ValueFor): boolean =>
  isThere(valueFor(key)) || (key === 'company' && isThere(valueFor(COMPANY_DOMAIN)))

const isThere = (value: Value): boolean => value !== null && (typeof value !== 'object' || value.length > 0)

export const COMPANY_DOMAIN = 'domain of the company e-mail'

type PlainTest = Exclude<ValueTest, { readonly not: ValueTest } | { readonly known: boolean }>

function isTrue(value: Scalar, test: PlainTest): Truth {
  if ('oneOf' in test) return test.oneOf.some(one => lower(one) === lower(value))
  if ('glob' in test) return globTest(test.glob)(String(value))
  if ('contains' in test) return test.contains.some(phrase => holdsPhrase(wordsIn(value), wordsIn(phrase)))
  const { from = -Infinity, to = Infinity } = test
  // How many "many" are is not known.
  return typeof value === 'number' ? reaches(value, from) && reaches(-value, -to) : null
}

/**
 * Whether a number is at least a bound. One that is nearer to it than this part of it meets it: what the last digits of a
 * sum of fading points are depends on the order of adding.
 */
export const reaches = (value: number, bound: number): boolean =>
  value >= bound || bound - value <= Math.abs(bound) * NOISE

const NOISE = 1e-12

const lower = (value: Scalar): string => String(value).toLowerCase()

const wordsIn = (value: Scalar): readonly string[] => lower(value).match(/[\p{L}\p{N}*]+/gu) ?? []

/** Whole words in a row; a `*` at an end lets the word go on there. */
const holdsPhrase = (words: readonly string[], phrase: readonly string[]): boolean =>
  words.some((_, start) => phrase.every((pattern, i) => isWord(words[start + i], pattern)))

function isWord(word: string | undefined, pattern: string): boolean {
  if (word === undefined) return false
  const stem = pattern.replaceAll('*', '')
  if (pattern.startsWith('*') && pattern.endsWith('*')) return word.includes(stem)
  if (pattern.startsWith('*')) return word.endsWith(stem)
  return pattern.endsWith('*') ? word.startsWith(stem) : word === stem
}

/** The keys a condition asks for. */
export function keysOf(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(keysOf)
  if ('any' in condition) return condition.any.flatMap(keysOf)
  return 'none' in condition ? condition.none.flatMap(keysOf) : [condition.key]
}

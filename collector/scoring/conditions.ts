import { globTest } from '../../shared/glob.ts'
import { memoByObject } from '../../shared/memo.ts'
import type { Condition, Scalar, ValueTest } from '../contracts/model.ts'

/** Kleene's three values: null is unknown, neither a match nor a mismatch (scoring.md, Fit). */
export type Truth = boolean | null

/** What is known under a key: a value; several, or none of them (lists, flags, needs); or null for unknown. */
export type Value = Scalar | readonly string[] | null
/** How one key is read from a source. */
export type KeyReader<S> = (source: S) => Value
export type Judge<S> = (source: S) => Truth

/** A condition's leaf: a key and what it is held against. */
export type KeyTest = Extract<Condition, { readonly key: string }>

/** The leaves of a condition, wherever they stand. */
export function leavesOf(condition: Condition): readonly KeyTest[] {
  if ('key' in condition) return [condition]
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : condition.none
  return parts.flatMap(leavesOf)
}

/**
 * Compiles conditions over one kind of source: how a key is read is asked once per condition, not each time it is judged.
 * Conditions are immutable data, so what is compiled is kept with them.
 */
export function compilerOver<S>(readerOf: (key: string) => KeyReader<S>): (condition: Condition) => Judge<S> {
  const compiled: (condition: Condition) => Judge<S> = memoByObject(condition => {
    if ('all' in condition) return every(condition.all.map(compiled))
    if ('any' in condition) return some(condition.any.map(compiled))
    if ('none' in condition) {
      const any = some(condition.none.map(compiled))
      return source => negate(any(source))
    }
    const [read, test] = [readerOf(condition.key), compileTest(condition.is)]
    return source => test(read(source))
  })
  return compiled
}

/** False wins over unknown: one key false and another unknown is a mismatch (scoring.md, fine print). */
function every<S>(judges: readonly Judge<S>[]): Judge<S> {
  return source => {
    let truth: Truth = true
    for (const judge of judges) {
      const one = judge(source)
      if (one === false) return false
      if (one === null) truth = null
    }
    return truth
  }
}

function some<S>(judges: readonly Judge<S>[]): Judge<S> {
  return source => {
    let truth: Truth = false
    for (const judge of judges) {
      const one = judge(source)
      if (one === true) return true
      if (one === null) truth = null
    }
    return truth
  }
}

const isKnown = (value: Value): boolean => value !== null && !(Array.isArray(value) && value.length === 0)

const negate = (truth: Truth): Truth => (truth === null ? null : !truth)

/** Compiles what a key's value is held against. Text is compared without case. */
function compileTest(is: ValueTest): (value: Value) => Truth {
  if ('known' in is) return value => isKnown(value) === is.known
  if ('not' in is) {
    const test = compileTest(is.not)
    return value => negate(test(value))
  }
  const one = compileScalar(is)
  return value => {
    if (value === null) return null
    return Array.isArray(value) ? value.some(item => one(item) === true) : one(value as Scalar)
  }
}

function compileScalar(
  is: Exclude<ValueTest, { known: boolean } | { not: ValueTest }>,
): (value: Scalar) => Truth {
  if ('oneOf' in is) {
    const wanted = new Set(is.oneOf.map(plain))
    return value => wanted.has(plain(value))
  }
  if ('glob' in is) {
    const matches = globTest(is.glob)
    return value => matches(plain(value))
  }
  if ('contains' in is) {
    const phrases = is.contains.map(phraseTest)
    return value => phrases.some(holds => holds(plain(value)))
  }
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = is
  return value => {
    const number = typeof value === 'number' ? value : numberIn(String(value))
    return number === null ? null : number >= from && number <= to
  }
}

/** Only what is plainly a number: `10-20-30` is not ten. */
const numberIn = (text: string): number | null => (/^\s*-?\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : null)

const plain = (value: Scalar): string => composed(String(value)).trim().toLowerCase()

/** NFC; ASCII is that already, and most text is ASCII. */
const composed = (text: string): string => (BEYOND_ASCII.test(text) ? text.normalize('NFC') : text)
const BEYOND_ASCII = /[^\0-\x7f]/

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u

/**
 * Whole words, so that `intern` is not found in "International"; a `*` at an end of the phrase lets the word go on
 * there (our choice: substrings would subtract points from the wrong people).
 */
function phraseTest(phrase: string): (text: string) => boolean {
  const words = plain(phrase.replace(/^\*|\*$/g, ''))
  const openStart = phrase.startsWith('*')
  const openEnd = phrase.endsWith('*')
  return text => {
    if (words === '') return false
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
      const starts = openStart || !LETTER_OR_DIGIT.test(text[at - 1] ?? '')
      const ends = openEnd || !LETTER_OR_DIGIT.test(text[at + words.length] ?? '')
      if (starts && ends) return true
    }
    return false
  }
}

import { globTest } from '../../shared/glob.ts'
import { memoByObject } from '../../shared/memo.ts'
import type { Condition, Scalar, ValueTest } from '../contracts/model.ts'

/** Kleene's three values: null is unknown, neither a match nor a mismatch (scoring.md, Fit). */
export type Truth = boolean | null

/** What is known under a key: a value; several, or none of them (lists, flags, needs); or null for unknown. */
export type Value = Scalar | readonly string[] | null
export type Reader = (key: string) => Value
export type Judge = (read: Reader) => Truth

/** A condition's leaf: a key and what it is held against. */
export type KeyTest = Extract<Condition, { readonly key: string }>

/** The leaves of a condition, wherever they stand. */
export function leavesOf(condition: Condition): readonly KeyTest[] {
  if ('key' in condition) return [condition]
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : condition.none
  return parts.flatMap(leavesOf)
}

/** Compiles a condition of the model once; conditions are immutable data, so the result is kept with them. */
export const compileCondition: (condition: Condition) => Judge = memoByObject(compile)

function compile(condition: Condition): Judge {
  if ('all' in condition) return every(condition.all.map(compileCondition))
  if ('any' in condition) return some(condition.any.map(compileCondition))
  if ('none' in condition) {
    const any = some(condition.none.map(compileCondition))
    return read => negate(any(read))
  }
  const test = compileTest(condition.is)
  return read => test(read(condition.key))
}

/** False wins over unknown: one key false and another unknown is a mismatch (scoring.md, fine print). */
function every(judges: readonly Judge[]): Judge {
  return read => {
    let truth: Truth = true
    for (const judge of judges) {
      const one = judge(read)
      if (one === false) return false
      if (one === null) truth = null
    }
    return truth
  }
}

function some(judges: readonly Judge[]): Judge {
  return read => {
    let truth: Truth = false
    for (const judge of judges) {
      const one = judge(read)
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

const plain = (value: Scalar): string => String(value).normalize('NFC').trim().toLowerCase()

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

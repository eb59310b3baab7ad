import { ANSWERS_KEPT, memo } from '../../shared/memo.ts'
import { SALUTATIONS } from './lexicon/answers.ts'
import {
  DOCTORATES,
  HONORIFICS,
  NAME_PARTICLES,
  NAME_SUFFIXES,
  SURNAME_TITLES,
} from './lexicon/name-words.ts'

/** First and last name, each null where nobody could tell. */
type Names = readonly [first: string | null, last: string | null]

const UNKNOWN: Names = [null, null]

/** Written without a word between, and the family's name first. */
const FAMILY_FIRST = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u30fc]+$/u
/** `Иванович`, `Петровна`, `Ильинична`: the father's name, which stands after the first name. */
const PATRONYMIC = /(?:ович|евич|ьич|овна|евна|ична|инична)$/iu

/**
 * First and last name of a full one: `Ada Lovelace`, `Lovelace, Ada`, `Dr. Ada Lovelace`, `Ludwig van Beethoven`,
 * `LOVELACE Ada`, `Иванов Иван Иванович`, `山田 太郎`. Of more words without a sign we cannot tell which is which.
 */
export const namesIn = memo(ANSWERS_KEPT, (fullName): Names => {
  const [before = '', after, ...more] = fullName.split(',').map(part => part.trim())
  const given = after === undefined || isSuffix(after) ? null : after
  if (more.some(part => !isSuffix(part))) return UNKNOWN
  if (given !== null) return reversed(telling(before), telling(given))
  const names = telling(before)
  return names.length === 1 && isSurnameTitled(before) ? [null, names[0] ?? null] : namesOf(names)
})

/** `Lovelace, Ada` */
const reversed = (family: readonly string[], given: readonly string[]): Names =>
  family.length === 0 || given.length === 0 ? UNKNOWN : [given.join(' '), family.join(' ')]

function namesOf(words: readonly string[]): Names {
  const [one, two, three, ...more] = words
  if (one === undefined || two === undefined) return UNKNOWN
  if (three === undefined) return twoNames(one, two)
  const family = words.findIndex((word, i) => i > 0 && NAME_PARTICLES.has(word.toLowerCase()))
  if (family === 1) return [one, words.slice(1).join(' ')]
  if (more.length > 0) return UNKNOWN
  if (PATRONYMIC.test(three)) return [two, one]
  return PATRONYMIC.test(two) ? [one, three] : UNKNOWN
}

/** `Иван Петрович` is addressed by the father's name: the family's is not said. */
function twoNames(one: string, two: string): Names {
  if (PATRONYMIC.test(two)) return [one, null]
  return isFamilyFirst(one, two) ? [two, one] : [one, two]
}

/** The family's name comes first where scripts say so, or where it alone is written in capitals. */
const isFamilyFirst = (one: string, two: string): boolean =>
  (FAMILY_FIRST.test(one) && FAMILY_FIRST.test(two)) || (isCapitals(one) && !isCapitals(two))

const isCapitals = (word: string): boolean =>
  /\p{Lu}.*\p{Lu}/u.test(word) && word === word.toUpperCase() && word !== word.toLowerCase()

/** The words of a name without forms of address, degrees and initials in the middle. */
function telling(part: string): readonly string[] {
  const words = part.split(/\s+/).filter(word => word !== '')
  const addressed = words.findIndex(word => !isHonorific(word))
  const named = words.slice(Math.max(0, addressed)).filter((word, i) => i === 0 || !isSuffix(word))
  return addressed < 0
    ? []
    : named.filter((word, i) => i === 0 || i === named.length - 1 || !/^\p{L}\.?$/u.test(word))
}

const isHonorific = (word: string): boolean =>
  HONORIFICS.has(bare(word)) || DOCTORATES.has(word.toLowerCase())
const isSurnameTitled = (name: string): boolean => SURNAME_TITLES.has(bare(name.split(/\s/, 1)[0] ?? ''))

/** `Mr` where a first name was asked for. */
const isSalutation = (text: string): boolean =>
  isHonorific(text) && SALUTATIONS.has(text.toLowerCase().replace(/\.$/, ''))

const isSuffix = (word: string): boolean => NAME_SUFFIXES.has(bare(word))

const bare = (word: string): string =>
  word
    .normalize('NFC')
    .toLowerCase()
    .replace(/[.,"'״׳”’-]/g, '')

/** A full name of a first and a last one, in the order of their script. */
export const fullNameOf = (first: string, last: string): string =>
  FAMILY_FIRST.test(first) && FAMILY_FIRST.test(last) ? `${last}${first}` : `${first} ${last}`

/** What no person and no company is called: markup, addresses, code. */
const MARKUP = /[@<>{}]|\w:\/\/|&(?:lt|gt|amp|quot|nbsp|#x?\w+);|\[\/?url|javascript:/i
/** A page's address; companies may be called like theirs. */
const ADDRESS = /\bwww\.|\.(?:com|net|org|info|biz|ru|xyz|top|site|online|shop|club|pro|dev|io)\b|\S\/\S+\//i
/** our choice: the longest names on passports stay below */
const PERSON_CHARS = 100

/** A company's name or a job title, NFC, or null when it holds no letter, an address or markup. */
export const titleOrNull = (text: string): string | null =>
  MARKUP.test(text) || !/\p{L}/u.test(text) ? null : text.normalize('NFC')

/** A person's name: neither of these, nor a page's address. */
export const personNameOrNull = (text: string): string | null =>
  text.length > PERSON_CHARS || ADDRESS.test(text) ? null : titleOrNull(text)

/** What somebody answers who is asked for the first name, `Mr` not being one. */
export const firstNameOrNull = (text: string): string | null =>
  isSalutation(text) ? null : personNameOrNull(text)

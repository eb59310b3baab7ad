import { addPhrase, emptyIndex, lowestRankAt } from './phrase-index.ts'

/** Text as words, and lexicons of phrases over them: how field labels and job titles are understood. */

type Language =
  | 'en'
  | 'de'
  | 'fr'
  | 'es'
  | 'it'
  | 'nl'
  | 'pt'
  | 'pl'
  | 'cs'
  | 'bg'
  | 'ru'
  | 'uk'
  | 'he'
  | 'ja'
  | 'sk'
  | 'hr'
  | 'hu'
  | 'ro'
  | 'tr'
  | 'el'
  | 'sv'
  | 'da'
  | 'no'
  | 'fi'
  | 'lt'

/**
 * A meaning and the phrases that carry it, comma-separated, by language. A phrase is words in a row; `stem*`, `*stem` and
 * `*stem*` stand for words that contain it, `…` for any words between, and `=` before a phrase asks for the whole text.
 * In a lexicon the first entry with a matching phrase wins, so the narrow ones come first.
 */
export interface LexiconEntry<M extends string> {
  readonly means: M
  readonly phrases: Readonly<Partial<Record<Language, string>>>
}

/** Longer texts are not names of things (our choice: the longest real label in view had 140 characters). */
const TEXT_CHARS = 200

const LETTERS: Readonly<Record<string, string>> = { ł: 'l', ß: 'ss', ø: 'o', æ: 'ae', đ: 'd', ı: 'i' }
/** Cyrillic letters that look Latin, for words that mix both scripts */
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ј: 'j',
}

/**
 * Lower-case words without accents: `companyName`, `company_name` and `Company name` give the same two. An address in the
 * text is an example of an answer and says nothing.
 */
export function wordsOf(text: string): readonly string[] {
  const spaced = text
    .slice(0, TEXT_CHARS)
    .replace(/\S+@\S+/g, ' ')
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
  return (
    fold(spaced)
      .match(/\p{L}+|\p{N}+/gu)
      ?.map(unmix) ?? []
  )
}

/** Text for looking names up: lower case, no accents, words with single spaces between; of a long one its beginning. */
export const spelling = (text: string): string =>
  fold(text.slice(0, TEXT_CHARS))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Lower case, no accents, no quotation marks inside Hebrew abbreviations (מנכ״ל → מנכל). */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/(?<=\p{Script=Hebrew})["'״׳”’](?=\p{Script=Hebrew})/gu, '')
    .toLowerCase()
    .replace(/[łßøæđı]/g, letter => LETTERS[letter] ?? letter)

const unmix = (word: string): string =>
  /[a-z]/.test(word) && /\p{Script=Cyrillic}/u.test(word)
    ? word.replace(/\p{Script=Cyrillic}/gu, letter => LOOKALIKES[letter] ?? letter)
    : word

/** The meaning of the first entry that matches the words, or null. Time grows with the words, not with the lexicon. */
export function compileLexicon<M extends string>(
  entries: readonly LexiconEntry<M>[],
): (words: readonly string[]) => M | null {
  const index = emptyIndex()
  entries.forEach((entry, rank) => {
    for (const list of Object.values(entry.phrases))
      for (const text of list.split(',')) addPhrase(index, fold(text).trim(), rank)
  })
  return words => {
    const best = words.reduce((rank, _, at) => lowestRankAt(index, words, at, rank), entries.length)
    return entries[best]?.means ?? null
  }
}

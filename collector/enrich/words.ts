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

/** Text for looking names up: lower case, no accents, words with single spaces between. */
export const spelling = (text: string): string =>
  fold(text)
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

interface Phrase {
  /** place of its entry in the lexicon: the lowest wins */
  readonly rank: number
  /** must be the whole text */
  readonly whole: boolean
  readonly tests: readonly WordTest[]
}
type WordTest = ((word: string) => boolean) | 'gap'

/** Phrases by what their first word is, begins with, ends with or holds: a word looks up its parts in any lexicon's size. */
interface PhraseIndex {
  readonly byWord: Map<string, Phrase[]>
  readonly byStem: Map<string, Phrase[]>
  readonly byEnding: Map<string, Phrase[]>
  readonly byPart: Map<string, Phrase[]>
  /** characters; longer parts of a word are not looked up */
  longestPart: number
}

/** The meaning of the first entry that matches the words, or null. Time grows with the words, not with the lexicon. */
export function compileLexicon<M extends string>(
  entries: readonly LexiconEntry<M>[],
): (words: readonly string[]) => M | null {
  const index: PhraseIndex = {
    byWord: new Map(),
    byStem: new Map(),
    byEnding: new Map(),
    byPart: new Map(),
    longestPart: 0,
  }
  entries.forEach((entry, rank) => {
    for (const list of Object.values(entry.phrases))
      for (const text of list.split(',')) addPhrase(index, text.trim(), rank)
  })
  return words => {
    const best = words.reduce((rank, _, at) => lowestRankAt(index, words, at, rank), entries.length)
    return entries[best]?.means ?? null
  }
}

/** The lowest rank, below `limit`, of a phrase that stands at this word; else `limit`. */
function lowestRankAt(index: PhraseIndex, words: readonly string[], at: number, limit: number): number {
  let lowest = limit
  for (const phrases of beginningWith(index, words[at] ?? '')) {
    for (const phrase of phrases) {
      if (phrase.rank < lowest && matches(phrase, words, at)) lowest = phrase.rank
    }
  }
  return lowest
}

function addPhrase(index: PhraseIndex, text: string, rank: number): void {
  const patterns = text.replace(/^=/, '').split(/\s+/)
  const [first = ''] = patterns
  const phrase: Phrase = { rank, whole: text.startsWith('='), tests: patterns.map(wordTest) }
  const key = fold(first.replaceAll('*', ''))
  const place = placeOf(index, first)
  if (place === index.byPart) index.longestPart = Math.max(index.longestPart, key.length)
  addTo(place, key, phrase)
}

function placeOf({ byWord, byStem, byEnding, byPart }: PhraseIndex, pattern: string): Map<string, Phrase[]> {
  if (pattern.startsWith('*')) return pattern.endsWith('*') ? byPart : byEnding
  return pattern.endsWith('*') ? byStem : byWord
}

function addTo(index: Map<string, Phrase[]>, key: string, phrase: Phrase): void {
  const phrases = index.get(key)
  if (phrases) phrases.push(phrase)
  else index.set(key, [phrase])
}

function beginningWith(index: PhraseIndex, word: string): readonly Phrase[][] {
  const found: Phrase[][] = []
  const look = (place: ReadonlyMap<string, Phrase[]>, part: string) => {
    const phrases = place.get(part)
    if (phrases) found.push(phrases)
  }
  look(index.byWord, word)
  for (let from = 0; from < word.length; from++) {
    look(index.byStem, word.slice(0, from + 1))
    look(index.byEnding, word.slice(from))
    const end = Math.min(word.length, from + index.longestPart)
    for (let to = from + 1; to <= end; to++) look(index.byPart, word.slice(from, to))
  }
  return found
}

function wordTest(pattern: string): WordTest {
  if (pattern === '…') return 'gap'
  const body = fold(pattern.replaceAll('*', ''))
  if (pattern.startsWith('*') && pattern.endsWith('*')) return word => word.includes(body)
  if (pattern.startsWith('*')) return word => word.endsWith(body)
  if (pattern.endsWith('*')) return word => word.startsWith(body)
  return word => word === body
}

/** A gap takes the first place where the word after it matches; lexicons use at most one a phrase. */
function matches({ whole, tests }: Phrase, words: readonly string[], start: number): boolean {
  if (whole && (start > 0 || tests.length !== words.length)) return false
  let at = start
  let gap = false
  for (const test of tests) {
    if (test === 'gap') {
      gap = true
      continue
    }
    const found = gap ? words.findIndex((word, i) => i >= at && test(word)) : at
    const word = words[found]
    if (word === undefined || !test(word)) return false
    at = found + 1
    gap = false
  }
  return true
}

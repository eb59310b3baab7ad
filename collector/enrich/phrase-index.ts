/** Where the phrases of a lexicon begin: matching them to words. */

/** `…` as it is when folded */
const GAP = '...'

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

export const emptyIndex = (): PhraseIndex => ({
  byWord: new Map(),
  byStem: new Map(),
  byEnding: new Map(),
  byPart: new Map(),
  longestPart: 0,
})

/** The lowest rank, below `limit`, of a phrase that stands at this word; else `limit`. */
export function lowestRankAt(
  index: PhraseIndex,
  words: readonly string[],
  at: number,
  limit: number,
): number {
  let lowest = limit
  for (const phrases of beginningWith(index, words[at] ?? '')) {
    for (const phrase of phrases) {
      if (phrase.rank < lowest && matches(phrase, words, at)) lowest = phrase.rank
    }
  }
  return lowest
}

/** @param text a phrase as lexicons write them (words.ts), folded */
export function addPhrase(index: PhraseIndex, text: string, rank: number): void {
  const patterns = text.replace(/^=/, '').split(/\s+/)
  const [first = ''] = patterns
  const phrase: Phrase = { rank, whole: text.startsWith('='), tests: patterns.map(wordTest) }
  const key = first.replaceAll('*', '')
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
  if (pattern === GAP) return 'gap'
  const body = pattern.replaceAll('*', '')
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

import { memo } from '../../shared/memo.ts'
import { FILLERS, TOPIC_HEADS, TOPIC_WORDS } from './lexicon/page-words/around.ts'
import { BUYING_PAGES } from './lexicon/page-words/buying.ts'
import { PAGE_CATEGORIES, type PageCategory } from './lexicon/page-words/categories.ts'
import { COMPANY_PAGES } from './lexicon/page-words/company.ts'
import { READING_PAGES } from './lexicon/page-words/reading.ts'
import { soundOf, umlautSpelled } from './transliteration.ts'
import { wordsOf } from './words.ts'

/** What one part of a path (`plans-and-pricing`) says. */
export interface PartReading {
  readonly category: PageCategory
  /** nothing else stands in it */
  readonly isWhole: boolean
}

interface Entry {
  readonly category: PageCategory
  /** counts only where nothing else stands */
  readonly isAlone: boolean
}

interface Hit extends Entry {
  readonly from: number
  readonly to: number
}

/** Words of the longest phrase that is looked for. */
const PHRASE_WORDS = 5
/** Words besides a phrase, at most: a longer part of a path is the title of an article (our choice). */
const STRANGERS = 3
/** Sites repeat the names of their folders. */
const PARTS_KEPT = 10_000
/** Shorter words sound like too much else. */
const SOUND_CHARS = 4

const CYRILLIC = /\p{Script=Cyrillic}/u

const RANK: ReadonlyMap<PageCategory, number> = new Map(PAGE_CATEGORIES.map((name, rank) => [name, rank]))
const FILLING: ReadonlySet<string> = new Set([...FILLERS].flatMap(wordsOf))
const OPENERS: ReadonlySet<string> = new Set([...TOPIC_WORDS].flatMap(wordsOf))
const HEADS: ReadonlySet<string> = new Set([...TOPIC_HEADS].flatMap(wordsOf))

/** Phrases by their words, and those of Cyrillic languages by their sound. */
const BY_WORDS = new Map<string, Entry>()
const BY_SOUND = new Map<string, Entry>()

for (const { means, phrases } of [...BUYING_PAGES, ...READING_PAGES, ...COMPANY_PAGES])
  for (const list of Object.values(phrases)) for (const phrase of list.split(',')) learn(phrase.trim(), means)

function learn(phrase: string, category: PageCategory): void {
  const entry = { category, isAlone: phrase.startsWith('=') }
  for (const spelling of new Set([phrase, umlautSpelled(phrase)])) {
    const words = wordsOf(spelling)
    for (const key of [words.join(' '), words.join('')]) put(BY_WORDS, key, entry)
  }
  if (CYRILLIC.test(phrase)) learnSound(wordsOf(phrase).map(soundOf).join(' '), entry)
}

function learnSound(sound: string, entry: Entry): void {
  if (sound.length >= SOUND_CHARS) put(BY_SOUND, sound, entry)
}

/** Of languages that share a word, the first gives its category; it stands beside others if it does so in one of them. */
function put(entries: Map<string, Entry>, key: string, entry: Entry): void {
  const known = entries.get(key)
  if (known === undefined) entries.set(key, entry)
  else if (known.category === entry.category)
    entries.set(key, { ...entry, isAlone: known.isAlone && entry.isAlone })
}

/** Null: it says nothing of what the page is. */
export const readPart = memo(PARTS_KEPT, (part): PartReading | null => {
  const words = wordsOf(part)
  const found = hitsIn(words)
  const hits = ofTopic(words, found)
  const strangers = words.flatMap((word, at) => (found.some(includes(at)) || isFiller(word) ? [] : [at]))
  if (strangers.length === 0) return reading(hits, true)
  if (strangers.length > STRANGERS) return null
  const [first = 0, last = 0] = [strangers[0], strangers.at(-1)]
  const atAnEnd = hits.filter(({ isAlone, from, to }) => !isAlone && (to <= first || from > last))
  return reading(atAnEnd, false)
})

const includes =
  (at: number) =>
  ({ from, to }: Hit): boolean =>
    from <= at && at < to

/** Where a part is about a matter (`pricing-software`, `guide-to-careers`), only what says so itself tells what it is. */
function ofTopic(words: readonly string[], hits: readonly Hit[]): readonly Hit[] {
  const end = words.findLastIndex(word => !isFiller(word))
  const marks = words.flatMap((word, at) =>
    OPENERS.has(word) || (at === end && HEADS.has(word)) ? [at] : [],
  )
  return marks.length === 0 ? hits : hits.filter(hit => marks.some(at => includes(at)(hit)))
}

function reading(hits: readonly Entry[], isWhole: boolean): PartReading | null {
  const [best] = hits.toSorted((a, b) => rankOf(a) - rankOf(b))
  return best ? { category: best.category, isWhole } : null
}

const rankOf = ({ category }: Entry): number => RANK.get(category) ?? RANK.size

const isFiller = (word: string): boolean => word.length === 1 || FILLING.has(word) || /^\p{N}+$/u.test(word)

/** Phrases from left to right, the longest first, none within another. */
function hitsIn(words: readonly string[]): readonly Hit[] {
  const sounds = words.map(soundOf)
  const hits: Hit[] = []
  for (let at = 0; at < words.length; at = Math.max(at + 1, hits.at(-1)?.to ?? 0)) {
    const hit = longestAt(words, sounds, at)
    if (hit) hits.push(hit)
  }
  return hits
}

function longestAt(words: readonly string[], sounds: readonly string[], from: number): Hit | null {
  for (let to = Math.min(from + PHRASE_WORDS, words.length); to > from; to--) {
    const entry =
      BY_WORDS.get(words.slice(from, to).join(' ')) ?? BY_SOUND.get(sounds.slice(from, to).join(' '))
    if (entry) return { ...entry, from, to }
  }
  return null
}

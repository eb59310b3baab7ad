import { ANSWERS_KEPT, memo } from '../../shared/memo.ts'
import { INDUSTRIES, INDUSTRY_NOISE } from './lexicon/industries.ts'
import { spelling } from './words.ts'

const BY_SPELLING: ReadonlyMap<string, string> = new Map(
  Object.entries(INDUSTRIES).flatMap(([name, spellings]) =>
    [name, ...spellings.split(',')].map(text => [spelling(text), name] as const),
  ),
)

/** Two industries in one answer (`Banking / Insurance`) */
const BETWEEN = /[/,;|&+()]|\s[-–—]\s|(?<!\p{L})(?:and|und|et|y|e|i|и|та|і|en)(?!\p{L})/iu

/**
 * The industry's canonical name, or the text as it was given. Of several in one answer the first, when all of them are
 * known: a word that is not might change the meaning of the rest.
 */
export const industryNamed = memo(ANSWERS_KEPT, (text): string => {
  const whole = known(text)
  if (whole !== null) return whole
  const parts = text.split(BETWEEN).filter(part => spelling(part) !== '')
  const [first, ...others] = parts.map(known)
  return first && others.length > 0 && !others.includes(null) ? first : text
})

/** As it is spelled, then without the words that every industry bears (`Retail sector`, „branża budowlana"). */
function known(text: string): string | null {
  const spelled = spelling(text)
  const telling = spelled.split(' ').filter(word => !INDUSTRY_NOISE.has(word))
  return BY_SPELLING.get(spelled) ?? BY_SPELLING.get(telling.join(' ')) ?? null
}

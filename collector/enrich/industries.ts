import { INDUSTRIES } from './lexicon/industries.ts'
import { spelling } from './words.ts'

const BY_SPELLING: ReadonlyMap<string, string> = new Map(
  Object.entries(INDUSTRIES).flatMap(([name, spellings]) =>
    [name, ...spellings.split(',')].map(text => [spelling(text), name] as const),
  ),
)

/** The industry's canonical name, or the text as it was given. */
export const industryNamed = (text: string): string => BY_SPELLING.get(spelling(text)) ?? text

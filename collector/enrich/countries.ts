import { ANSWERS_KEPT, memo } from '../../shared/memo.ts'
import {
  COUNTRY_ALIASES,
  COUNTRY_CODES,
  COUNTRY_CODES_3,
  COUNTRY_LANGUAGES,
  GENERIC_ENDINGS,
  OTHER_ENDINGS,
} from './lexicon/country-names.ts'
import { spelling } from './words.ts'

let bySpelling: ReadonlyMap<string, string> | null = null

/** ISO 3166-1 alpha-2 of a code or a country's name in any of our languages, or the text as it was given. */
export const countryNamed = memo(ANSWERS_KEPT, (text): string => {
  const code = text.trim().toUpperCase()
  if (COUNTRY_CODES.includes(code)) return code
  bySpelling ??= spellings()
  const names = bySpelling
  return (
    names.get(spelling(text)) ??
    insideBrackets(text, names) ??
    names.get(withoutForm(text)) ??
    countryOfFlag(text) ??
    text
  )
})

/** `Republic of Ireland`, `The Gambia`, spelled out before a name … */
const FORM_BEFORE =
  /^(?:(?:\p{L}+ )*(?:republic|kingdom|commonwealth|federation|principality|sultanate|grand duchy) of )?(?:the )?(?=\p{L})/u
/** … and as ISO's own list has it, behind: `Korea, Republic of`, `Iran (Islamic Republic of)`, `Bahamas, The`. */
const FORM_BEHIND =
  /[,(]\s*(?:the|(?:the )?(?:[\p{L}'’]+ )*(?:republic|kingdom|states?|federation|commonwealth) of(?: the)?)\)?$/iu

const withoutForm = (text: string): string =>
  spelling(text.trim().replace(FORM_BEHIND, '')).replace(FORM_BEFORE, '')

/** 🇧🇬 are two letters of their own, which spell the code. */
function countryOfFlag(text: string): string | null {
  const letters = text.match(/[\u{1f1e6}-\u{1f1ff}]/gu) ?? []
  const code = letters.map(letter =>
    String.fromCodePoint((letter.codePointAt(0) ?? 0) - REGIONAL_A + LATIN_A),
  )
  return COUNTRY_CODES.find(one => one === code.join('')) ?? null
}

const REGIONAL_A = 0x1f1e6
const LATIN_A = 0x41

/** `Bulgaria (България)`, `Germany / Deutschland`, `Bulgaria (BG)`: a list's country in two spellings, both the same. */
function insideBrackets(text: string, names: ReadonlyMap<string, string>): string | null {
  const [first, ...others] = text
    .split(/[()/|–—]|\s-\s/)
    .map(part => spelling(part))
    .filter(part => part !== '')
    .map(part => names.get(part) ?? null)
  return first !== undefined && others.length > 0 && others.every(other => other === first) ? first : null
}

/** Names come from the platform's Unicode data (CLDR): 250 countries in every language, kept current by others. */
function spellings(): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const language of COUNTRY_LANGUAGES) {
    const inLanguage = new Intl.DisplayNames([language], { type: 'region' })
    for (const code of COUNTRY_CODES) {
      const name = spelling(inLanguage.of(code) ?? code)
      if (!names.has(name)) names.set(name, code)
    }
  }
  COUNTRY_CODES.forEach((code, i) => {
    names.set(spelling(code), code)
    names.set(spelling(COUNTRY_CODES_3[i] ?? code), code)
  })
  for (const [code, aliases] of Object.entries(COUNTRY_ALIASES)) {
    for (const alias of aliases.split(',')) names.set(spelling(alias), code)
  }
  return names
}

/** The country whose ending a host bears (`acme.bg`, `acme.co.uk`), or null where the ending is open to everybody. */
export const countryOfHost = memo(ANSWERS_KEPT, (host): string | null => {
  const ending = host.toLowerCase().replace(/\.$/, '').split('.').at(-1) ?? ''
  if (GENERIC_ENDINGS.has(ending)) return null
  const code = Object.hasOwn(OTHER_ENDINGS, ending) ? OTHER_ENDINGS[ending] : ending.toUpperCase()
  return code !== undefined && host.includes('.') && COUNTRY_CODES.includes(code) ? code : null
})

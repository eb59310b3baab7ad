import { COUNTRY_ALIASES, COUNTRY_CODES, COUNTRY_LANGUAGES } from './lexicon/country-names.ts'
import { spelling } from './words.ts'

let bySpelling: ReadonlyMap<string, string> | null = null

/** ISO 3166-1 alpha-2 of a code or a country's name in any of our languages, or the text as it was given. */
export function countryNamed(text: string): string {
  const code = text.trim().toUpperCase()
  if (COUNTRY_CODES.includes(code)) return code
  bySpelling ??= spellings()
  return bySpelling.get(spelling(text)) ?? text
}

/** Names come from the platform's Unicode data (CLDR): 250 countries in every language, kept current by others. */
function spellings(): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const language of COUNTRY_LANGUAGES) {
    const inLanguage = new Intl.DisplayNames([language], { type: 'region' })
    for (const code of COUNTRY_CODES) names.set(spelling(inLanguage.of(code) ?? code), code)
  }
  for (const [code, aliases] of Object.entries(COUNTRY_ALIASES)) {
    for (const alias of aliases.split(',')) names.set(spelling(alias), code)
  }
  return names
}

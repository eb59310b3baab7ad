/** How words of one script are written in another: paths of sites hold them in many ways (цены: tseny, ceny, czeny). */

const LATIN: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  е: 'e',
  є: 'e',
  ж: 'z',
  з: 'z',
  и: 'i',
  і: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'c',
  ч: 'c',
  ш: 's',
  щ: 'st',
  ъ: 'a',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'u',
  я: 'a',
}

/** Letters that one system of transliteration writes where another writes the second; the narrow ones first. */
const SAME_SOUND: readonly (readonly [RegExp, string])[] = [
  [/shch|sch|sht/g, 'st'],
  [/tz|ts|cz|ch/g, 'c'],
  [/kh|x/g, 'h'],
  [/zh/g, 'z'],
  [/sh/g, 's'],
  [/[yji]+([auoe])/g, '$1'],
  [/[yj]/g, 'i'],
  [/w/g, 'v'],
  [/([a-z])\1+/g, '$1'],
]

/**
 * A key that a Cyrillic word shares with its transliterations.
 * @param word lower case, without accents (`wordsOf`)
 */
export function soundOf(word: string): string {
  const latin = word.replace(/\p{Script=Cyrillic}/gu, letter => LATIN[letter] ?? letter)
  return SAME_SOUND.reduce((text, [letters, sound]) => text.replace(letters, sound), latin)
}

const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' }

/** `über uns` is written `ueber-uns`, too. */
export const umlautSpelled = (text: string): string =>
  text.normalize('NFC').replace(/[äöüøå]/g, letter => UMLAUTS[letter] ?? letter)

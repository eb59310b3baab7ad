/** Finds and blots an address or a phone number in what people said, however they wrote it. */
export interface Mentions {
  /** Whether it stands in a text of this JSON: a key, a string, a number. */
  areIn(json: string): boolean
  /** The JSON without it. */
  blottedJson(json: string): string
  blotted(text: string): string
}

const BLOT = '[erased]'

/** @param texts addresses and numbers as identifiers have them: NFC, lower case; E.164 or digits */
export function mentionsOf(texts: readonly string[]): Mentions {
  const patterns = texts.map(patternOf)
  const hints = texts.map(hintOf)
  const blotted = (text: string): string =>
    patterns.reduce((rest, pattern) => rest.replace(pattern, BLOT), text)
  const isNamed = (text: string): boolean => blotted(text) !== text
  return {
    areIn: json => hints.some(hint => hint.test(json)) && someText(parsed(json), isNamed),
    blottedJson: json => JSON.stringify(eachText(parsed(json), blotted)),
    blotted,
  }
}

const patternOf = (text: string): RegExp => (text.includes('@') ? addressPattern(text) : numberPattern(text))

/** What JSON that holds the text matches, read as it is: most of it need not be parsed. */
const hintOf = (text: string): RegExp =>
  text.includes('@')
    ? new RegExp(spellingsOf(text), 'iu')
    : new RegExp(digitsOf(text).join(String.raw`(?:${BETWEEN}|\\[a-z0-9]+)*`), 'u')

/** A base character with its marks. */
const CHARACTERS = /\P{M}\p{M}*/gu

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** In any case and normal form; `joanna@acme.example` does not name `anna@acme.example`. */
function addressPattern(address: string): RegExp {
  const before = String.raw`(?<![\p{L}\p{M}\p{N}_]|[\p{L}\p{M}\p{N}_][.+%'\-])`
  const after = String.raw`(?![\p{L}\p{M}\p{N}]|[.\-][\p{L}\p{N}])`
  return new RegExp(before + spellingsOf(address) + after, 'giu')
}

const spellingsOf = (address: string): string =>
  (address.match(CHARACTERS) ?? [])
    .map(character => {
      const spellings = casesOf(character).flatMap(one => [one.normalize('NFC'), one.normalize('NFD')])
      return `(?:${[...new Set(spellings)].map(literal).join('|')})`
    })
    .join('')

/** Of letters alone that are written back: `SS` is not `ß`. */
const casesOf = (character: string): readonly string[] => {
  const upper = character.normalize('NFC').toUpperCase().normalize('NFC')
  return upper.toLowerCase() === character ? [character, upper] : [character]
}

/** What people put between digits, and before a number that says its country. */
const BETWEEN = String.raw`(?:\(0\)|[\s().\-\u2010-\u2015/])`

/** The same digits, whatever is between them. */
function numberPattern(number: string): RegExp {
  const country = number.startsWith('+') ? String.raw`(?:[+＋]\s*|[0０][0０]${BETWEEN}*)?` : ''
  return new RegExp(String.raw`(?<!\p{Nd})${country}${digitsOf(number).join(`${BETWEEN}*`)}(?!\p{Nd})`, 'gu')
}

const digitsOf = (number: string): readonly string[] =>
  [...number.replace(/\D/g, '')].map(digit => `[${digit}${fullWidth(digit)}]`)

const fullWidth = (digit: string): string => String.fromCodePoint(0xff10 + Number(digit))

/** What is no JSON is a text. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}

function someText(value: unknown, test: (text: string) => boolean): boolean {
  if (typeof value === 'string' || typeof value === 'number') return test(String(value))
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, inner]) => test(name) || someText(inner, test))
}

function eachText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (typeof value === 'number') return change(String(value)) === String(value) ? value : BLOT
  if (Array.isArray(value)) return value.map(inner => eachText(inner, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [change(name), eachText(inner, change)]),
  )
}

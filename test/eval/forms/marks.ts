import type { LabelledField } from './corpus.ts'

/**
 * Values that a person could have typed and that say by themselves which field they were typed into: a word of
 * consonants that no page holds, or a number that no page holds.
 */

const CONSONANTS = 'bcdfghjklmnprstvwxz'
const WORD = /zq[bcdfghjklmnprstvwxz]{5}/g
const NUMBER = /\d(?:[ ./+-]?\d){6,}/g

/** What the page has in a place, as far as it matters for what can be filled in. */
export interface Control {
  /** `select-one`, `text` … */
  readonly type: string
  /** it belongs to a form */
  readonly inForm: boolean
}

/** How secrets are filled in: with a word that looks like nothing, so that only the field's own words give it away, or with what it asks for. */
export type Manner = 'plain' | 'realistic'

const wordOf = (n: number): string => {
  const letters = [0, 1, 2, 3, 4].map(
    at => CONSONANTS[Math.floor(n / CONSONANTS.length ** at) % CONSONANTS.length],
  )
  return `zq${letters.join('')}`
}

const numberOf = (n: number): string => String(2_100_000 + n)

const PHONE = /phone|fax|tele|mobil|телефон|факс|טלפון/i
const URL_LIKE = /\burl|web.?site|homepage|linkedin|https?:/i

type Value = (n: number) => string

const word: Value = n => `Z${wordOf(n).slice(1)}`
const email: Value = n => `${wordOf(n)}@acme.example`
const phone: Value = n => `+359 2 ${numberOf(n)}`
const url: Value = n => `https://${wordOf(n)}.example/`
const sentence: Value = n => `We would like to see ${wordOf(n)} on our own data.`

const BY_TYPE: Readonly<Record<string, Value>> = {
  email,
  url,
  tel: phone,
  number: numberOf,
  range: numberOf,
  textarea: sentence,
  date: n => `${1_000 + (n % 9_000)}-0${1 + (Math.floor(n / 9_000) % 9)}-17`,
  month: n => `${1_000 + (n % 9_000)}-0${1 + (Math.floor(n / 9_000) % 9)}`,
  time: () => '09:41',
  color: () => '#4a7c59',
}

const BY_TRAIT: Readonly<Record<string, Value>> = {
  email,
  phone,
  website: url,
  companySize: numberOf,
}

/** The last digit that makes a card number valid (ISO/IEC 7812-1, Luhn). */
function luhn(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return (10 - (sum % 10)) % 10
}

function card(n: number): string {
  const body = `45321500${numberOf(n)}`
  return `${body}${luhn(body)}`.replace(/(\d{4})(?=\d)/g, '$1 ')
}

/** What secrets look like, by words of the field. */
const SECRETS: readonly (readonly [words: RegExp, value: Value])[] = [
  [/card.?n|ccn|cc.?num|kartennummer|credit|(card|cc).{0,9}$/i, card],
  [
    /ssn|social|national|tax|steuer|pesel|егн/i,
    n => `${numberOf(n).slice(0, 3)}-${numberOf(n).slice(3, 5)}-${numberOf(n).slice(5)}99`,
  ],
  [/iban/i, n => `DE8937040044${numberOf(n)}000`],
  [/token|csrf|nonce|verif|state|key|guid/i, n => `eyJhbGciOiJIUzI1NiJ9.${wordOf(n)}8Kx0Aq7Z_fR3.pL9vT2`],
  [/pass|pwd|kenn/i, n => `${word(n)}!9`],
]

export function valueFor(field: LabelledField, { type }: Control, n: number, manner: Manner): string {
  const { expect, words } = field
  if (expect === 'sensitive' && type !== 'email' && type !== 'url') return secretFor(words, type, n, manner)
  const typed = BY_TYPE[type] ?? BY_TRAIT[expect]
  if (typed) return typed(n)
  if (/e-?mail/i.test(words)) return email(n)
  if (PHONE.test(words)) return phone(n)
  return URL_LIKE.test(words) ? url(n) : word(n)
}

function secretFor(words: string, type: string, n: number, manner: Manner): string {
  const shaped = SECRETS.find(([asked]) => asked.test(words))?.[1]
  if (manner === 'realistic' && shaped && type !== 'number') return shaped(n)
  return type === 'tel' ? word(n) : (BY_TYPE[type] ?? word)(n)
}

/** Every mark that stands in a text: words as they are, numbers without what groups them. */
export const marksIn = (text: string): readonly string[] => [
  ...(text.toLowerCase().match(WORD) ?? []),
  ...(text.match(NUMBER) ?? []).map(number => number.replace(/\D/g, '')),
]

import { ANSWERS_KEPT, memo } from '../../shared/memo.ts'
import { withWesternDigits } from './digits.ts'
import { ABOVE, ALONE, BELOW, BELOW_AFTER, MULTIPLIERS } from './lexicon/amounts.ts'

/**
 * Numbers as forms and CRMs write them. A range is read as its middle, rounded: of `50–200` and `201–500` a rule's
 * `{from: 50, to: 200}` must match the first and not the second, and neither end of a range can promise that (200 is the
 * lower end of `200–500`). `1000+` is its lower bound, `over 1000` one more, `under 50` the middle of 0 and 50.
 */

const GROUPED = String.raw`\d{1,3}(?:[.,\s'’]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?`
const NUMBER = new RegExp(
  String.raw`(?<![\d.,])(${GROUPED}|\d+(?:[.,]\d+)?)\s*(mil\s+mil(?:lones|hoes)|\p{L}*)`,
  'gu',
)
/** A minus that stands at the first number, perhaps with its currency between; a dash behind a word or number is none. */
const MINUS = /^[^\p{L}\p{N}]*[-\u2212]\p{Sc}?$/u
/** `1e3` is neither 1 nor 3 nor what a form asks for. */
const EXPONENT = /\de[+-]?\d/
/** our choice: no company has more people or money than this */
const MOST = 1e15

interface Found {
  readonly value: number
  readonly factor: number
}

/** The number in a text like `11–50 employees`, `1 000+`, `€5–10M`, or null when it holds none, a negative one, or more than a range. */
export const amountIn = memo(ANSWERS_KEPT, (text): number | null => {
  const plain = folded(text)
  if (ALONE.test(plain)) return 1
  if (EXPONENT.test(plain)) return null
  const matches = [...plain.matchAll(NUMBER)]
  const [first, second] = matches.map(foundIn)
  if (first === undefined || matches.length > 2 || plain.includes('%')) return null
  if (MINUS.test(plain.slice(0, matches[0]?.index))) return null
  const amount = second === undefined ? oneSided(plain, first.value * first.factor) : middle(first, second)
  return amount !== null && amount <= MOST ? amount : null
})

/** Lower case, no accents, full-width and Arabic digits and narrow spaces as any other. */
const folded = (text: string): string =>
  withWesternDigits(text.normalize('NFKD').replace(/\p{M}/gu, ''))
    .replaceAll('\u066b', '.')
    .replaceAll('\u066c', ',')
    .replaceAll('ł', 'l')
    .trim()
    .toLowerCase()

const foundIn = ([, digits = '', unit = '']: RegExpExecArray): Found => ({
  value: numberOf(digits),
  factor: MULTIPLIERS.find(([name]) => name.test(unit))?.[1] ?? 1,
})

/** `5–10M` means millions at both ends. */
function middle(first: Found, second: Found): number | null {
  const low = first.value * (first.factor === 1 && first.value < second.value ? second.factor : first.factor)
  const high = second.value * second.factor
  return low <= high ? Math.round((low + high) / 2) : null
}

function oneSided(text: string, amount: number): number {
  const at = text.search(/\d/)
  const [before, after] = [text.slice(0, at), text.slice(at)]
  if (BELOW.test(before) || BELOW_AFTER.test(after)) return Math.round(amount / 2)
  return ABOVE.test(before) ? amount + 1 : amount
}

/** `1,000` and `1.000` are a thousand; `1,5` and `1.5` one and a half; `1.234,50` has both. */
function numberOf(digits: string): number {
  const [, groups = '', cents = '0'] = /^(\d{1,3}(?:[.,\s'’]\d{3})+)(?:[.,](\d{1,2}))?$/.exec(digits) ?? []
  return groups === '' ? Number(digits.replace(',', '.')) : Number(`${groups.replace(/\D/g, '')}.${cents}`)
}

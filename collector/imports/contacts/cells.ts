/** Dates and amounts as spreadsheets and CRMs of several countries write them. */

/** Whether `3/4/2026` is the third of April or the fourth of March. */
export type DateOrder = 'day_first' | 'month_first'

/** What is longer is neither a date nor an amount (our choice). */
const CELL_CHARS = 100

const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]+(.*))?$/
const NUMBERS = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})\.?(?:\s*г\.?)?(?:[T ,]+(.*))?$/
/** `Mar 4, 2026`, `Wed Mar 04 2026 10:00` */
const MONTH_DAY =
  /^(?:[a-z]{3,9}\.?,? +)?([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})(?:[T ,]+(.*))?$/i
/** `04-Mar-2026 10:00`, `4-Mar-26`, `Wed, 04 Mar 2026 10:00:00 +0200` */
const DAY_MONTH =
  /^(?:[a-z]{3,9}\.?,? +)?(\d{1,2})(?:st|nd|rd|th)?\.?[ -]+([a-z]{3,9})\.?,?[ -]+(\d{4}|\d{2}(?![\d:]))(?:[T ,]+(.*))?$/i
const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july'],
  ...['august', 'september', 'october', 'november', 'december'],
]
const CLOCK =
  /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?|uhr|ч\.?)?\s*(?:utc|gmt|z)?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?(?:\s*\([^()]*\))?$/iu

type Parts = readonly (string | number | undefined)[]

/** Epoch ms, or null, also for a day or time that cannot be and a zone by its name. A date without a zone is in UTC. */
export function dateIn(text: string, order: DateOrder): number | null {
  if (/^\d{13}$/.test(text)) return Number(text)
  if (text.length > CELL_CHARS) return null
  const [, year, month, day, clock = ''] = ISO.exec(text) ?? byNumbers(text, order) ?? byName(text) ?? []
  if (year === undefined) return null
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const isReal = date.getUTCDate() === Number(day) && date.getUTCMonth() === Number(month) - 1
  const time = timeIn(String(clock))
  return isReal && time !== null ? date.getTime() + time : null
}

const numbersIn = (text: string): RegExpExecArray | null =>
  text.length > CELL_CHARS ? null : NUMBERS.exec(text)

function byNumbers(text: string, order: DateOrder): Parts | null {
  const found = numbersIn(text)
  if (!found) return null
  const [all, first, mark, second, year, clock] = found
  const isMonthFirst = mark === '/' && order === 'month_first'
  return isMonthFirst ? [all, year, first, second, clock] : [all, year, second, first, clock]
}

function byName(text: string): Parts | null {
  const [all, first, second, year = '', clock] = MONTH_DAY.exec(text) ?? DAY_MONTH.exec(text) ?? []
  const [name = '', day] = /^\d/.test(first ?? '') ? [second, first] : [first, second]
  const month = 1 + MONTHS.findIndex(one => name !== '' && one.startsWith(name.toLowerCase()))
  return month === 0 ? null : [all, year.length === 2 ? `20${year}` : year, month, day, clock]
}

/** From the day's midnight in UTC, in ms; null for a time or zone that cannot be. */
function timeIn(text: string): number | null {
  if (text.trim() === '') return 0
  const found = CLOCK.exec(text.trim())
  if (!found) return null
  const [, hours, minutes, seconds = '0', word = '', sign, ahead = '0', aheadMinutes = '0'] = found
  const half = /^[ap]/i.exec(word)?.[0].toLowerCase()
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half === 'p' ? 12 : 0)
  const isReal = Number(hours) <= (half === undefined ? 23 : 12) && isSixtieth(minutes) && isSixtieth(seconds)
  if (!isReal || Number(ahead) > MOST_HOURS_AHEAD || !isSixtieth(aheadMinutes)) return null
  const offset = (Number(ahead) * 60 + Number(aheadMinutes)) * (sign === '-' ? -1 : 1)
  return ((hour * 60 + Number(minutes) - offset) * 60 + Number(seconds)) * 1_000
}

/** Kiribati's */
const MOST_HOURS_AHEAD = 14

const isSixtieth = (text: string | undefined): boolean => Number(text) < 60

/** The order of a file's dates by the one that leaves no doubt; null: they all could be both. */
export function dateOrderIn(texts: readonly string[]): DateOrder | null {
  for (const text of texts) {
    const [, first, mark, second] = numbersIn(text) ?? []
    if (mark !== '/') continue
    if (Number(first) > 12) return 'day_first'
    if (Number(second) > 12) return 'month_first'
  }
  return null
}

/** Whether a file has dates whose order matters. */
export const isSlashed = (text: string): boolean => numbersIn(text)?.[2] === '/'

const SIGNS: readonly (readonly [sign: RegExp, currency: string])[] = [
  [/€|\beuro?s?\b/iu, 'EUR'],
  [/£/, 'GBP'],
  [/лв/iu, 'BGN'],
  [/zł/iu, 'PLN'],
  [/Kč/iu, 'CZK'],
  [/₪/, 'ILS'],
  [/₴|грн/iu, 'UAH'],
  [/₽|руб/iu, 'RUB'],
  [/₺/, 'TRY'],
  [/\$/, 'USD'],
]

/** ISO 4217 by code or sign; null when neither is there. */
export function currencyIn(text: string): string | null {
  const code = /(?:^|[\s\d(])([A-Z]{3})(?:$|[\s\d)])/.exec(text.toUpperCase())?.[1]
  return code ?? SIGNS.find(([sign]) => sign.test(text))?.[1] ?? null
}

/** `12,500.00`, `12.500,00`, `€ 12 500`; null for no number, and for a negative one. */
export function moneyIn(text: string): number | null {
  if (text.length > CELL_CHARS) return null
  const digits = text.replace(/[^\d.,-]/g, '').replace(/^[.,]+|[.,]+$/g, '')
  if (!/^\d[\d.,]*$/.test(digits)) return null
  const lastMark = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','))
  const marks = digits.replace(/\d/g, '')
  const isDecimal =
    lastMark >= 0 && (new Set(marks).size === 2 || (marks.length === 1 && digits.length - lastMark !== 4))
  const whole = isDecimal ? digits.slice(0, lastMark) : digits
  const fraction = isDecimal ? digits.slice(lastMark + 1) : ''
  return Number(`${whole.replace(/\D/g, '')}.${fraction.replace(/\D/g, '') || '0'}`)
}

/** Dates and amounts as spreadsheets and CRMs of several countries write them. */

/** Whether `3/4/2026` is the third of April or the fourth of March. */
export type DateOrder = 'day_first' | 'month_first'

const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]+(.*))?$/
const NUMBERS = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})\.?(?:\s*г\.?)?(?:[T ,]+(.*))?$/
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([ap]\.?m\.?)?\s*(?:utc|gmt|z)?$/i

/** Epoch ms, or null. A date without a zone is in UTC. */
export function dateIn(text: string, order: DateOrder): number | null {
  if (/^\d{13}$/.test(text)) return Number(text)
  const [, year, month, day, clock = ''] = ISO.exec(text) ?? byNumbers(text, order) ?? []
  if (year === undefined) return /[a-z]{3}/i.test(text) ? named(text) : null
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day))
  const isReal =
    new Date(date).getUTCDate() === Number(day) && new Date(date).getUTCMonth() === Number(month) - 1
  if (!isReal) return null
  const zoned = Date.parse(text)
  return /[+-]\d{2}:?\d{2}$/.test(clock) && !Number.isNaN(zoned) ? zoned : date + clockOf(clock)
}

function byNumbers(text: string, order: DateOrder): readonly (string | undefined)[] | null {
  const found = NUMBERS.exec(text)
  if (!found) return null
  const [all, first, mark, second, year, clock] = found
  const isMonthFirst = mark === '/' && order === 'month_first'
  return isMonthFirst ? [all, year, first, second, clock] : [all, year, second, first, clock]
}

function clockOf(text: string): number {
  const [, hours = '0', minutes = '0', seconds = '0', half] = CLOCK.exec(text.trim()) ?? []
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/^p/i.test(half) ? 12 : 0)
  return ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000
}

/** `Mar 4, 2026`, `04-Mar-2026 10:00` */
function named(text: string): number | null {
  const hasZone = /(?:z|utc|gmt|[+-]\d{2}:?\d{2})$/i.test(text)
  const at = Date.parse(hasZone ? text : `${text} UTC`)
  return Number.isNaN(at) ? null : at
}

/** The order of a file's dates by the one that leaves no doubt; null: they all could be both. */
export function dateOrderIn(texts: readonly string[]): DateOrder | null {
  for (const text of texts) {
    const [, first, mark, second] = NUMBERS.exec(text) ?? []
    if (mark !== '/') continue
    if (Number(first) > 12) return 'day_first'
    if (Number(second) > 12) return 'month_first'
  }
  return null
}

/** Whether a file has dates whose order matters. */
export const isSlashed = (text: string): boolean => NUMBERS.exec(text)?.[2] === '/'

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

import { isSupportedCountry, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { ANSWERS_KEPT, memo } from '../../shared/memo.ts'
import { withWesternDigits } from './digits.ts'

/** E.164: at most 15 digits; fewer than 6 reach nobody from outside (our choice) */
const DIGITS = { least: 6, most: 15 }

/** Digits and what people put between them; letters around it (`Tel.`, `ext. 12`) are no part of the number. */
const RUNS = /(?:\+\s*)?[\d(][\d\s().\-\u2010-\u2015/]*/g

/** The same few digits over and over, or the row of the keypad: what fingers type to be let through. */
const FILLER = /^(?:(\d)\1+|(?:12)+|(?:123)+)$/
const KEYPAD = ['01234567890', '09876543210', '12345678901234567890']

/**
 * A phone number as it is kept: E.164 when it says its country (`+359…`, `00359…`), else its digits. Null for what reaches
 * nobody: too few or too many digits, one digit over and over, `1234567890`.
 */
export function phoneOf(text: string): string | null {
  const written = text.includes('@') ? '' : longestRun(withWesternDigits(text.normalize('NFKC')))
  const digits = written.replace(/\D/g, '')
  if (digits.length < DIGITS.least || digits.length > DIGITS.most || isFiller(digits)) return null
  if (!written.startsWith('+') && !digits.startsWith('00')) return digits
  const number = parsed(`+${digits.replace(/^00/, '')}`, written)
  if (!number?.isPossible()) return `+${digits.replace(/^00/, '')}`
  return isFiller(number.nationalNumber) ? null : number.number
}

/**
 * A number kept by `phoneOf`, as it is dialled from this country (ISO 3166-1 alpha-2): with its trunk prefix, without, or abroad
 * (`011…`). As it was where that is none, or where two readings are possible: `49…` in Germany is its own code, or an area.
 */
export function phoneFrom(country: string, phone: string): string | null {
  if (phone.startsWith('+') || !isSupportedCountry(country)) return phone
  const [dialled, bare] = [
    parsePhoneNumberFromString(phone, country),
    parsePhoneNumberFromString(`+${phone}`),
  ]
  if (!dialled?.isValid()) return phone
  const isOther = bare?.country === country && bare.isValid() && bare.number !== dialled.number
  if (isOther) return phone
  return isFiller(dialled.nationalNumber) ? null : dialled.number
}

/** ISO 3166-1 alpha-2 of a number that was kept by `phoneOf`, or null where it does not say, or several share its code. */
export const countryOfPhone = memo(
  ANSWERS_KEPT,
  (phone): string | null =>
    (phone.startsWith('+') ? parsePhoneNumberFromString(phone)?.country : undefined) ?? null,
)

/** `+44 (0)20…` needs its brackets to be understood; `00…` and the rest are as good as bare. */
function parsed(bare: string, written: string): PhoneNumber | undefined {
  const bracketed = written.startsWith('+') ? parsePhoneNumberFromString(written) : undefined
  return bracketed?.isPossible() ? bracketed : parsePhoneNumberFromString(bare)
}

const NO_RUN = { run: '', digits: 0 }

/** Of two numbers in one answer, the first of the longest. */
function longestRun(text: string): string {
  const runs = (text.match(RUNS) ?? []).flatMap(twoInOne).map(run => ({ run, digits: lengthOf(run) }))
  const longest = runs.reduce((best, one) => (one.digits > best.digits ? one : best), NO_RUN)
  return longest.run.replace(/^\+\s+/, '+').trim()
}

/** A slash stands inside a number (`030/123456`) or between two. */
function twoInOne(run: string): readonly string[] {
  const parts = run.split('/')
  return parts.every(part => lengthOf(part) > DIGITS.least) ? parts : [run]
}

const lengthOf = (run: string): number => run.replace(/\D/g, '').length

const isFiller = (digits: string): boolean => FILLER.test(digits) || KEYPAD.some(row => row.includes(digits))

import type { TraitName } from '../../shared/traits.ts'
import type { TraitValue } from '../contracts/evidence.ts'
import { amountIn } from './amounts.ts'
import { EMPTY_ANSWERS, SALUTATIONS } from './lexicon/answers.ts'
import { NO_COUNTRIES } from './lexicon/country-names.ts'
import { isPlaceholderEmail } from './lexicon/placeholders.ts'
import { firstNameOrNull, personNameOrNull, titleOrNull } from './names.ts'
import { phoneOf } from './phones.ts'

/** Values as they are kept, or null when what was given says nothing or cannot be what the field asks for. */

/** RFC 5321 §4.5.3.1: the longest address a mail can be sent to */
const EMAIL_CHARS = 254

/** Trimmed, NFC, lower case, nothing more (collector.md, Identity). Null for what is no person's address. */
function emailOf(text: string): string | null {
  const email = text.trim().normalize('NFC').toLowerCase()
  const at = email.lastIndexOf('@')
  const mailbox = email.slice(0, at)
  const domain = email.slice(at + 1)
  if (at < 1 || email.length > EMAIL_CHARS || mailbox.includes('@')) return null
  if (/[\s"(),:;<>[\]\\\p{Cc}]/u.test(email) || mailbox.startsWith('.') || mailbox.endsWith('.')) return null
  return isDomain(domain) && !isPlaceholderEmail(email) ? email : null
}

/** At least two labels of letters, digits and inner hyphens (any script), the last one not a number. */
function isDomain(domain: string): boolean {
  const labels = domain.split('.')
  const sane = labels.every(
    label => /^[\p{L}\p{M}\p{N}-]+$/u.test(label) && !label.startsWith('-') && !label.endsWith('-'),
  )
  return labels.length >= 2 && sane && !/^(?:\d+|.)$/u.test(labels.at(-1) ?? '')
}

const websiteOf = (text: string): string | null =>
  !/[\s@]/.test(text) && text.slice(1, -1).includes('.') ? text : null

const jobTitleOf = (text: string): string | null =>
  SALUTATIONS.has(text.toLowerCase().replace(/\.$/, '')) ? null : titleOrNull(text)

/** `+359` or `00359` in a country list is a dialling code. */
const countryOf = (text: string): string | null =>
  /^(?:\+|00)?\d/.test(text) || NO_COUNTRIES.has(text.toLowerCase()) ? null : text

/** People are counted whole, and somebody works there: `0` and `120.5` are slips, not sizes. What is no number stays. */
const companySizeOf = (text: string): string | null => {
  const people = amountIn(text)
  return people === null || isSize(people) ? text : null
}

const isSize = (people: number): boolean => Number.isInteger(people) && people > 0

const READERS: Readonly<Partial<Record<TraitName, (text: string) => string | null>>> = {
  email: emailOf,
  phone: phoneOf,
  firstName: firstNameOrNull,
  lastName: personNameOrNull,
  fullName: personNameOrNull,
  company: titleOrNull,
  companySize: companySizeOf,
  jobTitle: jobTitleOf,
  country: countryOf,
  website: websiteOf,
}

/** The value of a known trait. Numbers and booleans pass where no text is asked for. */
export function traitValue(name: TraitName, value: TraitValue): TraitValue | null {
  const read = READERS[name]
  if (typeof value === 'boolean') return read === undefined ? value : null
  if (typeof value === 'number') return readNumber(name, value)
  const text = answerOf(value)
  return text === null ? null : read === undefined ? text : read(text)
}

function readNumber(name: TraitName, value: number): TraitValue | null {
  if (name === 'phone') return phoneOf(String(value))
  if (name === 'companySize') return isSize(value) ? value : null
  return READERS[name] === undefined ? value : null
}

/** Trimmed text, or null when it is empty or a way of saying nothing. */
export function answerOf(text: string): string | null {
  const answer = text.trim()
  return answer === '' || EMPTY_ANSWERS.has(answer.toLowerCase()) ? null : answer
}

import type { TraitName } from '../../shared/traits.ts'
import type { TraitValue } from '../contracts/evidence.ts'
import { EMPTY_ANSWERS, SALUTATIONS } from './lexicon/answers.ts'
import { isPlaceholderEmail } from './lexicon/placeholders.ts'
import { personNameOrNull, titleOrNull } from './names.ts'
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
const countryOf = (text: string): string | null => (/^(?:\+|00)?\d/.test(text) ? null : text)

const READERS: Readonly<Partial<Record<TraitName, (text: string) => string | null>>> = {
  email: emailOf,
  phone: phoneOf,
  firstName: personNameOrNull,
  lastName: personNameOrNull,
  fullName: personNameOrNull,
  company: titleOrNull,
  jobTitle: jobTitleOf,
  country: countryOf,
  website: websiteOf,
}

/** The value of a known trait. Numbers and booleans pass where no text is asked for. */
export function traitValue(name: TraitName, value: TraitValue): TraitValue | null {
  const read = READERS[name]
  if (typeof value !== 'string')
    return read === undefined || name === 'phone' ? readNumber(name, value) : null
  const text = answerOf(value)
  return text === null ? null : read === undefined ? text : read(text)
}

const readNumber = (name: TraitName, value: number | boolean): TraitValue | null =>
  name === 'phone' ? phoneOf(String(value)) : value

/** Trimmed text, or null when it is empty or a way of saying nothing. */
export function answerOf(text: string): string | null {
  const answer = text.trim()
  return answer === '' || EMPTY_ANSWERS.has(answer.toLowerCase()) ? null : answer
}

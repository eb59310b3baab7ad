import { memo } from '../../shared/memo.ts'
import { AUTOCOMPLETE } from './lexicon/autocomplete.ts'
import { DECOYS, FIELDS, type FieldMeaning, NOISE, OTHERS, TRAPS } from './lexicon/fields.ts'
import { isProps, listAt, type Props, textAt } from './props.ts'
import { compileLexicon, wordsOf } from './words.ts'

const MEANINGS_KEPT = 5_000
/** What is longer tells a story and names the field by the way, if at all (our choice). */
const LABEL_WORDS = 8
/** a unit separator: no label holds one */
const SEPARATOR = '\u001f'

const decoyOf = compileLexicon([...DECOYS, ...TRAPS])
const trapOf = compileLexicon(TRAPS)
const lexiconMeaningOf = compileLexicon([...OTHERS, ...FIELDS])

const BY_TYPE: ReadonlyMap<string, FieldMeaning> = new Map<string, FieldMeaning>([
  ['email', 'email'],
  ['mail', 'email'],
  ['tel', 'phone'],
  ['phone', 'phone'],
  ['url', 'website'],
  ['name', 'name'],
  ['hidden', 'none'],
  ['password', 'none'],
  ['file', 'none'],
  ['search', 'none'],
])

/** What can be picked from a list: a choice is never a name, an address or a message, a tick never a trait. */
const SELECTED: ReadonlySet<FieldMeaning> = new Set<FieldMeaning>([
  'jobTitle',
  'seniority',
  'jobFunction',
  'country',
  'companySize',
  'industry',
  'revenue',
])

/** What is written in lines: nobody's name or title, whatever the field is called. */
const IN_LINES: ReadonlySet<FieldMeaning> = new Set<FieldMeaning>(['message', 'none', 'company', 'website'])

function canHold(type: string, meaning: FieldMeaning): boolean {
  if (type === 'checkbox') return false
  if (type === 'radio') return meaning !== 'jobTitle' && SELECTED.has(meaning)
  return !type.startsWith('select') || SELECTED.has(meaning)
}

/**
 * What a form's field asks for, or null: by its autocomplete, else its type, else the words of its label, name,
 * placeholder and id, in this order, because people read labels and nobody reads ids; a label that is a sentence comes
 * after the placeholder, for the snippet takes what stands before a field for its label. Decoys come before all, and what
 * the words say to be something beside contact data (a fax) is that, whatever its type.
 */
export function fieldMeaning(field: Props): FieldMeaning | null {
  const parts = ['autocomplete', 'type', 'label', 'name', 'placeholder', 'id'].map(
    key => textAt(field, key) ?? '',
  )
  return remembered(parts.join(SEPARATOR))
}

/** Mailchimp's trap: `b_<account>_<list>`, both hexadecimal. */
const MAILCHIMP_TRAP = /^b_[\da-f]{16,}_[\da-f]+$/

const isTrap = (text: string): boolean => MAILCHIMP_TRAP.test(text) || trapOf(wordsOf(text)) !== null

/**
 * The trap that a submission fell into, by its name or label, or null: a field that says it is to be left empty and was not,
 * or one that nobody could see and that is named like a trap. Other unseen fields may have been filled by the page.
 */
export function filledTrap(props: Props): string | null {
  const unseen = listAt(props, 'traps').filter(name => typeof name === 'string')
  const said = listAt(props, 'fields')
    .filter(isProps)
    .flatMap(field => [textAt(field, 'label'), textAt(field, 'name'), textAt(field, 'placeholder')])
  return [...unseen, ...said].find(text => text !== null && isTrap(text)) ?? null
}

const remembered = memo(MEANINGS_KEPT, (key): FieldMeaning | null => {
  const [autocomplete = '', rawType = '', ...texts] = key.split(SEPARATOR)
  const type = rawType.toLowerCase()
  const meaning = meaningOf(autocomplete.toLowerCase(), type, texts.map(withoutEcho))
  return meaning === null || canHold(type, meaning) ? meaning : 'none'
})

const isDecoy = (text: string): boolean => MAILCHIMP_TRAP.test(text) || decoyOf(wordsOf(text)) !== null

/** Two labels that say the same, as floating ones do beside those for screen readers. */
function withoutEcho(text: string): string {
  const whole = text.trim()
  const middle = whole.length >> 1
  const half = whole.slice(0, middle).trim()
  const isEcho = half.length > 1 && half.length * 2 < whole.length && half === whole.slice(middle).trim()
  return isEcho ? half : text
}

function meaningOf(autocomplete: string, type: string, texts: readonly string[]): FieldMeaning | null {
  const [label = '', name = '', placeholder = '', id = ''] = texts
  const shown = [label, name, placeholder].filter(text => wordsOf(text).length > 0)
  if ((shown.length > 0 ? shown : [id]).some(isDecoy)) return 'none'
  const isSentence = wordsOf(label).length > LABEL_WORDS
  const ordered = isSentence ? [name, placeholder, label, id] : [label, name, placeholder, id]
  const said = firstSaid(ordered, type)
  const told = toldBy(autocomplete, type, said)
  if (told !== null) return told
  if (said === null && texts.some(isEmailExample)) return 'email'
  return said ?? (type === 'textarea' ? 'message' : null)
}

/** Meanings that leave something open, and what a later text may make of them. */
const NARROWER: ReadonlyMap<FieldMeaning, ReadonlySet<FieldMeaning>> = new Map([
  ['name', new Set<FieldMeaning>(['firstName', 'lastName', 'fullName', 'company'])],
  ['title', new Set<FieldMeaning>(['jobTitle'])],
])

/** What the first telling text says, or a later one more precisely. */
function firstSaid(texts: readonly string[], type: string): FieldMeaning | null {
  const [first = null, ...later] = texts
    .map(meaningOfText)
    .filter(meaning => meaning !== null && (type !== 'textarea' || IN_LINES.has(meaning)))
  const narrower = first === null ? undefined : NARROWER.get(first)
  return later.find(meaning => meaning !== null && narrower?.has(meaning)) ?? first
}

/** What page and browser agreed on, unless the words narrow it or know better. */
function toldBy(autocomplete: string, type: string, said: FieldMeaning | null): FieldMeaning | null {
  const byType = BY_TYPE.get(type) ?? null
  if (byType === 'email') return byType
  const told = AUTOCOMPLETE.get(autocomplete.split(/\s+/).at(-1) ?? '') ?? byType
  if (said === 'email' && (told === 'none' || told === 'phone') && byType !== 'none') return said
  if (said === 'none' && told !== 'email') return said
  return told === 'fullName' && (said === 'firstName' || said === 'lastName') ? said : told
}

/** RFC 5321 §4.5.3.1: the longest address a mail can be sent to */
const EMAIL_CHARS = 254
const EMAIL_EXAMPLE = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** A label or placeholder that is nothing but an address. */
function isEmailExample(text: string): boolean {
  const example = text.trim()
  return example.length <= EMAIL_CHARS && EMAIL_EXAMPLE.test(example)
}

/** `user[name]` is a name: what stands in the last brackets is the field, before them its form. */
const IN_BRACKETS = /\[([a-z][\w-]*)\](?:\[\d*\])*$/i

function meaningOfText(text: string): FieldMeaning | null {
  const inner = IN_BRACKETS.exec(text)?.[1]
  return (inner ? meaningOfWords(wordsOf(inner)) : null) ?? meaningOfWords(wordsOf(text))
}

/** The words as they are, then without those that every form has. */
function meaningOfWords(words: readonly string[]): FieldMeaning | null {
  const telling = words.filter(word => !NOISE.has(word) && !/^\d+$/.test(word))
  return lexiconMeaningOf(words) ?? (telling.length < words.length ? lexiconMeaningOf(telling) : null)
}

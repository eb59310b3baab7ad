import { AUTOCOMPLETE } from './lexicon/autocomplete.ts'
import { DECOYS, FIELDS, type FieldMeaning, NOISE } from './lexicon/fields.ts'
import { memo } from './memo.ts'
import { type Props, textAt } from './props.ts'
import { compileLexicon, wordsOf } from './words.ts'

const MEANINGS_KEPT = 5_000
/** a unit separator: no label holds one */
const SEPARATOR = '\u001f'

const decoyOf = compileLexicon(DECOYS)
const lexiconMeaningOf = compileLexicon(FIELDS)

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

function canHold(type: string, meaning: FieldMeaning): boolean {
  if (type === 'checkbox') return false
  if (type === 'radio') return meaning !== 'jobTitle' && SELECTED.has(meaning)
  return !type.startsWith('select') || SELECTED.has(meaning)
}

/**
 * What a form's field asks for, or null: by its autocomplete, else its type, else the words of its label, name,
 * placeholder and id, in this order, because people read labels and nobody reads ids. Decoys come before all.
 */
export function fieldMeaning(field: Props): FieldMeaning | null {
  const parts = ['autocomplete', 'type', 'label', 'name', 'placeholder', 'id'].map(
    key => textAt(field, key) ?? '',
  )
  return remembered(parts.join(SEPARATOR))
}

const remembered = memo(MEANINGS_KEPT, (key): FieldMeaning | null => {
  const [autocomplete = '', rawType = '', ...texts] = key.split(SEPARATOR)
  const type = rawType.toLowerCase()
  const meaning = meaningOf(autocomplete.toLowerCase(), type, texts)
  return meaning === null || canHold(type, meaning) ? meaning : 'none'
})

function meaningOf(autocomplete: string, type: string, texts: readonly string[]): FieldMeaning | null {
  const [label = [], name = [], placeholder = [], id = []] = texts.map(wordsOf)
  const shown = [label, name, placeholder].filter(words => words.length > 0)
  if ((shown.length > 0 ? shown : [id]).some(words => decoyOf(words) !== null)) return 'none'
  const told = AUTOCOMPLETE.get(autocomplete.split(/\s+/).at(-1) ?? '') ?? BY_TYPE.get(type)
  if (told !== undefined) return told
  for (const words of [label, name, placeholder, id]) {
    const meaning = meaningOfWords(words)
    if (meaning !== null) return meaning
  }
  if (texts.some(text => EMAIL_EXAMPLE.test(text))) return 'email'
  return type === 'textarea' ? 'message' : null
}

/** A label or placeholder that is nothing but an address. */
const EMAIL_EXAMPLE = /^\s*\S+@\S+\.\S+\s*$/

/** The words as they are, then without those that every form has. */
function meaningOfWords(words: readonly string[]): FieldMeaning | null {
  const telling = words.filter(word => !NOISE.has(word) && !/^\d+$/.test(word))
  return lexiconMeaningOf(words) ?? (telling.length < words.length ? lexiconMeaningOf(telling) : null)
}

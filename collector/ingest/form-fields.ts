import { LIMITS } from '../../shared/limits.ts'

/** Room for the page and the envelope of an event beside its fields; our choice. */
const FIELDS_BYTES = LIMITS.eventBytes - 4_000
/** What is kept of each value when all together are too long; our choice. */
const SHORT_CHARS = 2_000

/**
 * The fields of a form, as many as an event holds: a lead must not be lost because a form is long. Contact data stays before
 * everything else, what was filled in before what was left empty. What is left out or cut is told (notices.ts).
 */
export function fitted(fields: readonly unknown[]): readonly unknown[] {
  const some = fields.length > LIMITS.formFields ? mostTelling(fields, Number.POSITIVE_INFINITY) : fields
  if (bytesOf(some) <= FIELDS_BYTES) return some
  const short = some.map(shortened)
  return bytesOf(short) <= FIELDS_BYTES ? short : mostTelling(short, FIELDS_BYTES)
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '')

const shortened = (field: unknown): unknown =>
  typeof field === 'object' && field !== null && 'value' in field && typeof field.value === 'string'
    ? { ...field, value: field.value.slice(0, SHORT_CHARS) }
    : field

/** In the order they came in. */
function mostTelling(fields: readonly unknown[], room: number): readonly unknown[] {
  const kept = new Set<unknown>()
  let bytes = 0
  const ranked = fields.map(field => ({ field, rank: rankOf(field) })).sort((a, b) => b.rank - a.rank)
  for (const { field } of ranked) {
    if (kept.size === LIMITS.formFields) break
    const more = bytesOf(field) + 1
    if (bytes + more > room) continue
    bytes += more
    kept.add(field)
  }
  return fields.filter(field => kept.has(field))
}

/** How much a field is worth: 2 says who it is, 1 says something. */
function rankOf(field: unknown): number {
  if (typeof field !== 'object' || field === null) return 0
  const text = (key: string): string => {
    const value: unknown = Reflect.get(field, key)
    return typeof value === 'string' ? value : ''
  }
  if (text('value').trim() === '') return 0
  if (text('data-goldpan-field') !== '' || text('value').includes('@')) return 2
  return CONTACT.test(['type', 'autocomplete', 'name', 'id'].map(text).join(' ')) ? 2 : 1
}

/** In field types, autocomplete tokens (HTML, autofill) and names that developers give. */
const CONTACT = /mail|\btel|phone|mobile|name\b|company|organi[sz]ation/i

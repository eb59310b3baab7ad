import { LIMITS } from '../../shared/limits.ts'
import { fitted } from './form-fields.ts'
import { isTooDeep } from './outline.ts'

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * An old library of a page (Prototype 1.6) gives arrays a `toJSON`, so that JSON.stringify writes them as strings: such
 * a string as the list it was, anything else as it is.
 */
export function listOf(value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith('[')) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

const clip = (value: unknown): unknown =>
  typeof value === 'string' && value.length > LIMITS.stringChars ? value.slice(0, LIMITS.stringChars) : value

const clipAll = (fields: Fields, keep: string): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, name === keep ? value : clip(value)]),
  )

const hasLong = (fields: Fields): boolean => Object.values(fields).some(value => clip(value) !== value)

/** A label on one line: it came as the page's markup is laid out. */
const withLabel = (field: Fields): Fields =>
  typeof field.label === 'string' ? { ...field, label: field.label.replace(/\s+/g, ' ') } : field

/**
 * The descriptions of a form's fields cut to the limit; what people wrote in them has a limit of its own. Lists nested too
 * deep are left to the check, for to measure them would overflow the stack.
 */
function fieldsOf(value: unknown): unknown {
  const list = listOf(value)
  return Array.isArray(list) && !isTooDeep(list)
    ? fitted(list.map(field => (isObject(field) ? clipAll(withLabel(field), 'value') : field)))
    : list
}

/** The name a file would be saved under. */
function nameIn(url: string): string {
  const [address = ''] = url.split(/[?#]/, 1)
  return address.slice(address.lastIndexOf('/') + 1)
}

/** With the name of its file. An address that is none, or too long, is refused whatever the file is called. */
const withFile = (props: Fields): Fields =>
  props.file === undefined && typeof props.url === 'string' && clip(props.url) === props.url
    ? { ...props, file: nameIn(props.url) }
    : props

const propsOf = (type: unknown, props: Fields): Fields => {
  if (type === 'form_submit') return { ...props, fields: fieldsOf(props.fields) }
  return type === 'download' ? withFile(props) : props
}

const MENDED: ReadonlySet<unknown> = new Set(['form_submit', 'download'])

/**
 * What a page's author cannot know about, put right before the check, for the snippet has no room to: addresses, titles
 * and field names that are too long are cut, fields beyond the limit left out (form-fields.ts), lists written as strings
 * read, a file named as its address has it.
 */
export function tolerate(event: unknown): unknown {
  if (!isObject(event)) return event
  const { page, props, type } = event
  const cut = isObject(page) && hasLong(page) ? { page: clipAll(page, '') } : null
  const mended = MENDED.has(type) && isObject(props) ? { props: propsOf(type, props) } : null
  // most events need nothing
  return cut || mended ? { ...event, ...cut, ...mended } : event
}

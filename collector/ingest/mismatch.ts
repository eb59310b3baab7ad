import { CLIENT_ID_PATTERN, EVENT_ID_PATTERN } from '../../shared/ids.ts'

/** The part of a validator's error that is read here. */
interface SchemaError {
  readonly keyword: string
  readonly instancePath: string
  readonly params: object
  readonly message: string
}

const PATTERNS: ReadonlyMap<string, string> = new Map([
  [EVENT_ID_PATTERN, 'a UUID in lower-case hex, like 0190a000-0000-7000-8000-000000000001'],
  [CLIENT_ID_PATTERN, '8 to 64 of A-Z, a-z, 0-9, _ and -'],
])

/** What to do about each kind of mismatch. */
const FIXES: Readonly<Record<string, string>> = {
  required: 'Add it.',
  boolean: 'Leave it out.',
  type: 'Send it as that type.',
  const: 'Send one of these.',
  maxLength: 'Shorten it.',
  minLength: 'Fill it.',
  pattern: 'Write it so.',
  maxItems: 'Send fewer.',
  minItems: 'Send at least one.',
}

/**
 * Says in words where a value first leaves its schema: what was expected there, what kind of value came (never the
 * value: it may be someone's data, and messages are kept), and how to mend it.
 * @param errors of a value that failed its check, so at least one
 */
export function describeMismatch(
  value: unknown,
  errors: readonly SchemaError[],
): { readonly path: string; readonly message: string } {
  const [first] = errors
  if (!first) return { path: '', message: 'does not fit its schema.' }
  const path = first.instancePath
  const here = errors.filter(error => error.instancePath === path && error.keyword !== 'anyOf')
  const expected = [...new Set((here.length > 0 ? here : [first]).map(expectationOf))].join(' or ')
  const isOfSeveral = first.keyword === 'required' && namesIn(first).length > 1
  const fix = isOfSeveral ? 'Add them.' : (FIXES[first.keyword] ?? 'Mend it.')
  return { path, message: `expected ${expected}, came ${kindOf(valueAt(value, path))}. ${fix}` }
}

function expectationOf(error: SchemaError): string {
  const { keyword, params, message } = error
  const names = namesIn(error)
  if (names.length > 0) return `the ${names.length > 1 ? 'properties' : 'property'} ${LIST.format(names)}`
  const bound = BOUNDS[keyword]
  if (bound !== undefined && 'limit' in params)
    return `${bound[0]} ${counted(Number(params.limit), bound[1])}`
  if (keyword === 'const' && 'allowedValue' in params) return JSON.stringify(params.allowedValue)
  if (keyword === 'boolean') return 'no such key'
  const shape = 'pattern' in params ? PATTERNS.get(String(params.pattern)) : undefined
  return shape ?? message.replace(/^must (?:be |)/, '')
}

/** Properties that are not there. */
const namesIn = ({ keyword, params }: SchemaError): readonly string[] =>
  keyword === 'required' && 'requiredProperties' in params && Array.isArray(params.requiredProperties)
    ? params.requiredProperties.map(String)
    : []

const LIST = new Intl.ListFormat('en-GB')

const BOUNDS: Readonly<Record<string, readonly [word: string, unit: string]>> = {
  minLength: ['at least', 'character'],
  maxLength: ['at most', 'character'],
  minimum: ['at least', ''],
  maximum: ['at most', ''],
  minItems: ['at least', 'item'],
}

const counted = (count: number, unit: string): string =>
  unit === '' ? String(count) : `${count} ${unit}${count === 1 ? '' : 's'}`

/** The value's type and size in words, without its contents. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return value === null ? 'null' : 'nothing'
  if (typeof value === 'string')
    return value === '' ? 'an empty string' : `a string of ${counted(value.length, 'character')}`
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : `an array of ${value.length}`
  if (typeof value === 'object') return objectOf(Object.keys(value).length)
  return typeof value === 'number' ? `the number ${value}` : `a ${typeof value}`
}

/** A body that JSON.parse does not take, in words. */
export const notJson = (body: string): string =>
  `expected JSON, came ${body === '' ? 'an empty body' : `${body.length} characters that are not`}. Send what JSON.stringify returns.`

const objectOf = (keys: number): string =>
  keys === 0 ? 'an empty object' : `an object of ${counted(keys, 'key')}`

function valueAt(value: unknown, pointer: string): unknown {
  let at = value
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined
  }
  return at
}

import type { TSchema } from 'typebox'

/** The JSON Schema keywords that the grammar uses; `description` is the noun phrase of "expected …". */
export interface Keywords {
  readonly $ref?: string
  readonly type?: string
  readonly description?: string
  readonly anyOf?: readonly TSchema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly items?: TSchema
  readonly minItems?: number
  readonly properties?: Readonly<Record<string, TSchema>>
  readonly patternProperties?: Readonly<Record<string, TSchema>>
  readonly additionalProperties?: TSchema | boolean
  readonly propertyNames?: { readonly pattern: string }
  readonly required?: readonly string[]
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>
  readonly minProperties?: number
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
}

/** JSON type of the values a schema takes; an enum is of one type here. */
export const typeOf = ({ type, enum: values, const: value }: Keywords): string =>
  type === 'integer' ? 'number' : (type ?? typeof (values ? values[0] : value))

/** `Type.Unknown()`: free-form. */
export const takesAnything = (words: Keywords): boolean =>
  words.type === undefined &&
  words.anyOf === undefined &&
  words.enum === undefined &&
  words.const === undefined

const NOUNS: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
}

export function describe(words: Keywords): string {
  if (words.description !== undefined) return words.description
  if (words.enum) return `one of ${words.enum.join(', ')}`
  return words.const === undefined ? (NOUNS[words.type ?? ''] ?? 'another value') : String(words.const)
}

/** Whether a value of the right type is one the schema takes. */
export function leafFits(words: Keywords, value: unknown): boolean {
  if (words.enum) return words.enum.includes(value)
  if (words.const !== undefined) return words.const === value
  if (typeof value === 'number') return numberFits(words, value)
  return typeof value !== 'string' || textFits(words, value)
}

const numberFits = (words: Keywords, value: number): boolean =>
  Number.isFinite(value) &&
  (words.type !== 'integer' || Number.isInteger(value)) &&
  value >= (words.minimum ?? Number.NEGATIVE_INFINITY) &&
  value <= (words.maximum ?? Number.POSITIVE_INFINITY) &&
  value > (words.exclusiveMinimum ?? Number.NEGATIVE_INFINITY)

const textFits = (words: Keywords, value: string): boolean =>
  value.length >= (words.minLength ?? 0) &&
  value.length <= (words.maxLength ?? Number.POSITIVE_INFINITY) &&
  (words.pattern === undefined || matches(words.pattern, value))

const compiled = new Map<string, RegExp>()

/** Patterns come from the grammar, never from a file. */
export function matches(pattern: string, text: string): boolean {
  const known = compiled.get(pattern) ?? new RegExp(pattern, 'u')
  compiled.set(pattern, known)
  return known.test(text)
}

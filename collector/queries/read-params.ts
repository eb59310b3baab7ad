import type { Static, TObject, TSchema } from 'typebox'
import { Check } from 'typebox/value'
import type { Store } from '../storage/store.ts'
import { type Answer, answered, refused } from './refusal.ts'
import { siteOf } from './site.ts'

/** A question to the API, read: its parameters, and the site it is about. */
export async function readQuestion<T extends TObject>(
  store: Store,
  schema: T,
  query: Readonly<Record<string, readonly string[]>>,
): Promise<Answer<{ readonly site: string; readonly params: Static<T> }>> {
  const params = readParams(schema, query)
  if (!params.ok) return params
  const site = await siteOf(store, query.site?.[0])
  return site.ok ? answered({ site: site.value, params: params.value }) : site
}

/**
 * Reads a URL's query by a schema. Refuses what the schema does not name, what is given twice, and what has another
 * form than its description says.
 */
export function readParams<T extends TObject>(
  schema: T,
  query: Readonly<Record<string, readonly string[]>>,
): Answer<Static<T>> {
  const properties: Readonly<Record<string, TSchema>> = schema.properties
  const values: Record<string, unknown> = {}
  for (const [name, given] of Object.entries(query)) {
    const value = readValue(properties, name, given)
    if (!value.ok) return value
    values[name] = value.value
  }
  return Check(schema, values)
    ? answered(values)
    : refused('invalid_parameter', `Expected ${Object.keys(properties).join(', ')}.`)
}

function readValue(
  properties: Readonly<Record<string, TSchema>>,
  name: string,
  given: readonly string[],
): Answer<unknown> {
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined
  if (!property) {
    const allowed = Object.keys(properties)
    const detail = `Expected one of the parameters ${allowed.join(', ')}, got ${quoted(name)}.`
    return refused('unknown_parameter', detail, { allowed })
  }
  const [text = '', ...others] = given
  if (others.length > 0)
    return refused('invalid_parameter', `${name}: expected one value, got ${given.length}. Give it once.`)
  const value = converted(property, text)
  return Check(property, value)
    ? answered(value)
    : refused(
        'invalid_parameter',
        `${name}: expected ${expectationOf(property)}; got ${quoted(text)}.${hintFor(text)}`,
      )
}

/** A time whose `+` a URL has turned into a space. */
const hintFor = (text: string): string => (/T\S+ \d\d:\d\d$/.test(text) ? ' In a URL, + is written %2B.' : '')

const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/

function converted(property: TSchema, text: string): unknown {
  const type = 'type' in property ? property.type : null
  return (type === 'integer' || type === 'number') && NUMBER.test(text) ? Number(text) : text
}

/** Every schema of params.ts says what it expects. */
const expectationOf = (property: TSchema): string =>
  'description' in property ? String(property.description) : ''

const quoted = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)

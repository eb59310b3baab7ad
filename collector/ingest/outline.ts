import { LIMITS } from '../../shared/limits.ts'
import type { Flaw } from './flaw.ts'

/** The event's own object is around its props, so its nesting may be one more than theirs. */
const EVENT_DEPTH = LIMITS.depth + 1

/** Whether a value is nested deeper than an event may be. Never goes deeper than the limit, so a bomb costs no stack. */
export const isTooDeep = (value: unknown, levels: number = EVENT_DEPTH): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some(inner => isTooDeep(inner, levels - 1)))

/** Looks for too deep nesting alone: nothing else of an event may be looked at before. */
export const findDepth = (event: unknown): Flaw | null => (isTooDeep(event) ? depthIn(event, 1) : null)

function depthIn(value: unknown, depth: number): Flaw | null {
  if (typeof value !== 'object' || value === null) return null
  if (depth > EVENT_DEPTH)
    return excess('too_deep', `props nested at most ${LIMITS.depth} deep`, 'more', 'Flatten them.')
  return firstAmong(Object.entries(value), inner => depthIn(inner, depth + 1))
}

/** How many times longer than it came an event can be written: `1e20,` becomes 22 characters. */
export const MOST_GROWTH = 5

/** `1e20` becomes 21 characters; no other number grows as much. */
const NUMBER_GROWTH = 17

/**
 * By how many bytes at most an event is longer when it is written than it came: numbers lose their exponents, and what was no
 * UTF-8 becomes U+FFFD, three bytes for one. Costs far less than writing it.
 * @param event whose depth keeps the limit
 */
export function growthOf(event: unknown): number {
  if (typeof event === 'number') return NUMBER_GROWTH
  if (typeof event === 'string') return event.includes('\ufffd') ? 2 * event.length : 0
  if (typeof event !== 'object' || event === null) return 0
  let growth = 0
  for (const key in event) growth += growthOf(key) + growthOf(Reflect.get(event, key))
  return growth
}

/**
 * Looks for what no event may have, whatever its type: too many keys or items, too long strings, numbers that JSON can write
 * and no double can hold.
 * @param event whose depth keeps the limit
 * @returns null when the event keeps the limits
 */
export function findExcess(event: unknown): Flaw | null {
  return excessIn(event, hasLongText(event) ? LIMITS.fieldValueChars : LIMITS.stringChars)
}

/** People write messages in forms, owners write consent texts; schemas hold their other strings to the common limit. */
const hasLongText = (event: unknown): boolean =>
  typeof event === 'object' &&
  event !== null &&
  'type' in event &&
  (event.type === 'form_submit' || event.type === 'consent')

function excessIn(value: unknown, maxChars: number): Flaw | null {
  if (typeof value === 'string')
    return value.length > maxChars
      ? excess('string_too_long', `at most ${maxChars} characters`, `${value.length}`, 'Shorten it.')
      : null
  if (typeof value === 'number') return Number.isFinite(value) ? null : TOO_LARGE
  if (typeof value !== 'object' || value === null) return null
  const entries = Object.entries(value)
  return (
    tooManyOf(entries.length, Array.isArray(value)) ??
    firstAmong(entries, (inner, key) =>
      key.length > LIMITS.stringChars ? LONG_KEY : excessIn(inner, maxChars),
    )
  )
}

function tooManyOf(count: number, isList: boolean): Flaw | null {
  if (count <= LIMITS.keys) return null
  if (!isList)
    return excess('too_many_keys', `at most ${LIMITS.keys} keys`, `${count}`, 'Send those that matter.')
  return count <= LIMITS.items
    ? null
    : excess('too_many_items', `at most ${LIMITS.items} items`, `${count}`, 'Send those that matter.')
}

function firstAmong(
  entries: readonly (readonly [string, unknown])[],
  look: (inner: unknown, key: string) => Flaw | null,
): Flaw | null {
  for (const [key, inner] of entries) {
    const found = look(inner, key)
    if (found) return { ...found, path: `/${stepOf(key)}${found.path}` }
  }
  return null
}

/** A key, as far as it is worth repeating, as a step of a JSON pointer (RFC 6901, section 3). */
export const stepOf = (key: string): string =>
  key.slice(0, LIMITS.nameChars).replaceAll('~', '~0').replaceAll('/', '~1')

const excess = (code: Flaw['code'], expected: string, came: string, fix: string): Flaw => ({
  code,
  path: '',
  message: `expected ${expected}, came ${came}. ${fix}`,
})

const LONG_KEY = excess(
  'string_too_long',
  `at most ${LIMITS.stringChars} characters`,
  'a longer key',
  'Shorten it.',
)

const TOO_LARGE = excess(
  'number_too_large',
  'a number up to 1.7976931348623157e308',
  'a larger one, which cannot be kept',
  'Send it as a text.',
)

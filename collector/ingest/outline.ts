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

/**
 * Looks for what no event may have, whatever its type: too many keys, too long strings.
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
  if (typeof value !== 'object' || value === null) return null
  const entries = Object.entries(value)
  if (!Array.isArray(value) && entries.length > LIMITS.keys)
    return excess(
      'too_many_keys',
      `at most ${LIMITS.keys} keys`,
      `${entries.length}`,
      'Send those that matter.',
    )
  return firstAmong(entries, inner => excessIn(inner, maxChars))
}

function firstAmong(
  entries: readonly (readonly [string, unknown])[],
  look: (inner: unknown) => Flaw | null,
): Flaw | null {
  for (const [key, inner] of entries) {
    const found = look(inner)
    if (found) return { ...found, path: `/${key.slice(0, LIMITS.nameChars)}${found.path}` }
  }
  return null
}

const excess = (code: Flaw['code'], expected: string, came: string, fix: string): Flaw => ({
  code,
  path: '',
  message: `expected ${expected}, came ${came}. ${fix}`,
})

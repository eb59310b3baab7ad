import { LIMITS } from '../../shared/limits.ts'
import type { Flaw } from './flaw.ts'

/** The event's own object is around its props, so its nesting may be one more than theirs. */
const EVENT_DEPTH = LIMITS.depth + 1

/**
 * Looks for what no event may have, whatever its type: too deep nesting, too many keys, too long strings. Never goes
 * deeper than the limit, so a bomb costs no stack.
 * @returns null when the event keeps the limits
 */
export function findExcess(event: unknown): Flaw | null {
  return excessIn(event, 1, hasLongText(event) ? LIMITS.fieldValueChars : LIMITS.stringChars)
}

/** People write messages in forms, owners write consent texts; schemas hold their other strings to the common limit. */
const hasLongText = (event: unknown): boolean =>
  typeof event === 'object' &&
  event !== null &&
  'type' in event &&
  (event.type === 'form_submit' || event.type === 'consent')

function excessIn(value: unknown, depth: number, maxChars: number): Flaw | null {
  if (typeof value === 'string')
    return value.length > maxChars
      ? excess('string_too_long', `at most ${maxChars} characters`, `${value.length}`, 'Shorten it.')
      : null
  if (typeof value !== 'object' || value === null) return null
  if (depth > EVENT_DEPTH)
    return excess('too_deep', `props nested at most ${LIMITS.depth} deep`, 'more', 'Flatten them.')
  const entries = Object.entries(value)
  if (!Array.isArray(value) && entries.length > LIMITS.keys)
    return excess(
      'too_many_keys',
      `at most ${LIMITS.keys} keys`,
      `${entries.length}`,
      'Send those that matter.',
    )
  for (const [key, inner] of entries) {
    const found = excessIn(inner, depth + 1, maxChars)
    if (found) return { ...found, path: `/${key.slice(0, LIMITS.nameChars)}${found.path}` }
  }
  return null
}

const excess = (code: Flaw['code'], expected: string, came: string, fix: string): Flaw => ({
  code,
  path: '',
  message: `expected ${expected}, came ${came}. ${fix}`,
})

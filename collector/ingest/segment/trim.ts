import { LIMITS } from '../../../shared/limits.ts'
import { type Fields, isFields } from './message.ts'

/**
 * Properties as the wire takes them: texts cut, what is nested deeper than it goes left out. A library's caller is told
 * nothing of what becomes of a message, so better a shorter one than none.
 * @param depth of the object in the event's props, they themselves at 1
 */
export function trimmed(fields: Fields, depth: number): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      fits(value, depth) ? [[name, trimmedValue(value, depth)] as const] : [],
    ),
  )
}

function trimmedValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.slice(0, LIMITS.stringChars)
  if (Array.isArray(value))
    return value.filter(item => fits(item, depth + 1)).map(item => trimmedValue(item, depth + 1))
  return isFields(value) ? trimmed(value, depth + 1) : value
}

const fits = (value: unknown, depth: number): boolean =>
  typeof value !== 'object' || value === null || depth < LIMITS.depth

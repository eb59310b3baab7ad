import { LIMITS } from '../../shared/limits.ts'
import type { WireNotice } from '../../shared/wire.ts'
import { stepOf } from './outline.ts'
import { listOf } from './tolerate.ts'

/** What of one event is kept otherwise than it came; the first of each kind, so that no answer outgrows its request. */
export type Notice = Omit<WireNotice, 'index'>

/**
 * @param came as it was sent
 * @param kept the same after `tolerate`, nested no deeper than the limit
 */
export function noticesOf(came: unknown, kept: unknown): readonly Notice[] {
  const rounded = roundedIn(fieldOf(kept, 'props'), '/props')
  // most events are kept as they came
  const cut = came === kept ? null : cutIn(came, kept)
  if (rounded === null) return cut === null ? NONE : [cut]
  return cut === null ? [rounded] : [cut, rounded]
}

const NONE: readonly Notice[] = []

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

/** Looks where `tolerate` cuts: the page, and the fields of a form. */
function cutIn(came: unknown, kept: unknown): Notice | null {
  return (
    cutAmong(fieldOf(came, 'page'), fieldOf(kept, 'page'), '/page') ??
    fieldsCut(listOf(fieldOf(fieldOf(came, 'props'), 'fields')), fieldOf(fieldOf(kept, 'props'), 'fields'))
  )
}

function fieldsCut(came: unknown, kept: unknown): Notice | null {
  if (!Array.isArray(came) || !Array.isArray(kept)) return null
  const left = came.length - kept.length
  if (left > 0)
    return notice(
      'cut',
      '/props/fields',
      `expected at most ${LIMITS.formFields} fields that fit into an event, came ${came.length}. ${left} were left out: contact data was kept first, then what was filled in.`,
    )
  for (const [nth, field] of kept.entries()) {
    const cut = cutAmong(came[nth], field, `/props/fields/${nth}`)
    if (cut) return cut
  }
  return null
}

function cutAmong(came: unknown, kept: unknown, at: string): Notice | null {
  if (typeof kept !== 'object' || kept === null || came === kept) return null
  for (const [key, text] of Object.entries(kept)) {
    const before = fieldOf(came, key)
    if (typeof text === 'string' && typeof before === 'string' && isCut(before, text))
      return notice(
        'cut',
        `${at}/${stepOf(key)}`,
        `expected at most ${text.length} characters, came ${before.length}. The rest was cut off.`,
      )
  }
  return null
}

/** Not only brought to one line, as labels are. */
const isCut = (came: string, kept: string): boolean =>
  came.length > kept.length && came.replace(/\s+/g, ' ').length > kept.replace(/\s+/g, ' ').length

/** A whole number that JSON wrote with more digits than a double holds, or could have. */
function roundedIn(value: unknown, at: string): Notice | null {
  if (typeof value === 'number')
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? roundedAt(at) : null
  if (typeof value !== 'object' || value === null) return null
  for (const key in value) {
    const found = roundedIn(Reflect.get(value, key), at)
    if (found) return { ...found, path: `${at}/${stepOf(key)}${found.path.slice(at.length)}` }
  }
  return null
}

const roundedAt = (at: string): Notice =>
  notice(
    'rounded',
    at,
    `expected whole numbers up to ${Number.MAX_SAFE_INTEGER}, came a larger one, whose last digits may not be kept. Send ids as texts.`,
  )

const notice = (code: Notice['code'], path: string, message: string): Notice => ({ code, path, message })

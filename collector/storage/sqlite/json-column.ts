import { damaged } from './connection.ts'
import type { JsonColumn } from './json-columns.ts'

/**
 * The JSON of a column. Half a character, which an event of before or a person's word may hold, becomes U+FFFD: a column of text
 * can hold none, so what is computed of it would be another in memory than in the store.
 * @throws StoreError `corrupt` when it is no JSON; never with a word of it, for it is somebody's data
 */
export function jsonIn(column: JsonColumn, text: string): unknown {
  try {
    return JSON.parse(text.includes(HALF) ? text.replace(ESCAPES, wholeEscape) : text)
  } catch {
    throw damaged('the database', `${column} of a row cannot be read`)
  }
}

/** How JSON.stringify begins a half; whole characters it writes as they are. */
const HALF = String.raw`\ud`

/** Two by two, so that the second of two backslashes begins none. */
const ESCAPES = /\\(?:ud[89a-f][0-9a-f]{2}|.)/g

const wholeEscape = (written: string): string => (written.length > 2 ? String.raw`\ufffd` : written)

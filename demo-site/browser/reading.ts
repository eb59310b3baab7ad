/** Readers for JSON of the API: what is not as expected becomes absent, so that a newer collector breaks nothing. */

export type Json = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const recordOf = (value: unknown): Json => (isRecord(value) ? value : {})
export const recordOrNull = (value: unknown): Json | null => (isRecord(value) ? value : null)
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
export const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null
export const numberOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : 0
export const numberOrNull = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null
export const listOf = <T>(value: unknown, read: (item: unknown) => T): readonly T[] =>
  Array.isArray(value) ? value.map(read) : []

/** Epoch ms of an RFC 3339 time; null when it is none. */
export function timeOrNull(value: unknown): number | null {
  const at = Date.parse(textOf(value))
  return Number.isNaN(at) ? null : at
}

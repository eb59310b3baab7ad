/** What a Segment library sent, of which nothing is known but that it is JSON. */
export type Fields = Readonly<Record<string, unknown>>

const NOTHING: Fields = {}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object inside a message; an empty one when there is none. */
export function fieldsIn(fields: Fields, name: string): Fields {
  const value = fields[name]
  return isFields(value) ? value : NOTHING
}

/** A text, or a number as one (libraries send user ids as both); undefined when there is neither, or nothing in it. */
export function textIn(fields: Fields, name: string): string | undefined {
  const value = fields[name]
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/** The greatest instant a Date can hold. */
const LAST_MS = 8_640_000_000_000_000

/** ISO 8601 or epoch ms, as epoch ms; undefined when it is no time of the wire's. */
export function timeIn(fields: Fields, name: string): number | undefined {
  const value = fields[name]
  const ms = typeof value === 'string' ? Date.parse(value) : value
  return typeof ms === 'number' && ms >= 0 && ms <= LAST_MS ? Math.trunc(ms) : undefined
}

/** When the library says it happened: `timestamp` is what its caller may set, the other its own clock. */
export const claimedTime = (message: Fields): number | undefined =>
  timeIn(message, 'timestamp') ?? timeIn(message, 'originalTimestamp')

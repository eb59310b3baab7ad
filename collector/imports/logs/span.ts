import type { LogTime } from './time.ts'

/** Whether a line's time is asked for. */
export type Span = (time: LogTime) => boolean

/** One end: a day of the log's own calendar, or an instant, epoch ms. */
type End = { readonly day: string } | { readonly at: number }

/**
 * Lines from one end to the other, both included: a day (`2026-11-01`, in the log's own zone) or an instant (RFC 3339).
 * @returns null when an end is neither
 */
export function spanOf(from: string | undefined, to: string | undefined): Span | null {
  const [first, last] = [endIn(from), endIn(to)]
  if (first === null || last === null) return null
  return time => compare(time, first) >= 0 && compare(time, last) <= 0
}

function endIn(text: string | undefined): End | 'open' | null {
  if (text === undefined) return 'open'
  const at = Date.parse(text)
  if (Number.isNaN(at)) return null
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { day: text }
  return /^\d{4}-\d{2}-\d{2}T.+(?:Z|[+-]\d{2}:\d{2})$/i.test(text) ? { at } : null
}

function compare({ at, day }: LogTime, end: End | 'open'): number {
  if (end === 'open') return 0
  if ('at' in end) return at - end.at
  return day < end.day ? -1 : Number(day > end.day)
}

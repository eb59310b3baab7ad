import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../shared/time.ts'
import type { When } from '../language.ts'
import { amount } from './numbers.ts'

/** `12 January`, with the year when it is another one than that of the instant from which it is seen. */
export function day(at: number, { at: seenAt, timezone }: When): string {
  const [date, year] = [format(at, timezone, { day: 'numeric', month: 'long' }), yearOf(at, timezone)]
  return year === yearOf(seenAt, timezone) ? date : `${date} ${year}`
}

/** `12 January, 14:05` */
export const moment = (at: number, when: When): string =>
  `${day(at, when)}, ${format(at, when.timezone, { hour: '2-digit', minute: '2-digit', hour12: false, hourCycle: 'h23' })}`

const yearOf = (at: number, timezone: string): string => format(at, timezone, { year: 'numeric' })

const format = (at: number, timeZone: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(at)

/** Up to this far ahead hours say more than a date (our choice). */
const SOON_MS = 1.5 * DAY_MS
const WEEK_MS = 7 * DAY_MS

/** By when something must be done: never later than `until`. */
export function deadline(until: number, when: When): string {
  const leftMs = until - when.at
  if (leftMs < 2 * HOUR_MS) return 'within the hour'
  if (leftMs < SOON_MS) return `in the next ${span(Math.max(HOUR_MS, leftMs - (leftMs % HOUR_MS)))}`
  const weekday = leftMs < WEEK_MS ? `${format(until, when.timezone, { weekday: 'long' })} ` : ''
  return `before ${weekday}${day(until, when)}`
}

/** `14 days`, `2 hours`, `one minute`, `30 seconds`. */
export function span(ms: number): string {
  if (ms >= 2 * DAY_MS) return counted(ms / DAY_MS, 'day')
  if (ms >= HOUR_MS) return counted(ms / HOUR_MS, 'hour')
  return ms >= MINUTE_MS ? counted(ms / MINUTE_MS, 'minute') : counted(ms / SECOND_MS, 'second')
}

const counted = (n: number, unit: string): string => (n === 1 ? `one ${unit}` : `${amount(n)} ${unit}s`)

import { MINUTE_MS } from '../../../shared/time.ts'

export interface LogTime {
  /** epoch ms */
  readonly at: number
  /** the calendar day in the log's own zone, `2026-11-25` */
  readonly day: string
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `25/Nov/2026:21:04:07 +0200`, with or without a fraction of a second. */
const COMMON =
  /^(\d{1,2})\/([a-z]{3})\/(\d{4}):(\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,6}))?(?: ([+-])(\d{2}):?(\d{2}))?$/i
/** `2026-11-25T21:04:07+02:00`, as nginx writes `$time_iso8601` */
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?:Z|([+-])(\d{2}):?(\d{2}))?$/

/** When a request came, as the log's own zone says; without a zone in UTC. Null for what is no time. */
export function timeIn(text: string): LogTime | null {
  const iso = ISO.exec(text)
  if (iso) return timeOf(iso.slice(1, 4), iso.slice(4))
  const [, day, month = '', year, ...rest] = COMMON.exec(text) ?? []
  const number = MONTHS.indexOf(month.toLowerCase()) + 1
  return number === 0 ? null : timeOf([year, String(number), day], rest)
}

type Part = string | undefined

const LEAP_SECOND = 60

function timeOf(
  date: readonly Part[],
  [hour, minute, second, fraction = '0', sign, ...zone]: readonly Part[],
) {
  const [year = 0, month = 0, day = 0] = date.map(Number)
  // a day or an hour that there is not becomes another one
  const isDay = new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1
  if (!isDay || Number(hour) > 23 || Number(minute) > 59 || Number(second) > LEAP_SECOND) return null
  const local = Date.UTC(year, month - 1, day, Number(hour), Number(minute), Number(second))
  const [hours = 0, minutes = 0] = zone.map(part => Number(part ?? 0))
  const offset = (sign === '-' ? -1 : 1) * (hours * 60 + minutes) * MINUTE_MS
  const at = local - offset + Math.floor(Number(`0.${fraction}`) * 1_000)
  return Number.isFinite(at) && at >= 0 ? { at, day: dayOf(local) } : null
}

/** Seconds or milliseconds since 1970, as JSON logs give them; in UTC, for they name no zone. */
export function timeOfNumber(value: number): LogTime | null {
  const at = Math.floor(value > 1e11 ? value : value * 1_000)
  return at >= 0 && at < 8.64e15 ? { at, day: dayOf(at) } : null
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

import { calendarDay } from '../../../shared/calendar.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/time.ts'
import type { Both, Bucket, Period } from './shapes.ts'

/** What calendar days are gathered into. */
export type Unit = 'week' | 'month'

/**
 * Instants within a period, counted by calendar week (from Monday) or month of a time zone; empty ones stand there too.
 */
export function bucketsOf(
  instants: Both<readonly number[]>,
  period: Period,
  timezone: string,
  unit: Unit,
): readonly Bucket[] {
  const startOf = (at: number): string => firstDay(calendarDay(timezone)(at), unit)
  const counted = { old: count(instants.old.map(startOf)), new: count(instants.new.map(startOf)) }
  const buckets: Bucket[] = []
  const last = startOf(period.until)
  for (let start = startOf(period.since); start <= last; start = nextStart(start, unit)) {
    const from = Math.max(midnight(start, timezone), period.since)
    const to = Math.min(midnight(nextStart(start, unit), timezone), period.until + 1)
    const days = Math.round(((to - from) / DAY_MS) * 10) / 10
    buckets.push({ start, days, old: counted.old.get(start) ?? 0, new: counted.new.get(start) ?? 0 })
  }
  return buckets
}

function count(days: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1)
  return counts
}

/** Days are reckoned as if they were UTC's: a date has no time zone. */
const asUtc = (day: string): Date => new Date(`${day}T00:00:00Z`)
const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

function firstDay(day: string, unit: Unit): string {
  if (unit === 'month') return `${day.slice(0, 7)}-01`
  const date = asUtc(day)
  const sinceMonday = (date.getUTCDay() + 6) % 7
  return plusDays(day, -sinceMonday)
}

const plusDays = (day: string, days: number): string => dayOf(new Date(asUtc(day).getTime() + days * DAY_MS))

export const nextDay = (day: string): string => plusDays(day, 1)

function nextStart(start: string, unit: Unit): string {
  if (unit === 'week') return plusDays(start, 7)
  const date = asUtc(start)
  return dayOf(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)))
}

/** No time zone is further than this from UTC (IANA time zone database: −12 to +14 hours). */
const FURTHEST_MS = 15 * HOUR_MS

/** The first instant of a calendar day in a time zone, epoch ms. */
export function midnight(day: string, timezone: string): number {
  const dayAt = calendarDay(timezone)
  let before = asUtc(day).getTime() - FURTHEST_MS
  let after = before + 2 * FURTHEST_MS
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (dayAt(middle) < day) before = middle
    else after = middle
  }
  return after
}

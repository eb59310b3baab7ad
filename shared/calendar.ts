import { MINUTE_MS } from './time.ts'

/** Every zone's offset changes on a quarter of an hour (IANA time zone database), so a day is looked up once per quarter. */
const QUARTER_MS = 15 * MINUTE_MS

/** a good year and a half, 3 MB */
const QUARTERS_KEPT = 50_000

const calendars = new Map<string, (at: number) => string>()

/** The calendar day of an instant in a time zone, `YYYY-MM-DD`. */
export function calendarDay(timezone: string): (at: number) => string {
  const known = calendars.get(timezone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' })
  const days = new Map<number, string>()
  const dayOf = (at: number): string => {
    const quarter = Math.floor(at / QUARTER_MS)
    const met = days.get(quarter)
    if (met !== undefined) return met
    const day = format.format(at)
    if (days.size >= QUARTERS_KEPT) days.clear()
    days.set(quarter, day)
    return day
  }
  calendars.set(timezone, dayOf)
  return dayOf
}

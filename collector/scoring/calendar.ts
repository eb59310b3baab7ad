import { MINUTE_MS } from '../../shared/time.ts'

/** Every zone's offset changes on a quarter of an hour (IANA time zone database), so a day is looked up once per quarter. */
const QUARTER_MS = 15 * MINUTE_MS

const calendars = new Map<string, (at: number) => string>()

/** The calendar day of an instant in a time zone, `YYYY-MM-DD`. */
export function calendarDay(timezone: string): (at: number) => string {
  const known = calendars.get(timezone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' })
  let quarter = Number.NaN
  let day = ''
  const dayOf = (at: number): string => {
    const current = Math.floor(at / QUARTER_MS)
    if (current !== quarter) {
      quarter = current
      day = format.format(at)
    }
    return day
  }
  calendars.set(timezone, dayOf)
  return dayOf
}

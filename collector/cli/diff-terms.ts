import { DAY_MS, parseDuration } from '../../shared/time.ts'
import { midnight, nextDay } from '../models/diff/calendar.ts'
import type { Period } from '../models/diff/shapes.ts'
import { UsageError } from './io.ts'

/** What a model diff looks at unless it is told otherwise (our choice): a quarter, and two months for a deal to show. */
const PERIOD_MS = 90 * DAY_MS
const MATURITY = '60d'
const LEAST_N = '30'

/** @throws UsageError */
export function readTerms({ maturity = MATURITY, min = LEAST_N }: { maturity?: string; min?: string }) {
  const maturityMs = parseDuration(maturity)
  if (maturityMs === null)
    throw new UsageError(`model diff: --maturity: expected a duration such as 60d, came ${maturity}.`)
  if (!/^[1-9]\d{0,5}$/.test(min))
    throw new UsageError(`model diff: --min: expected a whole number above zero, came ${min}.`)
  return { maturityMs, minN: Number(min) }
}

/**
 * `--since` and `--until` are days of the model's time zone, both included, or durations before now. @throws UsageError
 * @param now epoch ms
 */
export function readSpan(
  { since, until }: { readonly since?: string; readonly until?: string },
  timezone: string,
  now: number,
): Period {
  const end = until === undefined ? now : Math.min(now, instantOf('--until', until, timezone, now).end)
  const start = since === undefined ? end - PERIOD_MS : instantOf('--since', since, timezone, now).start
  if (start > end) throw new UsageError('model diff: expected --since before --until.')
  return { since: start, until: end }
}

function instantOf(option: string, text: string, timezone: string, now: number) {
  const ago = parseDuration(text)
  if (ago !== null) return { start: now - ago, end: now - ago }
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text)
  if (!isDay)
    throw new UsageError(`model diff: ${option}: expected a day such as 2026-01-31 or 90d, came ${text}.`)
  return { start: midnight(text, timezone), end: midnight(nextDay(text), timezone) - 1 }
}

import type { Page } from '../../shared/events.ts'
import { IDLE_LOOKS, LOOK_MS, MARK_MS, MINUTE_MS } from '../limits.ts'
import { record } from '../record.ts'

let view: string | undefined
export let engagedMs = 0
let reportedMs = 0
let deepestPx = 0
let looksLeft = 0

/** Reports the view's running totals if they grew by `leastMs`, on `page` if the address has already moved on. */
export const reportView = (page?: Page, leastMs = LOOK_MS): void => {
  if (!view || engagedMs < reportedMs + leastMs) return
  reportedMs = engagedMs
  const scrollPct = ((100 * deepestPx) / document.documentElement.scrollHeight) | 0
  record('engagement', { view, engagedMs, scrollPct }, page)
}

/** The reader gave a sign of life. */
export const stir = (): void => {
  looksLeft = IDLE_LOOKS
}

/** Begins a new view; `id` is that of its page_view, without one it is not reported. */
export const beginView = (id?: string): void => {
  view = id
  engagedMs = reportedMs = deepestPx = 0
  stir()
}

/**
 * Time is counted in looks, not by a clock, which may be set, and goes on while a machine sleeps. A look counts while
 * the page is visible and focused and its reader gave a sign of life within the last minute. Reported after 5
 * seconds, then every minute.
 */
export const look = (): void => {
  if (!document.hidden && document.hasFocus() && looksLeft-- > 0) {
    engagedMs += LOOK_MS
    deepestPx = Math.max(deepestPx, scrollY + innerHeight)
  }
  reportView(undefined, reportedMs ? MINUTE_MS : MARK_MS)
}

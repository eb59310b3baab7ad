import type { Page } from '../../shared/events.ts'
import { guard, listen } from '../edge.ts'
import { GROWTH_MS, IDLE_MS, LOOK_MS } from '../limits.ts'
import { record } from '../record.ts'

const MINUTE_MS = 60_000

let view: string | undefined
let engagedMs = 0
let reportedMs = 0
let deepestPx = 0
let watched = false
let countedTo = 0
let idleAt = 0

/** The next engaged time after `ms` at which a view is reported: 5, 10, 30 seconds, then every full minute. */
export const markAfter = (ms: number): number =>
  [5_000, 10_000, 30_000].find(mark => mark > ms) ?? ms - (ms % MINUTE_MS) + MINUTE_MS

/** Time counts while the page is visible and focused and its reader gave a sign of life within the last minute. */
const count = (): void => {
  const now = Date.now()
  // a clock that was set or slept through can add no more than the minute, and takes nothing away
  if (watched) engagedMs += Math.max(0, Math.min(now, idleAt) - countedTo)
  countedTo = now
  watched = !document.hidden && document.hasFocus()
}

const stir = (): void => {
  count()
  idleAt = countedTo + IDLE_MS
}

const measure = (): void => {
  count()
  deepestPx = Math.max(deepestPx, scrollY + innerHeight)
}

/** Reports the view's running totals if they grew; `page` if the address has already moved on. */
export const reportView = (page?: Page): void => {
  measure()
  if (!view || engagedMs < reportedMs + GROWTH_MS) return
  reportedMs = engagedMs
  const scrollPct = Math.min(100, Math.round((100 * deepestPx) / document.documentElement.scrollHeight) || 0)
  record('engagement', { view, engagedMs, scrollPct }, page)
}

/** Begins a new view; `id` is that of its page_view, without one it is not reported. */
export const beginView = (id?: string): void => {
  stir()
  view = id
  engagedMs = reportedMs = deepestPx = 0
}

export const watchEngagement = (): void => {
  listen(stir, 'pointerdown', 'pointermove', 'keydown', 'wheel', 'focus', 'blur')
  listen(() => reportView(), 'pagehide', 'visibilitychange')
  const look = guard(() => {
    measure()
    if (engagedMs >= markAfter(reportedMs)) reportView()
  })
  setInterval(look, LOOK_MS)
}

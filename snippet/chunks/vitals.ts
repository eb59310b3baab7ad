import { type Metric, onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals'
import type { record } from '../record.ts'

/**
 * Records the page's vitals when it is left or put away: most are final only then, and the others need no request of
 * their own.
 */
export const start = (tell: typeof record): void => {
  const known: Metric[] = []
  const flush = (): void => {
    if (!document.hidden) return
    for (const { name, value, rating } of known.splice(0)) tell('web_vital', { name, value, rating })
  }
  for (const watch of [onCLS, onFCP, onINP, onLCP, onTTFB])
    watch(metric => {
      known.push(metric)
      flush()
    })
  addEventListener('visibilitychange', flush, true)
}

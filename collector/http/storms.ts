import { DAY_MS, MINUTE_MS } from '../../shared/time.ts'
import type { Clock } from '../contracts/clock.ts'
import type { Log } from './log.ts'

/** Of some events of a site: how many were taken, how many not, and why the first of these was not. */
interface Some {
  readonly taken: number
  readonly not: number
  readonly why: string
}

export interface Storms {
  /** @param site null: nobody knows whose */
  count(site: string | null, some: Some): void
}

const WITHIN_MS = 5 * MINUTE_MS
/** Fewer say nothing: a page with a mistake is no storm. Our choice, as is that it is told once a day. */
const AT_LEAST = 500
const AGAIN_MS = DAY_MS

/** Says in the log, once a day and site, that most of what comes is not taken: somebody else's use of a public key, or a broken page. */
export function watchStorms(clock: Clock, log: Log): Storms {
  const windows = new Map<string, { since: number; taken: number; not: number; saidAt: number }>()
  return {
    count: (site, { taken, not, why }) => {
      const now = clock()
      const name = site ?? ''
      const window = windows.get(name) ?? { since: now, taken: 0, not: 0, saidAt: Number.NEGATIVE_INFINITY }
      windows.set(name, window)
      if (now - window.since >= WITHIN_MS) Object.assign(window, { since: now, taken: 0, not: 0 })
      window.taken += taken
      window.not += not
      if (window.not < AT_LEAST || window.not <= window.taken || now - window.saidAt < AGAIN_MS) return
      window.saidAt = now
      const whose = site === null ? 'with keys that are no site’s, or cannot be read' : `for the site ${site}`
      log.warn(
        'mostly_refused',
        `Most of what came ${whose} in the last five minutes was not taken: ${window.not}, against ${window.taken} that were; lately ${why}.`,
        { ...(site !== null && { site }), not: window.not, taken: window.taken, why },
      )
    },
  }
}

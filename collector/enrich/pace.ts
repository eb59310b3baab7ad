import { SESSION_GAP_MS } from '../../shared/limits.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import type { Traffic } from '../contracts/evidence.ts'
import type { Fact } from '../contracts/facts.ts'

/** A stretch of one timeline that no person made, by how it went. Times are epoch ms, both inclusive. */
export interface Verdict {
  readonly from: number
  until: number
  readonly traffic: Traffic
}

/** Watches one timeline, fact by fact in order of occurrence. */
export interface Pace {
  readonly verdicts: readonly Verdict[]
  /** @returns whether earlier facts are seen otherwise now */
  see(fact: Fact, isScan: boolean): boolean
}

/** Pages within a minute. Somebody who opens a whole menu in tabs comes to a dozen or two (our choice). */
const FAST_VIEWS = 40
const TOO_FAST: Traffic = { kind: 'bot', evidence: `opened ${FAST_VIEWS} pages within a minute` }

/** Events that came within a minute, whenever they are said to have happened. The tag keeps 200 at most (limits.ts). */
const FLOOD_EVENTS = 400
const FLOOD: Traffic = {
  kind: 'bot',
  evidence: `sent ${FLOOD_EVENTS} events within a minute; a browser's queue holds half as many`,
}

const SCAN: Traffic = {
  kind: 'mail_scanner',
  evidence: 'opened several links of one e-mail at once, as mail scanners do',
}

/**
 * What goes on too fast for a person is a program's (trust.md, score inflation): from where it began to be, until a
 * session's pause; a flood, as long as it comes.
 */
export function watchPace(): Pace {
  const verdicts: Verdict[] = []
  const views: number[] = []
  let open: Verdict | null = null
  let flooding: Verdict | null = null
  let run = { receivedAt: Number.NEGATIVE_INFINITY, from: 0, events: 0 }
  let lastAt = Number.NEGATIVE_INFINITY

  function begin(from: number, traffic: Traffic, until: number): Verdict {
    const verdict = { from, until, traffic }
    verdicts.push(verdict)
    return verdict
  }

  function isFast(at: number): boolean {
    views.push(at)
    if (views.length > FAST_VIEWS) views.shift()
    return views.length === FAST_VIEWS && at - (views[0] ?? at) < MINUTE_MS
  }

  function isFlood({ origin, receivedAt, occurredAt }: Fact): boolean {
    if (origin !== 'browser') return false
    if (Math.abs(receivedAt - run.receivedAt) >= MINUTE_MS) {
      run = { receivedAt, from: occurredAt, events: 0 }
      flooding = null
    }
    run.events += 1
    return run.events >= FLOOD_EVENTS
  }

  return {
    verdicts,
    see(fact, isScan) {
      const at = fact.occurredAt
      if (at - lastAt > SESSION_GAP_MS) {
        open = null
        views.length = 0
      }
      lastAt = at
      const before = verdicts.length
      if (isFlood(fact)) flooding ??= begin(run.from, FLOOD, at)
      const tooFast = fact.type === 'page_view' && isFast(at)
      if (isScan) open ??= begin(at, SCAN, at)
      else if (tooFast) open ??= begin(views[0] ?? at, TOO_FAST, at)
      if (open) open.until = at
      if (flooding) flooding.until = at
      return verdicts.length > before
    },
  }
}

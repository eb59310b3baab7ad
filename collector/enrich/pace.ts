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
  const views = watchViews()
  const flood = watchFlood()
  let open: Verdict | null = null
  let flooding: Verdict | null = null
  let lastAt = Number.NEGATIVE_INFINITY

  function going(known: Verdict | null, from: number | null, at: number, traffic: Traffic): Verdict | null {
    if (known === null && from === null) return null
    const verdict = known ?? { from: from ?? at, until: at, traffic }
    verdict.until = at
    if (verdict !== known) verdicts.push(verdict)
    return verdict
  }

  return {
    verdicts,
    see(fact, isScan) {
      const at = fact.occurredAt
      const before = verdicts.length
      const isNewSession = at - lastAt > SESSION_GAP_MS
      lastAt = at
      const fastFrom = views(fact, isNewSession)
      const traffic = isScan ? SCAN : TOO_FAST
      open = going(isNewSession ? null : open, isScan ? at : fastFrom, at, traffic)
      const { from, goesOn } = flood(fact)
      flooding = going(goesOn ? flooding : null, from, at, FLOOD)
      return verdicts.length > before
    },
  }
}

/** @returns since when too many pages are opened; null: they are not */
function watchViews(): (fact: Fact, isNewSession: boolean) => number | null {
  let views: number[] = []
  return ({ type, occurredAt }, isNewSession) => {
    if (isNewSession) views = []
    if (type !== 'page_view') return null
    views.push(occurredAt)
    if (views.length > FAST_VIEWS) views.shift()
    const [first = occurredAt] = views
    return views.length === FAST_VIEWS && occurredAt - first < MINUTE_MS ? first : null
  }
}

/** Counts what came within a minute of the first of a run. */
function watchFlood(): (fact: Fact) => { readonly from: number | null; readonly goesOn: boolean } {
  let run = { receivedAt: Number.NEGATIVE_INFINITY, from: 0, events: 0 }
  return ({ origin, receivedAt, occurredAt }) => {
    if (origin !== 'browser') return { from: null, goesOn: false }
    const goesOn = Math.abs(receivedAt - run.receivedAt) < MINUTE_MS
    if (!goesOn) run = { receivedAt, from: occurredAt, events: 0 }
    run.events += 1
    return { from: run.events >= FLOOD_EVENTS ? run.from : null, goesOn }
  }
}

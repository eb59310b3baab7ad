import { SESSION_GAP_MS } from '../../shared/limits.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import type { Traffic } from '../contracts/evidence.ts'
import type { Fact } from '../contracts/facts.ts'

/** Watches one timeline, fact by fact in order of occurrence. */
export interface Pace {
  /** What speaks against a person behind one of its facts; null: nothing. */
  against(fact: Fact): Traffic | null
  /** @returns whether earlier facts are seen otherwise now */
  see(fact: Fact, isScan: boolean): boolean
}

/** A stretch that no person made, by how it went. Times are epoch ms, both inclusive. */
interface Verdict {
  from: number
  until: number
  readonly traffic: Traffic
}

/** Pages within a minute. Somebody who opens a whole menu in tabs comes to a dozen or two (our choice). */
const FAST_VIEWS = 40
const TOO_FAST: Traffic = { kind: 'bot', evidence: `opened ${FAST_VIEWS} pages within a minute` }

/** Events that came within two minutes, whenever they are said to have happened. The tag keeps 200 at most (limits.ts). */
const FLOOD_EVENTS = 300
const FLOOD: Traffic = {
  kind: 'bot',
  evidence: `sent ${FLOOD_EVENTS} events within two minutes; a browser's queue holds fewer`,
}

const SCAN: Traffic = {
  kind: 'mail_scanner',
  evidence: 'opened several links of one e-mail at once, as mail scanners do',
}

/**
 * What goes on too fast for a person is a program's (trust.md, score inflation): from where it began to be, until a
 * session's pause; of a flood, all that came with it.
 */
export function watchPace(): Pace {
  const verdicts: Verdict[] = []
  const views = watchViews()
  const flood = watchFlood()
  let open: Verdict | null = null
  let lastAt = Number.NEGATIVE_INFINITY

  /** @returns whether the verdict reaches further back than before */
  function judge(from: number | null, at: number, traffic: Traffic): boolean {
    if (open) open.until = at
    if (from === null || (open && open.from <= from)) return false
    if (open) open.from = from
    else {
      open = { from, until: at, traffic }
      verdicts.push(open)
    }
    return true
  }

  return {
    against: fact =>
      verdicts.find(({ from, until }) => from <= fact.occurredAt && fact.occurredAt <= until)?.traffic ??
      (flood.holds(fact) ? FLOOD : null),
    see(fact, isScan) {
      const at = fact.occurredAt
      const isNewSession = at - lastAt > SESSION_GAP_MS
      lastAt = at
      if (isNewSession) open = null
      const fastFrom = views(fact, isNewSession)
      const isScanned = judge(isScan ? at : null, at, SCAN)
      const isFast = judge(fastFrom, at, TOO_FAST)
      return flood.see(fact) || isScanned || isFast
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

/** Spells of two minutes, one begun each minute: any minute lies whole in one of them. Named by the minute they end in. */
const spellsOf = ({ receivedAt }: Fact): readonly number[] => {
  const minute = Math.floor(receivedAt / MINUTE_MS)
  return [minute, minute + 1]
}

/** Counts by when events came, so that no order of theirs and nothing they say of their time hides how many they are. */
function watchFlood() {
  const counts = new Map<number, number>()
  const isFull = (spell: number): boolean => (counts.get(spell) ?? 0) >= FLOOD_EVENTS
  return {
    holds: (fact: Fact): boolean => fact.origin === 'browser' && spellsOf(fact).some(isFull),
    see(fact: Fact): boolean {
      if (fact.origin !== 'browser') return false
      const full = spellsOf(fact).map(spell => {
        const count = (counts.get(spell) ?? 0) + 1
        counts.set(spell, count)
        return count === FLOOD_EVENTS
      })
      return full.includes(true)
    },
  }
}

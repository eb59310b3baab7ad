import type { AutomatonKind } from '../../enrich/lexicon/automata.ts'
import type { SkipReason } from './target.ts'

/** What was found in some logs. */
export interface LogTally {
  readonly lines: number
  readonly empty: number
  readonly broken: number
  /** the first few of the broken ones */
  readonly brokenFirst: readonly BrokenLine[]
  /** lines that are no event of a visitor, by the reason */
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>
  /** those of people */
  readonly people: Counted
  /** those of programs, by kind: recorded with their user agent and never scored, or skipped if so asked */
  readonly bots: Readonly<Partial<Record<AutomatonKind, Counted>>>
  /** events on lines that name no user agent, so that nobody can tell programs from people */
  readonly withoutAgent: number
  /** epoch ms of the first and last event; null: none */
  readonly firstAt: number | null
  readonly lastAt: number | null
}

export interface Counted {
  readonly visitors: number
  readonly sessions: number
  readonly pageViews: number
  readonly downloads: number
}

export interface BrokenLine {
  readonly file: string
  /** from 1 */
  readonly line: number
  /** its beginning; null: longer than any request */
  readonly text: string | null
}

/** Lines there were, and none of them was one of a log. */
export const isNoLog = ({ lines, empty, broken }: LogTally): boolean => broken > 0 && broken + empty === lines

const SHOWN_BROKEN = 5
const SHOWN_CHARS = 120

interface Count {
  visitors: number
  sessions: number
  pageViews: number
  downloads: number
}

const none = (): Count => ({ visitors: 0, sessions: 0, pageViews: 0, downloads: 0 })

/** Keeps count. */
export function startTally() {
  const counts = { lines: 0, empty: 0, broken: 0, withoutAgent: 0 }
  const brokenFirst: BrokenLine[] = []
  const skipped: Partial<Record<SkipReason, number>> = {}
  const people = none()
  const bots: Partial<Record<AutomatonKind, Count>> = {}
  let firstAt: number | null = null
  let lastAt: number | null = null
  return {
    line: () => {
      counts.lines += 1
    },
    empty: () => {
      counts.empty += 1
    },
    broken: (broken: BrokenLine) => {
      counts.broken += 1
      const text = broken.text?.slice(0, SHOWN_CHARS) ?? null
      if (brokenFirst.length < SHOWN_BROKEN) brokenFirst.push({ ...broken, text })
    },
    skip: (reason: SkipReason) => {
      skipped[reason] = (skipped[reason] ?? 0) + 1
    },
    event: ({ bot, kind, isNewVisitor, isNewSession, at, agent }: Seen) => {
      const count = bot === null ? people : (bots[bot] ?? none())
      if (bot !== null) bots[bot] = count
      count.visitors += Number(isNewVisitor)
      count.sessions += Number(isNewSession)
      if (kind === 'page_view') count.pageViews += 1
      else count.downloads += 1
      counts.withoutAgent += Number(agent === null)
      firstAt = Math.min(at, firstAt ?? at)
      lastAt = Math.max(at, lastAt ?? at)
    },
    sum: (): LogTally => ({ ...counts, brokenFirst, skipped, people, bots, firstAt, lastAt }),
  }
}

interface Seen {
  readonly bot: AutomatonKind | null
  readonly kind: 'page_view' | 'download'
  readonly isNewVisitor: boolean
  readonly isNewSession: boolean
  readonly at: number
  readonly agent: string | null
}

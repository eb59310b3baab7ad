import { setImmediate as nextTurn } from 'node:timers/promises'
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import type { Clock } from '../contracts/clock.ts'

export interface ProgressGiven {
  /** what is counted: `events` */
  readonly what: string
  readonly total: number
  readonly clock: Clock
  /** one line of progress */
  readonly say: (line: string) => void
  /** on a terminal the line is drawn again in its place, elsewhere lines follow each other */
  readonly onTerminal: boolean
}

/** How often a line is drawn again, and how often a new one comes elsewhere (our choice). */
const REDRAW_MS = 200
const REPEAT_MS = 10 * SECOND_MS

/** Up one line, and that line emptied (ECMA-48: CUU, EL). */
const AGAIN = '\u001b[1A\u001b[2K'

/**
 * Tells how far long work has come, with rate and time left. Give the returned function how much more is done; it also
 * lets the process hear Ctrl-C, so await it.
 */
export function startProgress(given: ProgressGiven): (more: number) => Promise<void> {
  const { clock, say, onTerminal } = given
  const startedAt = clock()
  const every = onTerminal ? REDRAW_MS : REPEAT_MS
  let done = 0
  let saidAt = startedAt
  let drawn = false
  return async more => {
    done += more
    await nextTurn()
    const now = clock()
    if (now - saidAt < every) return
    saidAt = now
    say(`${drawn && onTerminal ? AGAIN : ''}${progressLine(given, done, now - startedAt)}`)
    drawn = true
  }
}

function progressLine({ what, total, onTerminal }: ProgressGiven, done: number, passedMs: number): string {
  const perSecond = (done / Math.max(1, passedMs)) * SECOND_MS
  const share = Math.min(1, total > 0 ? done / total : 1)
  const counted = `${number(done)} of ${number(Math.max(done, total))} ${what}`
  const bar = onTerminal ? `${barOf(share)} ` : ''
  if (done === 0) return `${bar}${counted}`
  const left = spanWords(((total - done) / perSecond) * SECOND_MS)
  return `${bar}${counted}, ${number(perSecond)} a second, ${left} left`
}

const BAR_CHARS = 20
const barOf = (share: number): string => '━'.repeat(Math.round(share * BAR_CHARS)).padEnd(BAR_CHARS, '╌')

const number = (count: number): string => Math.round(count).toLocaleString('en')

const spanWords = (ms: number): string =>
  ms < 2 * MINUTE_MS ? `${Math.max(0, Math.ceil(ms / SECOND_MS))} s` : `${Math.ceil(ms / MINUTE_MS)} min`

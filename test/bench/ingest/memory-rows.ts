import { ACK_P50, ACK_P99, type Flatness, isFlat } from '../../support/flat.ts'
import { megabytes, ms, whole } from '../../support/words.ts'
import type { Memory } from './memory.ts'
import { GOAL_SIZES } from './options.ts'
import { besideInWords, isTakenWhole, metAt, type Row } from './rows.ts'
import type { Steady } from './steady-memory.ts'

const MEMORY_MB = 250

export const memoryRow = ({ before, most, open, asked }: Memory): Row => ({
  what: `memory with ${whole(open)} open sockets${open < asked ? ` (not ${whole(asked)}: the system's limit of open files, or too slow to open them)` : ''}`,
  goal: `< ${MEMORY_MB} MB`,
  measured: `${megabytes(most)} at most (${megabytes(before)} without)`,
  met: metAt(asked, GOAL_SIZES.sockets, most < MEMORY_MB * 1e6 && open === asked),
})

/** Our choice: a tenth. */
const MEMORY: Flatness = { share: 0.1, beside: 0 }

/** The second fifth of the time against the last. */
export function steadyRows({ minutes, early, late, most, beside }: Steady): readonly Row[] {
  const met = (isMet: boolean): Row['met'] =>
    metAt(minutes, GOAL_SIZES.minutes, isMet && isTakenWhole(beside))
  return [
    {
      what: `… over ${minutes} min at half load (${whole(beside.perSecond)} requests/s)`,
      goal: 'flat over an hour',
      measured: `${megabytes(early.rss)} in the second fifth of the time, ${megabytes(late.rss)} in the last, ${megabytes(most)} at most`,
      met: met(isFlat(early.rss, late.rss, MEMORY)),
    },
    {
      what: '… ack latency meanwhile',
      goal: 'flat over an hour',
      measured: `p50 ${ms(early.p50)} and ${ms(late.p50)}, p99 ${ms(early.p99)} and ${ms(late.p99)}; in all ${besideInWords(beside)}`,
      met: met(isFlat(early.p50, late.p50, ACK_P50) && isFlat(early.p99, late.p99, ACK_P99)),
    },
  ]
}

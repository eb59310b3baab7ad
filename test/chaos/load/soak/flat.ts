import { ACK_P50, ACK_P99, type Flatness, isFlat } from '../../../support/flat.ts'
import { median } from '../../../support/quantiles.ts'
import { megabytes, ms, whole } from '../../../support/words.ts'
import type { Report } from '../report.ts'
import type { Minute } from './minute.ts'

/** Promises of collector.md: memory below this, and an MQL within a second at half load. */
const RSS_BYTES = 250_000_000
const MQL_MS = 1_000

/** What may not grow with time: how it is read, and by how much the last third may be above the first (our choice). */
interface Steady extends Flatness {
  readonly what: string
  readonly of: (minute: Minute) => number
  readonly told: (value: number) => string
}

/**
 * Medians of thirds: one bad minute of the machine is no trend. Memory may grow by a tenth, for caches fill for longer than a
 * third of an hour (the qualifier's 2,000 components, addresses of a day); times by a half, for the database grows meanwhile, and
 * its trees by a level.
 */
const STEADY: readonly Steady[] = [
  { what: 'resident memory', of: ({ rss }) => rss, share: 0.1, beside: 10_000_000, told: megabytes },
  { what: 'ack p50', of: ({ ackP50 }) => ackP50, ...ACK_P50, told: ms },
  { what: 'ack p99', of: ({ ackP99 }) => ackP99, ...ACK_P99, told: ms },
  { what: "the event loop's delay, p99", of: ({ delayP99 }) => delayP99, share: 0.5, beside: 10, told: ms },
  { what: 'time to MQL, p50', of: ({ mqlP50 }) => mqlP50, share: 0.5, beside: 20, told: ms },
  { what: 'a page of leads, p90', of: ({ leadsP90 }) => leadsP90, share: 0.5, beside: 20, told: ms },
  {
    what: 'timelines that wait for the qualifier',
    of: ({ dirty }) => dirty,
    share: 0.5,
    beside: 500,
    told: whole,
  },
]

function judgeSteady(
  report: Report,
  minutes: readonly Minute[],
  { what, of, told, ...flatness }: Steady,
): void {
  const promise = `${what} stays`
  const third = Math.floor(minutes.length / 3)
  if (third === 0) {
    report.withhold(promise, 'less than three minutes have no thirds')
    return
  }
  const first = median(minutes.slice(0, third).map(of))
  const last = median(minutes.slice(-third).map(of))
  const found = `${told(first)} in the first third, ${told(last)} in the last`
  report.promise(promise, isFlat(first, last, flatness), found)
}

export function judgeMinutes(report: Report, minutes: readonly Minute[]): void {
  for (const steady of STEADY) judgeSteady(report, minutes, steady)
  const top = Math.max(...minutes.map(({ rss }) => rss))
  report.promise('memory is below 250 MB', top < RSS_BYTES, `${megabytes(top)} in the worst minute`)
  const notTaken = minutes.reduce((sum, minute) => sum + minute.notTaken, 0)
  report.promise('every request is taken', notTaken === 0, `${whole(notTaken)} were not`)
  const missed = minutes.reduce((sum, { mqlsMissed }) => sum + mqlsMissed, 0)
  const slowest = Math.max(...minutes.map(({ mqlMost }) => mqlMost))
  report.promise(
    'an MQL is flagged within a second, all the time',
    missed === 0 && slowest < MQL_MS,
    `${ms(slowest)} at most, ${missed} not within ten seconds`,
  )
}

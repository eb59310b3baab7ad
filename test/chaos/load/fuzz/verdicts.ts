import { median } from '../../../support/quantiles.ts'
import { megabytes, percent, whole } from '../../../support/words.ts'
import { type Differences, differencesIn, personsIn } from '../../trial/replay.ts'
import type { Aftermath } from '../aftermath.ts'
import type { Report } from '../report.ts'
import type { SliceFound } from './slice.ts'

/** What is known of a slice when it is over; a ledger keeps it. */
export interface SliceVerdict {
  readonly sent: number
  readonly perSecond: number
  readonly statuses: Readonly<Record<number, number>>
  readonly unanswered: number
  readonly failed: readonly string[]
  /** null: the collector had ended before anybody could ask */
  readonly after: SliceAfter | null
  /** null: it was killed */
  readonly exitCode: number | null
  /** null: it was over before there was anything to compare */
  readonly rss: { readonly first: number; readonly second: number; readonly top: number } | null
  readonly complaints: readonly string[]
}

/** What the collector and its database say when everything was sent. */
export interface SliceAfter {
  /** as the collector's own figures count them, Segment's routes included */
  readonly accepted: number
  readonly quarantined: number
  /** as `POST /v1/events` answered: fewer, for not every answer was read */
  readonly answeredAccepted: number
  readonly stored: { readonly facts: number; readonly quarantined: number; readonly validate: number }
  /** of the own site's events */
  readonly storedOfEvents: number
  readonly settledS: number | null
  readonly persons: number
  readonly differences: Differences
}

/**
 * How much more memory the second half of a slice may have than the first (our choice): a tenth for what a busy heap moves
 * about, and 20 MB for what a cache still fills with. The heap itself is bounded from outside, so that garbage is not
 * taken for growth: what is kept of each body would end the process.
 */
const GROWTH_SHARE = 0.1
const GROWTH_BYTES = 20_000_000

/** Looks at memory in two halves that say something (our choice): five seconds each, at four a second. */
const FEWEST_LOOKS = 40

/** The beginning, in which caches fill, is left out. @returns the medians of the two halves of the rest, and the top */
export function memoryOf(rss: SliceFound['rss']): SliceVerdict['rss'] {
  if (rss.length < FEWEST_LOOKS) return null
  const from = Math.floor(rss.length / 10)
  const middle = Math.floor((rss.length - from) / 2) + from
  return {
    first: median(rss.slice(from, middle)),
    second: median(rss.slice(middle)),
    top: Math.max(0, ...rss),
  }
}

export const storedIn = ({ counts, total }: Aftermath) => ({
  stored: {
    facts: total.facts,
    quarantined: total.quarantined,
    validate: (counts.get('validate')?.facts ?? 0) + (counts.get('validate')?.quarantined ?? 0),
  },
  storedOfEvents: counts.get('events')?.facts ?? 0,
})

export const replayedIn = ({ replay }: Aftermath) => ({
  persons: personsIn(replay),
  differences: differencesIn(replay),
})

/** Says what a slice found, promise by promise. */
export function reportSlice(report: Report, name: string, found: SliceVerdict): void {
  const { sent, statuses, failed, after, rss } = found
  const counted = Object.entries(statuses).map(([status, count]) => `${status} × ${whole(count)}`)
  report.say(
    `${name}: ${whole(sent)} bodies, ${whole(found.perSecond)}/s, ${counted.join(', ')}, ${whole(found.unanswered)} without an answer`,
  )
  report.promise('no 5xx, and nobody left waiting', failed.length === 0, failed.join('; ') || 'none')
  report.promise(
    'what is too much at once is rare here',
    (statuses[503] ?? 0) < sent / 1_000,
    `503 to ${percent((statuses[503] ?? 0) / sent)}`,
  )
  reportStored(report, after)
  reportMemory(report, rss)
  report.promise(
    'the collector lives, and ends when it is asked to',
    after !== null && found.exitCode === 0,
    `exit code ${found.exitCode}${after === null ? `, by itself, after ${whole(sent)} bodies` : ''}`,
  )
  report.promise('it logs no fault', found.complaints.length === 0, found.complaints.join('; ') || 'none')
  reportQualified(report, after)
}

const ENDED = 'the collector had ended'

function reportStored(report: Report, after: SliceAfter | null): void {
  const promise = 'the database holds what was accepted and what was quarantined, nothing else'
  if (after === null) {
    report.withhold(promise, ENDED)
    return
  }
  const { stored, accepted, quarantined, storedOfEvents, answeredAccepted } = after
  report.promise(
    promise,
    stored.facts === accepted &&
      stored.quarantined === quarantined &&
      stored.validate === 0 &&
      storedOfEvents >= answeredAccepted,
    `${whole(stored.facts)} of ${whole(accepted)} accepted, ${whole(stored.quarantined)} of ${whole(quarantined)} quarantined, ${whole(answeredAccepted)} acknowledged to our own client, ${stored.validate} of /v1/validate`,
  )
}

function reportQualified(report: Report, after: SliceAfter | null): void {
  const promise = 'everything is qualified, and a replay gives the same'
  if (after === null) {
    report.withhold(promise, ENDED)
    return
  }
  const { settledS, persons, differences } = after
  report.promise(
    promise,
    settledS !== null && differences.count === 0,
    `${whole(persons)} persons, ${differences.count} differences ${differences.some.join('; ')}, settled ${settledS === null ? 'not in time' : `${settledS.toFixed(1)} s after`}`,
  )
}

function reportMemory(report: Report, rss: SliceVerdict['rss']): void {
  const promise = 'memory does not grow with what was sent'
  if (rss === null) {
    report.withhold(promise, 'it took less than ten seconds')
    return
  }
  const { first, second, top } = rss
  report.promise(
    promise,
    second <= first * (1 + GROWTH_SHARE) + GROWTH_BYTES,
    `${megabytes(first)} in the first half, ${megabytes(second)} in the second, ${megabytes(top)} at the top`,
  )
}

import { HOUR_MS, SECOND_MS } from '../../shared/time.ts'
import { byOccurrence } from '../contracts/facts.ts'
import type { MqlPath } from '../contracts/state.ts'
import { type Candidate, candidatesFor, isAskedBy } from './closer-candidates.ts'
import type { Inquiry } from './inquiry.ts'
import { isBefore } from './missing.ts'

/**
 * A single thing that would be enough, as data. Each was tried on the policy itself (`Inquiry.suppose`): the facts it
 * would leave are added to the person's, and only what makes an MQL is told.
 */
export interface Closer extends Pick<Candidate, 'rule' | 'traits' | 'condition' | 'again'> {
  /** how often, each in a session (or on a day) of its own */
  readonly times: number
  readonly path: MqlPath
  /** epoch ms: begun now or later, it is enough when done by then; null: there is no hurry */
  readonly until: number | null
}

/** Single things that would make the person an MQL; none that only asks more than another of them. */
export function closersOf(inquiry: Inquiry): readonly Closer[] {
  if (!isBefore(inquiry.state) || inquiry.state.identifier === null) return []
  const found: { readonly candidate: Candidate; readonly closer: Closer }[] = []
  for (const candidate of candidatesFor(inquiry)) {
    // What asks more than something that is enough need not be tried.
    if (found.some(({ candidate: other, closer }) => closer.times === 1 && isAskedBy(other, candidate)))
      continue
    const closer = tryOut(candidate, inquiry)
    if (closer) found.push({ candidate, closer })
  }
  return found
    .filter(one => !found.some(other => other !== one && isImplied(one, other)))
    .map(({ closer }) => closer)
}

type Found = { readonly candidate: Candidate; readonly closer: Closer }

const isImplied = (one: Found, by: Found): boolean =>
  by.closer.times <= one.closer.times &&
  isAskedBy(by.candidate, one.candidate) &&
  !(isAskedBy(one.candidate, by.candidate) && one.closer.times === by.closer.times)

/** The fewest times that are enough, if any are. */
function tryOut(candidate: Candidate, inquiry: Inquiry): Closer | null {
  const { rule, traits, condition, again } = candidate
  for (let times = 1; times <= candidate.maxTimes; times += 1) {
    const path = (offsetMs: number) => pathFrom(inquiry.at + offsetMs, times, candidate, inquiry)
    const now = path(0)
    // What would be too late in an hour is no advice.
    if (now === null || path(HOUR_MS) === null) continue
    const lastMs = lastStart(offsetMs => path(offsetMs) !== null)
    const until = lastMs === null ? null : inquiry.at + lastMs + (times - 1) * candidate.gapMs
    return { rule, traits, condition, again, times, path: now, until }
  }
  return null
}

/** By which path the person is an MQL once the thing is done that often, beginning at an instant; null: they are not. */
function pathFrom(start: number, times: number, candidate: Candidate, { suppose }: Inquiry): MqlPath | null {
  const facts = Array.from({ length: times }, (_, nth) =>
    candidate.deed(start + nth * candidate.gapMs, `${candidate.name}-${start}-${times}-${nth}`),
  )
  const after = suppose(facts.flat().sort(byOccurrence))
  return after.stage === 'mql' ? (after.mql?.by ?? null) : null
}

/** When something might be begun, from now: any hour of the next month (our choice). */
const STARTS_MS: readonly number[] = Array.from({ length: 30 * 24 }, (_, hours) => (hours + 1) * HOUR_MS)

/** The last start that is in time, to the second, so that it agrees with the window it is about; null: there is no hurry. */
function lastStart(isInTime: (offsetMs: number) => boolean): number | null {
  const hourMs = lastOf(STARTS_MS, isInTime)
  return hourMs === null ? null : hourMs + (lastOf(SECONDS_MS, ms => isInTime(hourMs + ms)) ?? 0)
}

/** Seconds of an hour, the next hour's first included, which is too late. */
const SECONDS_MS: readonly number[] = Array.from(
  { length: HOUR_MS / SECOND_MS + 1 },
  (_, second) => second * SECOND_MS,
)

/**
 * The last of ascending values for which a test holds that holds for the first, found by halving: points fade and
 * windows close, so what has become too late stays so. Null when it holds for the very last.
 */
function lastOf(values: readonly number[], test: (value: number) => boolean): number | null {
  let good = 0
  let bad = values.length
  if (test(values.at(-1) ?? 0)) return null
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (test(values[middle] ?? 0)) good = middle
    else bad = middle
  }
  return values[good] ?? 0
}

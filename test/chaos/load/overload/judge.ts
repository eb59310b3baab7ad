import { percent, whole } from '../../../support/words.ts'
import type { Report } from '../report.ts'
import type { OverloadFound } from './round.ts'

/** collector.md, Test battery. */
const GOODPUT = 0.8
/** Our choice: of the capacity before, for the database has grown meanwhile. */
const AFTER = 0.9
/** Of the capacity (our choice): less is no threefold overload. */
const LEAST_OFFERED = 2.5
/** Of a core (our choice): a sender that takes more is what was measured. */
const WHOLE_CORE = 0.9

export type Judged = Pick<OverloadFound, 'before' | 'after' | 'tally' | 'watched'>

/**
 * Requests a second that stood before the collector. Those that no connection could take do, too, unless it was the sender that
 * had no time for them.
 */
export function offeredOf({ tally: { answered, lost }, watched }: Judged, seconds: number): number {
  const { unsent = 0, ...sent } = lost
  const waited = watched.senderShare > WHOLE_CORE ? 0 : unsent
  return (answered + waited + Object.values(sent).reduce((sum, count) => sum + count, 0)) / seconds
}

/**
 * Against the mean of the capacity before and after, for on a machine that others use neither is what it was meanwhile; when it is
 * less after than before, against that before: what the overload broke does not lower its own bar.
 * @param perSecond requests acknowledged while it lasted
 */
export function judgeGoodput(report: Report, found: Judged, perSecond: number, seconds: number): void {
  const promise = 'goodput is 80 % of the capacity'
  const { before, after, watched } = found
  const capacity = Math.max(before.perSecond, (before.perSecond + after.perSecond) / 2)
  const share = perSecond / capacity
  const figures = `${whole(perSecond)} of ${whole(capacity)} requests/s (${whole(before.perSecond)} before, ${whole(after.perSecond)} after), ${percent(share)}`
  const times = offeredOf(found, seconds) / capacity
  if (times < LEAST_OFFERED)
    report.withhold(
      promise,
      `no more than ${times.toFixed(1)} × the capacity was offered, the sender at ${percent(watched.senderShare)} of a core: ${figures}`,
    )
  else report.promise(promise, share >= GOODPUT, figures)
}

/**
 * Not judged by what neighbours may have made: the collector was ready to run, and others had its core, longer in one run than in
 * the other. Where the system does not tell, it is judged.
 */
export function judgeAfter(report: Report, { before, after }: Judged): void {
  const promise = 'when it is over, the capacity is 90 % of that before'
  const isKept = after.perSecond >= before.perSecond * AFTER
  const given = (1 - after.heldUp) / (1 - before.heldUp)
  const figures = [
    `${percent(after.perSecond / before.perSecond)}, ${whole(after.perSecond)} of ${whole(before.perSecond)} requests/s`,
    ...(Number.isNaN(given)
      ? []
      : [
          `it had to wait for a core ${percent(before.heldUp)} of the time before, ${percent(after.heldUp)} after`,
        ]),
  ].join('; ')
  if (isKept ? given > 1 / AFTER : given < AFTER) report.withhold(promise, `neighbours differed: ${figures}`)
  else report.promise(promise, isKept, figures)
}

import { DAY_MS, HOUR_MS } from '../../../shared/time.ts'

/** A stretch in which clocks go on as they are put. */
export interface Stretch {
  /** how far the collector's clock is off, ms */
  readonly off: number
  /** how far those of the browsers are. @default 0 */
  readonly browsers?: number
  /** the collector is started anew at its beginning. @default false */
  readonly isRestarted?: boolean
}

/** What happens to the clocks, from the first start of a collector on. */
export interface Course {
  readonly what: string
  readonly stretches: readonly [Stretch, ...Stretch[]]
}

const YEAR_MS = 365 * DAY_MS

/** collector.md, Test battery: clock ± 1 year, backwards an hour. */
export const COURSES: readonly Course[] = [
  { what: 'a year ahead', stretches: [{ off: YEAR_MS }, { off: YEAR_MS, isRestarted: true }] },
  { what: 'a year behind', stretches: [{ off: -YEAR_MS }, { off: -YEAR_MS, isRestarted: true }] },
  {
    what: 'put back an hour while it runs, and right again',
    stretches: [{ off: 0 }, { off: -HOUR_MS }, { off: 0 }],
  },
  {
    what: 'put forward an hour while it runs, right again, and forward',
    stretches: [{ off: 0 }, { off: HOUR_MS }, { off: 0 }, { off: HOUR_MS }],
  },
  {
    what: 'to and fro while it runs',
    stretches: [
      { off: 0 },
      { off: HOUR_MS },
      { off: -HOUR_MS },
      { off: 0 },
      { off: -HOUR_MS },
      { off: HOUR_MS },
    ],
  },
  {
    what: 'a year ahead at the first start, then put right',
    stretches: [{ off: YEAR_MS }, { off: 0 }, { off: 0, isRestarted: true }],
  },
  {
    what: 'a year behind at the first start, then put right',
    stretches: [{ off: -YEAR_MS }, { off: 0 }, { off: 0, isRestarted: true }],
  },
  {
    what: 'right, and those of browsers wrong',
    stretches: [
      { off: 0, browsers: YEAR_MS },
      { off: 0, browsers: -YEAR_MS },
      { off: 0, browsers: HOUR_MS },
    ],
  },
]

import { expect, test } from 'vitest'
import { steadyRows } from './memory-rows.ts'
import { GOAL_SIZES } from './options.ts'
import { metAt } from './rows.ts'
import { backlogRow, flaggedRow, pageRows, table } from './table.ts'

/** A load that was taken whole, and one of which the collector refused a part. */
const TAKEN = { perSecond: 10, p50: 2, p99: 9, notAccepted: {} }
const REFUSED = { ...TAKEN, notAccepted: { 503: 14_000_000 } }

test('what is smaller than the goal speaks of is neither met nor missed', () => {
  expect([metAt(9, 10, true), metAt(9, 10, false), metAt(10, 10, false)]).toEqual([
    'smaller',
    'smaller',
    false,
  ])
  const words = table([{ what: 'a', goal: 'b', measured: 'c', met: metAt(1, 2, false) }])
  expect(words).toContain('– smaller')
  expect(words).not.toMatch(/[✓✗]/)
})

test('memory and latency are flat, or not, over an hour, and are not judged in less', () => {
  const [calm, slow] = [
    { rss: 200e6, p50: 2, p99: 9 },
    { rss: 215e6, p50: 2, p99: 90 },
  ]
  const given = { early: calm, late: slow, most: 215e6, course: [calm, slow], beside: TAKEN }
  expect(steadyRows({ ...given, minutes: 60 }).map(({ met }) => met)).toEqual([true, false])
  expect(steadyRows({ ...given, minutes: 59 }).map(({ met }) => met)).toEqual(['smaller', 'smaller'])
})

test('beside a load that was refused no goal is met, and the row says what came', () => {
  const calm = { rss: 200e6, p50: 2, p99: 9 }
  const steady = { minutes: 60, early: calm, late: calm, most: 200e6, course: [calm] }
  const drained = { events: GOAL_SIZES.backlog, timelines: 9, seconds: 3, left: 0 }
  const flagged = { leads: 200, p50: 5, p99: 20, most: 30 }
  const asked = [{ what: 'stage mql', rows: 50, p50: 1, p95: 3 }]
  const judged = (beside: typeof TAKEN) => [
    ...steadyRows({ ...steady, beside }),
    backlogRow({ ...drained, beside }),
    flaggedRow({ ...flagged, beside }),
    ...pageRows({ asked, beside, dirty: 0 }, GOAL_SIZES.leads),
  ]
  expect(judged(TAKEN).map(({ met }) => met)).toEqual([true, true, true, true, true, null])
  expect(judged(REFUSED).map(({ met }) => met)).toEqual([false, false, false, false, false, null])
  expect(
    judged(REFUSED).filter(({ measured }) => measured.includes('not accepted: 503 × 14,000,000')),
  ).toHaveLength(4)
})

test('a page of leads without a row is not judged, whatever it took', () => {
  const asked = [
    { what: 'grade B', rows: 0, p50: 1, p95: 3 },
    { what: 'seen last', rows: 1, p50: 1, p95: 30 },
  ]
  const rows = pageRows({ asked, beside: TAKEN, dirty: 0 }, GOAL_SIZES.leads)
  expect(rows.map(({ met }) => met)).toEqual(['empty', false, null])
  const [, , empty] = table(rows).split('\n')
  expect(empty).toContain('not judged: no rows')
  expect(empty).not.toMatch(/[✓✗]/)
})

import { expect, it } from 'vitest'
import { openReport, type Report } from '../report.ts'
import { type Judged, judgeAfter, judgeGoodput, offeredOf } from './judge.ts'

const SECONDS = 10
const CAPACITY = { perSecond: 1_000, cpuMicros: 100, senderShare: 0.3, heldUp: 0.02 }
const WATCHED = {
  ...{ topRss: 1, longestDelay: 0, mostWaiting: 0, mostDirty: 0, cpu: 9, heldUp: 0.02, senderShare: 0.5 },
}
/** 3,000 requests a second were due, of which a third was sent. */
const FOUND: Judged = {
  ...{ before: CAPACITY, after: CAPACITY, watched: WATCHED },
  tally: {
    ...{ answered: 9_900, lost: { timed_out: 100, unsent: 20_000 }, statuses: { 202: 9_900 } },
    ...{ latencies: Float64Array.of(1), seconds: SECONDS },
  },
}
const afterOf = (perSecond: number, heldUp = CAPACITY.heldUp): Judged => ({
  ...FOUND,
  after: { ...CAPACITY, perSecond, heldUp },
})

/** ✓ kept, ✗ broken, – not judged. */
function markOf(judge: (report: Report) => void): string | undefined {
  const lines: string[] = []
  judge(openReport(line => lines.push(line)))
  return lines[0]?.[0]
}
const goodput = (found: Judged, perSecond: number) =>
  markOf(report => judgeGoodput(report, found, perSecond, SECONDS))
const after = (found: Judged) => markOf(report => judgeAfter(report, found))

it('goodput is held against the capacity before, when there is less of it after', () => {
  expect([goodput(FOUND, 800), goodput(FOUND, 790)]).toEqual(['✓', '✗'])
  expect([goodput(afterOf(300), 800), goodput(afterOf(300), 600)]).toEqual(['✓', '✗'])
  expect([goodput(afterOf(1_100), 840), goodput(afterOf(1_100), 830)]).toEqual(['✓', '✗'])
})

it('what the sender had no time for was not offered, and less than two and a half times is not judged', () => {
  const saturated = { ...FOUND, watched: { ...WATCHED, senderShare: 0.95 } }
  expect([offeredOf(FOUND, SECONDS), offeredOf(saturated, SECONDS)]).toEqual([3_000, 1_000])
  expect([goodput(saturated, 900), goodput(saturated, 100)]).toEqual(['–', '–'])
  // the first measure was too low: three times that is less than two of the other
  expect(goodput(afterOf(2_000), 1_900)).toBe('–')
})

it('a collector that is left crippled breaks a promise of its own', () => {
  expect([after(afterOf(900)), after(afterOf(890)), after(afterOf(300))]).toEqual(['✓', '✗', '✗'])
})

it('which neighbours neither break nor keep', () => {
  expect([after(afterOf(300, 0.4)), after(afterOf(950, 0.4))]).toEqual(['–', '✓'])
  const slowBefore = { ...FOUND, before: { ...CAPACITY, heldUp: 0.4 } }
  expect([after(slowBefore), after({ ...slowBefore, after: { ...CAPACITY, perSecond: 500 } })]).toEqual([
    '–',
    '✗',
  ])
  // of a core that others nearly had whole, a little less is a fifth of what was left
  const crowded = { ...FOUND, before: { ...CAPACITY, heldUp: 0.8 } }
  expect(after({ ...crowded, after: { ...CAPACITY, perSecond: 820, heldUp: 0.84 } })).toBe('–')
  expect(after({ ...crowded, after: { ...CAPACITY, perSecond: 820, heldUp: 0.8 } })).toBe('✗')
  expect(after(afterOf(300, Number.NaN))).toBe('✗')
})

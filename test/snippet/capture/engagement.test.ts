import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Entry } from '../../../snippet/batch.ts'
import { markAfter } from '../../../snippet/capture/engagement.ts'

const START = Date.UTC(2026, 0, 5, 12)
let focused = true

/** What the snippet stored: nothing answers, so nothing is taken away. */
const totals = (): unknown[] =>
  Object.keys(localStorage)
    .filter(key => key.includes('.event.'))
    .sort()
    .map(key => {
      const entry: Entry = JSON.parse(localStorage.getItem(key) ?? '')
      return entry.event.props?.engagedMs
    })

const openView = async () => {
  vi.resetModules()
  const engagement = await import('../../../snippet/capture/engagement.ts')
  engagement.watchEngagement()
  engagement.beginView('00000000-0000-7000-8000-000000000000')
  return engagement
}

beforeEach(() => {
  localStorage.clear()
  focused = true
  vi.useFakeTimers({ now: START })
  vi.spyOn(document, 'hasFocus').mockImplementation(() => focused)
  vi.stubGlobal('fetch', () => new Promise(() => {}))
})

afterEach(() => {
  vi.useRealTimers()
})

test('marks: 5, 10 and 30 seconds, then every full minute', () => {
  const marks = [0, 4_999, 5_000, 29_999, 30_000, 59_999, 60_000, 150_000].map(markAfter)
  expect(marks).toEqual([5_000, 5_000, 10_000, 30_000, 60_000, 60_000, 120_000, 180_000])
})

test('a reader who stays is reported at each mark', async () => {
  await openView()
  for (let second = 0; second < 130; second++) {
    vi.advanceTimersByTime(1_000)
    dispatchEvent(new Event('keydown'))
  }
  expect(totals()).toEqual([5_000, 10_000, 30_000, 60_000, 120_000])
})

test('a reader who leaves the chair counts for a minute, and again from the next sign of life', async () => {
  const { reportView } = await openView()
  vi.advanceTimersByTime(500_000)
  dispatchEvent(new Event('pointermove'))
  vi.advanceTimersByTime(7_000)
  reportView()
  expect(totals()).toEqual([5_000, 10_000, 30_000, 60_000, 67_000])
})

test('time without focus does not count', async () => {
  const { reportView } = await openView()
  vi.advanceTimersByTime(2_500)
  focused = false
  dispatchEvent(new Event('blur'))
  vi.advanceTimersByTime(40_000)
  focused = true
  dispatchEvent(new Event('focus'))
  vi.advanceTimersByTime(1_500)
  reportView()
  expect(totals()).toEqual([4_000])
})

test('a total that did not grow is not told again, and a new view begins at nothing', async () => {
  const { beginView, reportView } = await openView()
  reportView()
  vi.advanceTimersByTime(3_000)
  reportView()
  reportView()
  beginView('00000000-0000-7000-8000-000000000001')
  vi.advanceTimersByTime(2_000)
  reportView()
  expect(totals()).toEqual([3_000, 2_000])
})

test('a clock that is set does not add hours or take any away', async () => {
  const { reportView } = await openView()
  vi.advanceTimersByTime(1_000)
  vi.setSystemTime(START + 9 * 3_600_000)
  reportView()
  vi.setSystemTime(START)
  reportView()
  expect(totals()).toEqual([60_000])
})

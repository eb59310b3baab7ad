import { describe, expect, it } from 'vitest'
import { settled } from './load/aftermath.ts'
import { figuresIn } from './load/figures.ts'
import { memoryOf } from './load/fuzz/verdicts.ts'
import { acknowledging } from './load/overload/acknowledged.ts'
import { openReport } from './load/report.ts'
import { judgeMinutes } from './load/soak/flat.ts'
import type { Minute } from './load/soak/minute.ts'
import { pictureOf } from './load/soak/picture.ts'

const MINUTE: Minute = {
  ...{ rss: 200e6, heap: 90e6, delayP99: 12, ackP50: 2, ackP99: 9, taken: 60_000, notTaken: 0 },
  ...{ dirty: 3, mqls: 60, mqlP50: 14, mqlMost: 80, mqlsMissed: 0, leadsP90: 5 },
}

/** What a judge says of it: the promises that were broken. */
function brokenBy(judge: (report: ReturnType<typeof openReport>) => void): readonly string[] {
  const lines: string[] = []
  judge(openReport(line => lines.push(line)))
  return lines.filter(line => line.startsWith('✗'))
}

describe('an hour is judged', () => {
  it('flat when it is flat, also with one bad minute', () => {
    const minutes = Array.from({ length: 30 }, (_, nth) => (nth === 25 ? { ...MINUTE, ackP99: 400 } : MINUTE))
    expect(brokenBy(report => judgeMinutes(report, minutes))).toEqual([])
  })

  it('by what grows, what was not taken, and who was told too late', () => {
    const growing = Array.from({ length: 30 }, (_, nth) => ({ ...MINUTE, rss: 150e6 + nth * 3e6 }))
    expect(brokenBy(report => judgeMinutes(report, growing))).toEqual([
      expect.stringContaining('resident memory stays'),
    ])
    const late = [MINUTE, MINUTE, { ...MINUTE, notTaken: 1, mqlMost: 1_200, rss: 260e6 }]
    const found = brokenBy(report => judgeMinutes(report, late)).join()
    for (const words of ['below 250 MB', 'every request is taken', 'within a second'])
      expect(found).toContain(words)
  })

  it('but not whether it was flat, when it was too short for that', () => {
    const lines: string[] = []
    const report = openReport(line => lines.push(line))
    judgeMinutes(report, [MINUTE, MINUTE])
    report.end()
    expect(lines.filter(line => line.includes(' stays: not judged'))).toHaveLength(7)
    expect(lines.at(-1)).toBe('3 of 3 promises kept, 7 not judged')
  })

  it('and drawn', () => {
    const svg = pictureOf([MINUTE, MINUTE, { ...MINUTE, mqlP50: Number.NaN }], 1_000)
    expect(svg).toContain('3 minutes at 1,000 requests a second')
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
  })
})

it('memory is compared by halves, its beginning left out', () => {
  const rss = [...Array(10).fill(900), ...Array(45).fill(100), ...Array(45).fill(200)]
  expect(memoryOf(rss)).toEqual({ first: 100, second: 200, top: 900 })
  expect(memoryOf(rss.slice(0, 39))).toBeNull()
})

it('what a load was told is held apart: acknowledged, later, and neither', () => {
  const told = acknowledging(performance.now() + 60_000)
  const answer = (status: number, retryAfterS: number | null = null) =>
    told.onOutcome(
      { bytes: Buffer.alloc(0), visitor: 'v', events: [`e${status}`] },
      { kind: 'answered', answer: { status, retryAfterS, closes: false, body: Buffer.alloc(0) } },
    )
  answer(202)
  answer(503, 1)
  answer(429, 7)
  answer(503)
  answer(500, 1)
  expect([...told.ids]).toEqual(['e202'])
  expect(told.inTime()).toBe(1)
  expect([...told.unfit]).toEqual([
    [503, 1],
    [500, 1],
  ])
})

it('figures are read as Prometheus writes them', () => {
  const figures = figuresIn('# HELP a b\na 3\nb{kind="c d"} 1.5\n')
  expect([figures.of('a'), figures.of('b{kind="c d"}')]).toEqual([3, 1.5])
})

it('a figure whose name has changed is an error, and nothing is taken for settled', async () => {
  const told = (text: string) => settled({ figures: async () => figuresIn(text) }, 1)
  expect(await told('goldpan_dirty_timelines 0\n')).toBeLessThan(1)
  await expect(told('goldpan_waiting_timelines 0\n')).rejects.toThrow('expected goldpan_dirty_timelines')
  expect(() => figuresIn('').of('unknown')).toThrow('expected unknown among the metrics')
})

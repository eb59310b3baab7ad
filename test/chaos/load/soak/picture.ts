import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { CHART_HEIGHT, chartAt, svgOf, titleAt } from '../../../support/charts.ts'
import { megabytes, ms, whole } from '../../../support/words.ts'
import type { Minute } from './minute.ts'

/** The hour as small charts under each other. */

const TOP = 52

interface MinuteChart {
  readonly what: string
  readonly of: (minute: Minute) => number
  readonly told: (value: number) => string
}

const CHARTS: readonly MinuteChart[] = [
  { what: 'Resident memory', of: ({ rss }) => rss, told: megabytes },
  { what: 'Heap in use', of: ({ heap }) => heap, told: megabytes },
  { what: 'Ack, p50', of: ({ ackP50 }) => ackP50, told: ms },
  { what: 'Ack, p99', of: ({ ackP99 }) => ackP99, told: ms },
  { what: 'Event loop late, p99', of: ({ delayP99 }) => delayP99, told: ms },
  { what: 'Time to MQL, p50', of: ({ mqlP50 }) => mqlP50, told: ms },
  { what: 'A page of leads, p90', of: ({ leadsP90 }) => leadsP90, told: ms },
  { what: 'Timelines waiting', of: ({ dirty }) => dirty, told: whole },
]

export function writePicture(file: string, minutes: readonly Minute[], perSecond: number): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, pictureOf(minutes, perSecond))
}

export function pictureOf(minutes: readonly Minute[], perSecond: number): string {
  const title = `${minutes.length} minutes at ${whole(perSecond)} requests a second`
  const charts = CHARTS.map(({ what, of, told }, nth) =>
    chartAt(TOP + nth * CHART_HEIGHT, { what, values: minutes.map(of), told }),
  )
  return svgOf(title, TOP + CHARTS.length * CHART_HEIGHT + 8, [titleAt(28, title), ...charts])
}

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Minute } from './minute.ts'

/** The hour as small charts under each other: an SVG of its own, light and dark, readable at 360 pixels. */

const WIDTH = 360
const MARGIN = 16
const INNER = WIDTH - 2 * MARGIN
const TOP = 52
const CHART = 56
const EACH = CHART + 40

interface Chart {
  readonly what: string
  readonly of: (minute: Minute) => number
  readonly told: (value: number) => string
}

const mb = (value: number): string => `${(value / 1e6).toFixed(0)} MB`
const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`

const CHARTS: readonly Chart[] = [
  { what: 'Resident memory', of: ({ rss }) => rss, told: mb },
  { what: 'Heap in use', of: ({ heap }) => heap, told: mb },
  { what: 'Acknowledged, p50', of: ({ ackP50 }) => ackP50, told: ms },
  { what: 'Acknowledged, p99', of: ({ ackP99 }) => ackP99, told: ms },
  { what: 'Event loop late, p99', of: ({ delayP99 }) => delayP99, told: ms },
  { what: 'Time to MQL, p50', of: ({ mqlP50 }) => mqlP50, told: ms },
  { what: 'A page of leads, p90', of: ({ leadsP90 }) => leadsP90, told: ms },
  { what: 'Timelines waiting', of: ({ dirty }) => dirty, told: value => value.toLocaleString('en') },
]

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1c1c22 }
  .title { font-weight: 600; font-size: 14px }
  .quiet { fill: #5b5b66; font-size: 12px }
  .end { text-anchor: end }
  .paper { fill: #ffffff }
  .line { fill: none; stroke: #2f6fdb; stroke-width: 2; stroke-linejoin: round }
  .axis { stroke: #b9b9c4 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f1f1f5 } .quiet { fill: #a9a9b6 } .paper { fill: #17171c } .line { stroke: #7fb0ff } .axis { stroke: #55555f }
  }`

export function writePicture(file: string, minutes: readonly Minute[], perSecond: number): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, pictureOf(minutes, perSecond))
}

export function pictureOf(minutes: readonly Minute[], perSecond: number): string {
  const height = TOP + CHARTS.length * EACH + 8
  const title = `${minutes.length} minutes at ${Math.round(perSecond).toLocaleString('en')} requests a second`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">
<style>${STYLE}
</style>
<rect class="paper" width="${WIDTH}" height="${height}"/>
<text class="title" x="${MARGIN}" y="28">${title}</text>
${CHARTS.map((chart, nth) => chartOf(chart, minutes, TOP + nth * EACH)).join('\n')}
</svg>
`
}

/** From zero to the most, so that what is flat looks flat. */
function chartOf({ what, of, told }: Chart, minutes: readonly Minute[], top: number): string {
  const values = minutes.map(of).map(value => (Number.isFinite(value) ? value : 0))
  const most = Math.max(...values, Number.MIN_VALUE)
  const bottom = top + 22 + CHART
  const step = INNER / Math.max(1, values.length - 1)
  const points = values.map(
    (value, nth) => `${(MARGIN + nth * step).toFixed(1)},${(bottom - (value / most) * CHART).toFixed(1)}`,
  )
  return `<g><text x="${MARGIN}" y="${top + 14}">${what}</text>
<text class="quiet end" x="${WIDTH - MARGIN}" y="${top + 14}">${told(values[0] ?? 0)} → ${told(values.at(-1) ?? 0)}, most ${told(most)}</text>
<line class="axis" x1="${MARGIN}" x2="${WIDTH - MARGIN}" y1="${bottom}" y2="${bottom}"/>
<polyline class="line" points="${points.join(' ')}"/></g>`
}

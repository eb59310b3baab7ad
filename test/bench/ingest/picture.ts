import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { GrowthPoint } from './growth.ts'
import { count } from './rows.ts'
import type { Found } from './steps.ts'

/** The ratios as bars and the growth as a line: an SVG of its own, light and dark, readable at 360 pixels. */

const WIDTH = 360
const MARGIN = 16
const INNER = WIDTH - 2 * MARGIN

/** `10M`: narrow screens have no room for more. */
const short = new Intl.NumberFormat('en', { notation: 'compact' }).format

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1c1c22 }
  .title { font-weight: 600; font-size: 14px }
  .quiet { fill: #5b5b66; font-size: 12px }
  .end { text-anchor: end }
  .paper { fill: #ffffff }
  .track { fill: #ececf1 }
  .bar { fill: #2f6fdb }
  .missed { fill: #b26a00 }
  .line { fill: none; stroke: #2f6fdb; stroke-width: 2 }
  .dot { fill: #2f6fdb }
  .goal { stroke: #b3261e; stroke-width: 2; stroke-dasharray: 4 3 }
  .axis { stroke: #b9b9c4 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f1f1f5 } .quiet { fill: #a9a9b6 } .paper { fill: #17171c } .track { fill: #2b2b34 }
    .bar, .dot { fill: #7fb0ff } .line { stroke: #7fb0ff } .missed { fill: #ffb74d } .goal { stroke: #ff8a80 } .axis { stroke: #55555f }
  }`

export function writePicture(file: string, found: Found): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, pictureOf(found))
}

interface Bar {
  readonly what: string
  readonly value: number
  readonly goal: number
  /** whether less is better */
  readonly isCost: boolean
}

function barsOf({ singles: { raw, alone, whole }, fewLeads, manyLeads, growth }: Found): readonly Bar[] {
  const empty = growth[0]?.perSecond ?? Number.NaN
  const full = growth.at(-1)?.perSecond ?? Number.NaN
  const rate = { goal: 0.35, isCost: false }
  const cost = { goal: 2.5, isCost: true }
  return [
    { what: 'Durable ack: requests, of a no-op’s', value: alone.perSecond / raw.perSecond, ...rate },
    { what: '… qualifying besides', value: whole.perSecond / raw.perSecond, ...rate },
    { what: 'Durable ack: CPU, times a no-op’s', value: alone.cpuMicros / raw.cpuMicros, ...cost },
    { what: '… qualifying besides', value: whole.cpuMicros / raw.cpuMicros, ...cost },
    {
      what: `Qualifying: ${short(manyLeads.leads)} leads, of ${short(fewLeads.leads)}`,
      value: manyLeads.perSecond / fewLeads.perSecond,
      goal: 0.6,
      isCost: false,
    },
    {
      what: `Ingest: ${short(growth.at(-1)?.events ?? 0)} events, of empty`,
      value: full / empty,
      goal: 0.9,
      isCost: false,
    },
  ]
}

const BAR_HEIGHT = 44
const GRAPH_HEIGHT = 150

function pictureOf(found: Found): string {
  const bars = barsOf(found)
  const graphTop = 56 + bars.length * BAR_HEIGHT + 48
  const height = graphTop + GRAPH_HEIGHT + 48
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="What ingest reaches">
<style>${STYLE}
</style>
<rect class="paper" width="${WIDTH}" height="${height}"/>
<text class="title" x="${MARGIN}" y="28">What ingest reaches, as ratios</text>
<text class="quiet" x="${MARGIN}" y="46">dashed: the goal, CPU at most; amber: not met</text>
${bars.map((bar, index) => barOf(bar, 56 + index * BAR_HEIGHT)).join('\n')}
<text class="title" x="${MARGIN}" y="${graphTop - 22}">Events a second, as the database grows</text>
${graphOf(found.growth, graphTop)}
</svg>
`
}

/** The whole width is 1, or twice the goal of what costs; more when the value is. */
function barOf({ what, value, goal, isCost }: Bar, top: number): string {
  const most = isCost ? Math.max(goal * 2, value * 1.05) : Math.max(1, value)
  const x = (of: number): string => ((of / most) * INNER).toFixed(1)
  const goalX = (MARGIN + (goal / most) * INNER).toFixed(1)
  const isMet = isCost ? value <= goal : value >= goal
  const goalWords = `${isCost ? '≤' : '≥'} ${goal}`
  return `<g><text x="${MARGIN}" y="${top + 16}">${what}</text>
<text class="end" x="${WIDTH - MARGIN}" y="${top + 16}">${value.toFixed(2)} <tspan class="quiet">(${goalWords})</tspan></text>
<rect class="track" x="${MARGIN}" y="${top + 22}" width="${INNER}" height="10" rx="2"/>
<rect class="${isMet ? 'bar' : 'missed'}" x="${MARGIN}" y="${top + 22}" width="${x(value)}" height="10" rx="2"/>
<line class="goal" x1="${goalX}" x2="${goalX}" y1="${top + 19}" y2="${top + 35}"/></g>`
}

function graphOf(points: readonly GrowthPoint[], top: number): string {
  const bottom = top + GRAPH_HEIGHT
  const mostEvents = Math.max(1, ...points.map(({ events }) => events))
  const mostRate = Math.max(1, ...points.map(({ perSecond }) => perSecond)) * 1.1
  const places = points.map(({ events, perSecond }) => ({
    x: (MARGIN + (events / mostEvents) * INNER).toFixed(1),
    y: (bottom - (perSecond / mostRate) * GRAPH_HEIGHT).toFixed(1),
  }))
  const goalY = (bottom - ((0.9 * (points[0]?.perSecond ?? 0)) / mostRate) * GRAPH_HEIGHT).toFixed(1)
  const last = points.at(-1)
  return `<line class="axis" x1="${MARGIN}" x2="${WIDTH - MARGIN}" y1="${bottom}" y2="${bottom}"/>
<line class="goal" x1="${MARGIN}" x2="${WIDTH - MARGIN}" y1="${goalY}" y2="${goalY}"/>
<polyline class="line" points="${places.map(({ x, y }) => `${x},${y}`).join(' ')}"/>
${places.map(({ x, y }) => `<circle class="dot" cx="${x}" cy="${y}" r="3.5"/>`).join('')}
<text class="quiet" x="${MARGIN}" y="${bottom + 18}">empty: ${count(points[0]?.perSecond ?? 0)}/s</text>
<text class="quiet end" x="${WIDTH - MARGIN}" y="${bottom + 18}">${short(last?.events ?? 0)} events: ${count(last?.perSecond ?? 0)}/s</text>`
}

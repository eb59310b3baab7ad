import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import {
  CHART_HEIGHT,
  type Chart,
  chartAt,
  INNER,
  MARGIN,
  svgOf,
  titleAt,
  WIDTH,
} from '../../support/charts.ts'
import { megabytes, ms, whole } from '../../support/words.ts'
import type { GrowthPoint } from './growth.ts'
import { GOAL_SIZES } from './options.ts'
import type { Steady } from './steady-memory.ts'
import type { Found } from './steps.ts'

/** The ratios as bars, the growth as a line, and how the long load went. */

/** `10M`: narrow screens have no room for more. */
const short = new Intl.NumberFormat('en', { notation: 'compact' }).format

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
  /** whether it is of the size that the goal speaks of */
  readonly isJudged: boolean
}

function barsOf({ singles: { raw, alone, whole }, fewLeads, manyLeads, growth }: Found): readonly Bar[] {
  const empty = growth[0]?.perSecond ?? Number.NaN
  const full = growth.at(-1)?.perSecond ?? Number.NaN
  const rate = { goal: 0.35, isCost: false, isJudged: true }
  const cost = { goal: 2.5, isCost: true, isJudged: true }
  const events = growth.at(-1)?.events ?? 0
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
      isJudged: manyLeads.leads >= GOAL_SIZES.leads,
    },
    {
      what: `Ingest: ${short(events)} events, of empty`,
      value: full / empty,
      goal: 0.9,
      isCost: false,
      isJudged: events >= GOAL_SIZES.events,
    },
  ]
}

const BAR_HEIGHT = 44
const GRAPH_HEIGHT = 150

function pictureOf(found: Found): string {
  const bars = barsOf(found)
  const graphTop = 56 + bars.length * BAR_HEIGHT + 48
  const courseTop = graphTop + GRAPH_HEIGHT + 64
  const charts = chartsOf(found.steadyMemory)
  const height = courseTop + charts.length * CHART_HEIGHT + 24
  return svgOf('What ingest reaches', height, [
    titleAt(28, 'What ingest reaches, as ratios'),
    `<text class="quiet" x="${MARGIN}" y="46">dashed: the goal; amber: not met; grey: a smaller size</text>`,
    ...bars.map((bar, index) => barOf(bar, 56 + index * BAR_HEIGHT)),
    titleAt(graphTop - 22, 'Events a second, as the database grows'),
    graphOf(found.growth, graphTop),
    titleAt(courseTop, `${found.steadyMemory.minutes} min at half load`),
    ...charts.map((chart, index) => chartAt(courseTop + 12 + index * CHART_HEIGHT, chart)),
  ])
}

const chartsOf = ({ course }: Steady): readonly Chart[] => [
  { what: 'Memory', values: course.map(({ rss }) => rss), told: megabytes },
  { what: 'Ack, p50', values: course.map(({ p50 }) => p50), told: ms },
  { what: 'Ack, p99', values: course.map(({ p99 }) => p99), told: ms },
]

/** The whole width is 1, or twice the goal of what costs; more when the value is. */
function barOf({ what, value, goal, isCost, isJudged }: Bar, top: number): string {
  const most = isCost ? Math.max(goal * 2, value * 1.05) : Math.max(1, value)
  const x = (of: number): string => ((of / most) * INNER).toFixed(1)
  const goalX = (MARGIN + (goal / most) * INNER).toFixed(1)
  const isMet = isCost ? value <= goal : value >= goal
  const goalWords = `${isCost ? '≤' : '≥'} ${goal}`
  return `<g><text x="${MARGIN}" y="${top + 16}">${what}</text>
<text class="end" x="${WIDTH - MARGIN}" y="${top + 16}">${value.toFixed(2)} <tspan class="quiet">(${goalWords})</tspan></text>
<rect class="track" x="${MARGIN}" y="${top + 22}" width="${INNER}" height="10" rx="2"/>
<rect class="${isJudged ? (isMet ? 'bar' : 'missed') : 'open'}" x="${MARGIN}" y="${top + 22}" width="${x(value)}" height="10" rx="2"/>
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
<text class="quiet" x="${MARGIN}" y="${bottom + 18}">empty: ${whole(points[0]?.perSecond ?? 0)}/s</text>
<text class="quiet end" x="${WIDTH - MARGIN}" y="${bottom + 18}">${short(last?.events ?? 0)} events: ${whole(last?.perSecond ?? 0)}/s</text>`
}

import { ms, whole } from '../../support/words.ts'
import type { DrainedBacklog } from './backlog.ts'
import type { Flagged } from './flagged.ts'
import type { GrowthPoint } from './growth.ts'
import { memoryRow, steadyRows } from './memory-rows.ts'
import type { Mixed } from './mixed.ts'
import { GOAL_SIZES, type Options } from './options.ts'
import { FEW_LEADS, type Qualification } from './qualification.ts'
import {
  ackRows,
  besideInWords,
  isTakenWhole,
  type Met,
  metAt,
  type Row,
  ratio,
  syncRow,
  tenRows,
} from './rows.ts'
import type { Found } from './steps.ts'

const VERDICTS: Readonly<Record<`${Met}`, string>> = {
  true: '✓ met',
  false: '✗ not met',
  smaller: '– smaller than the goal’s size',
  empty: '– not judged: no rows',
  null: '',
}

export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ what, goal, measured, met }) => {
    return `| ${what} | ${goal} | ${measured} | ${VERDICTS[`${met}`]} |`
  })
  return ['| what | goal | measured | |', '| --- | --- | --- | --- |', ...lines].join('\n')
}

/** Every row of the table "What it must reach" of the collector's notes, and what helps to read it. */
export const rowsOf = (found: Found, { leads, seconds }: Options): readonly Row[] => [
  syncRow(found.sync),
  ...ackRows(found.singles, seconds),
  ...tenRows(found.tens),
  ...qualificationRows(found.fewLeads, found.manyLeads),
  backlogRow(found.backlog),
  growthRow(found.growth),
  ...pageRows(found.pages, leads),
  memoryRow(found.memory),
  ...steadyRows(found.steadyMemory),
  flaggedRow(found.flagged),
  besideRow('ack latency at half load', found.steady),
  besideRow('… with pages of leads, timelines and five listening dashboards besides', found.mixed),
  ...PEERS,
]

const CPU_MICROS = 200
const OF_FEW = 0.6

function qualificationRows(few: Qualification, many: Qualification): readonly Row[] {
  const share = many.perSecond / few.perSecond
  return [
    {
      what: `qualification behind it, ${whole(few.leads)} leads`,
      goal: `≤ ${CPU_MICROS} µs CPU an event`,
      measured: `${whole(few.cpuMicros)} µs (${whole(few.perSecond)} events/s, recorded and qualified)`,
      met: metAt(few.leads, FEW_LEADS, few.cpuMicros <= CPU_MICROS),
    },
    {
      what: `… ${whole(many.leads)} leads`,
      goal: `≥ ${OF_FEW} of that rate`,
      measured: `${ratio(share)} (${whole(many.perSecond)} events/s, ${whole(many.cpuMicros)} µs)`,
      met: metAt(many.leads, GOAL_SIZES.leads, share >= OF_FEW),
    },
  ]
}

export const backlogRow = ({ events, timelines, seconds, left, beside }: DrainedBacklog): Row => ({
  what: `a backlog of ${whole(events)} events (${whole(timelines)} timelines), ingest at half load (${whole(beside.perSecond)} requests/s)`,
  goal: 'drains',
  measured: `${seconds === null ? `does not: ${whole(left)} timelines are left` : `in ${seconds.toFixed(1)} s`}; ${besideInWords(beside)}`,
  met: metAt(events, GOAL_SIZES.backlog, seconds !== null && isTakenWhole(beside)),
})

const OF_EMPTY = 0.9

function growthRow(points: readonly GrowthPoint[]): Row {
  const [empty, full] = [points[0], points.at(-1)]
  const share = (full?.perSecond ?? Number.NaN) / (empty?.perSecond ?? Number.NaN)
  const each = points.map(({ events, perSecond }) => `${whole(perSecond)}/s at ${whole(events)}`)
  return {
    what: `ingest at ${whole(full?.events ?? 0)} events, ten a request, qualifier at rest`,
    goal: `≥ ${OF_EMPTY} of empty`,
    measured: `${ratio(share)} (${each.join(', ')})`,
    met: metAt(full?.events ?? 0, GOAL_SIZES.events, share >= OF_EMPTY),
  }
}

const PAGE_MS = 10
const PAGE_ROWS = 50

export function pageRows({ asked, beside }: Mixed, leads: number): readonly Row[] {
  const rows = asked.map(({ what, rows: shown, p50, p95 }, index) => ({
    what: index === 0 ? `page of 50 of ${whole(leads)} leads at half load: ${what}` : `… ${what}`,
    goal: `p95 < ${PAGE_MS} ms`,
    measured: `p50 ${ms(p50)}, p95 ${ms(p95)}${shown < PAGE_ROWS ? ` (only ${shown} rows)` : ''}`,
    met:
      shown === 0
        ? ('empty' as const)
        : metAt(leads, GOAL_SIZES.leads, p95 < PAGE_MS && isTakenWhole(beside)),
  }))
  return [
    ...rows,
    { what: '… what the pages leave to ingest', goal: '', measured: besideInWords(beside), met: null },
  ]
}

const FLAGGED_MS = 1_000
/** Fewer have no 99th percentile. */
const FEWEST_FLAGGED = 100

export const flaggedRow = ({ leads, p50, p99, most, beside }: Flagged): Row => ({
  what: `acknowledged → MQL on the stream, ${whole(leads)} leads at half load`,
  goal: 'p99 ≤ 1 s',
  measured: `p50 ${ms(p50)}, p99 ${ms(p99)}, at most ${ms(most)}; ${besideInWords(beside)}`,
  met: metAt(leads, FEWEST_FLAGGED, p99 <= FLAGGED_MS && isTakenWhole(beside)),
})

const besideRow = (what: string, { beside, asked, dirty }: Mixed): Row => {
  const slowest = [...asked].sort((a, b) => b.p95 - a.p95)[0]
  const answers = slowest ? `; slowest answers: ${slowest.what}, p95 ${ms(slowest.p95)}` : ''
  return {
    what: `${what} (${whole(beside.perSecond)} requests/s)`,
    goal: '',
    measured: `${besideInWords(beside)}; ${whole(dirty)} timelines dirty at the end${answers}`,
    met: null,
  }
}

/** Quoted from our notes, not measured here: for orientation. */
const PEERS: readonly Row[] = [
  {
    what: 'quoted, for orientation: Umami 3.1 on Postgres, a machine of this kind',
    goal: '',
    measured: '172–228 requests/s, 4.4–5.8 ms CPU a request, scoring nothing',
    met: null,
  },
]

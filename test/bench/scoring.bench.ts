import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ModelVersion } from '../../collector/contracts/model.ts'
import { loadModelFile } from '../../collector/models/load.ts'
import { DAY_MS } from '../../shared/time.ts'
import { optionsFrom } from '../support/options.ts'
import { saying } from '../support/say.ts'
import { whole } from '../support/words.ts'
import { advanceRows } from './scoring/advance.ts'
import { appendRows } from './scoring/append.ts'
import { CROWD_UNTIL } from './scoring/crowd.ts'
import { diffBench } from './scoring/diff.ts'
import {
  costOfNth,
  eventRate,
  foundTown,
  type Rescored,
  replayed,
  rescoring,
  topFifty,
} from './scoring/store.ts'

/**
 * The table of scoring.md: what the default model costs in memory, over a small and a large town of leads on SQLite, and
 * over a simulated year with `goldpan model diff`, whose output is printed below the table.
 * `--leads N`: how many the large town has, a million unless given (about half an hour). `--visitors N`: of the year.
 * `--compare`: holds the diff of the year against brute force, for everybody.
 */

const SMALL = 10_000
const options = optionsFrom({ leads: 1_000_000, visitors: 50_000, compare: false })

const loading = loadModelFile('goldpan.yaml')
if (!loading.ok) throw new Error('goldpan.yaml is not sound')
const version: ModelVersion = { version: 1, publishedAt: 0, ...loading.loaded }

const say = saying()

interface Measured {
  readonly leads: number
  readonly rate: number
  readonly top: { readonly p50: number; readonly p99: number }
  readonly nth: ReadonlyMap<number, number>
  readonly rescored: Rescored
  readonly replay: { readonly persons: number; readonly differences: number } | null
}

async function measure(leads: number, isWhole: boolean): Promise<Measured> {
  const town = await foundTown(leads, version, say)
  try {
    const rate = await eventRate(town, CROWD_UNTIL)
    const top = await topFifty(town)
    const nth = await costOfNth(town, [10, 100, 1_000], CROWD_UNTIL + DAY_MS)
    const next = { ...version, version: 2, publishedAt: CROWD_UNTIL + 20 * DAY_MS }
    const rescored = await rescoring(town, next, say)
    const replay = isWhole ? await replayed(town, next.publishedAt + DAY_MS) : null
    return { leads, rate, top, nth, rescored, replay }
  } finally {
    await town.close()
  }
}

function print(rows: readonly (readonly [what: string, goal: string, measured: string])[]): void {
  console.log(
    ['| | goal | measured |', '| --- | --- | --- |', ...rows.map(row => `| ${row.join(' | ')} |`)].join('\n'),
  )
}

const advanced = advanceRows(version).find(({ part }) => part === 'advance')
const appended = new Map(appendRows(version).map(row => [row.nth, row['µs/event']]))
const nthCost = (nth: number): number => appended.get(nth) ?? Number.NaN
const small = await measure(SMALL, true)
const large = await measure(options.leads, false)
const folder = mkdtempSync(join(tmpdir(), 'goldpan-year-'))
const year = await diffBench(folder, 'goldpan.yaml', {
  visitors: options.visitors,
  compare: options.compare,
})
rmSync(folder, { recursive: true })
const stored = (nth: number): number => small.nth.get(nth) ?? Number.NaN

const rescoredInWords = ({ leads, rescored }: Measured): string =>
  `${whole(leads)} leads in ${whole(rescored.seconds)} s (${whole(rescored.perSecond)}/s), a live event waits ≤ ${whole(rescored.liveP99)} ms (p99)`

const comparedWords = year.compared
  ? `${year.compared.differing.length} of ${whole(year.compared.leads)} leads differ from brute force`
  : 'equal to brute force (test/models/diff, or --compare)'

print([
  [
    'live equals replay',
    '0 differences',
    `${small.replay?.differences} in ${whole(small.replay?.persons ?? 0)} people`,
  ],
  [
    `events a second through both transactions, ${whole(options.leads)} leads against ${whole(SMALL)}`,
    '≥ .6',
    `${(large.rate / small.rate).toFixed(2)} (${whole(large.rate)} against ${whole(small.rate)})`,
  ],
  [
    "a lead's 1,000th in-order event against its 10th, advance alone",
    '≤ 1.2',
    `${(nthCost(1_000) / nthCost(10)).toFixed(2)} (${nthCost(10)}, ${nthCost(1_000)} µs; the 10,000th ${nthCost(10_000)} µs)`,
  ],
  [
    '… the whole way, CPU, a commit for each',
    '≤ 1.2',
    `${(stored(1_000) / stored(10)).toFixed(2)} (${whole(stored(10))}, ${whole(stored(1_000))} µs)`,
  ],
  [
    `top 50 of ${whole(options.leads)} leads by current score`,
    'p50 < 1 ms',
    `${large.top.p50.toFixed(2)} ms (p99 ${large.top.p99.toFixed(1)} ms)`,
  ],
  [
    'advance over decoded events, default model',
    '≥ 200,000 events/s',
    `${whole(advanced?.['events/s'] ?? 0)} events/s`,
  ],
  ['rescoring everybody beside live traffic', 'resumable, atomic (test/qualify)', rescoredInWords(small)],
  ['', '', rescoredInWords(large)],
  [
    `model diff over a year of ${whole(year.visitors)} visitors, ${whole(year.facts)} events`,
    comparedWords,
    `${year.diffS.toFixed(1)} s, ${whole(year.rssMb)} MB`,
  ],
])
console.log(`\n${year.lines.join('\n')}`)

import { setTimeout as pause } from 'node:timers/promises'
import { closedLoop } from '../../../support/load/closed-loop.ts'
import type { Target } from '../../../support/load/connection.ts'
import { openLoop } from '../../../support/load/open-loop.ts'
import type { MqlMoves } from '../../../support/load/stream.ts'
import { eachOf, type TrafficRequest } from '../../../support/load/traffic.ts'
import { ascending, median, quantileOf } from '../../../support/quantiles.ts'
import type { CollectorProcess } from '../collector-process.ts'

/** What a minute was like. Memory in bytes, times in ms. */
export interface Minute {
  readonly rss: number
  readonly heap: number
  readonly delayP99: number
  readonly ackP50: number
  readonly ackP99: number
  /** requests acknowledged, and others */
  readonly taken: number
  readonly notTaken: number
  /** timelines that wait for the qualifier at its end */
  readonly dirty: number
  readonly mqls: number
  readonly mqlP50: number
  readonly mqlMost: number
  /** MQLs that were not on the stream in ten seconds */
  readonly mqlsMissed: number
  /** a page of leads, the slower half's middle of it */
  readonly leadsP90: number
}

export interface Soaking {
  readonly collector: CollectorProcess
  readonly target: Target
  readonly perSecond: number
  readonly nextVisit: () => TrafficRequest
  readonly nextDemo: () => TrafficRequest
  readonly moves: MqlMoves
  readonly site: string
}

const MINUTE_S = 60
const CONNECTIONS = 256
const RSS_MS = 500
const DEMO_EVERY_MS = 1_000
const LEADS_EVERY_MS = 1_000
const MQL_PATIENCE_MS = 10_000

/** @param seconds of it. @default a minute */
export async function soakMinute(soaking: Soaking, seconds = MINUTE_S): Promise<Minute> {
  const { collector, target, perSecond, nextVisit } = soaking
  const until = performance.now() + seconds * 1_000
  const rss: number[] = []
  const sampler = setInterval(() => rss.push(collector.rssBytes()), RSS_MS)
  const [tally, mqls, leads] = await Promise.all([
    openLoop({ target, perSecond, seconds, connections: CONNECTIONS, next: nextVisit }),
    demosUntil(soaking, until),
    leadsUntil(soaking, until),
  ]).finally(() => clearInterval(sampler))
  const figures = await collector.figures()
  const taken = tally.statuses[202] ?? 0
  return {
    rss: median(rss),
    heap: figures.of('goldpan_memory_bytes{kind="heap"}'),
    delayP99: figures.of('goldpan_event_loop_delay_seconds{quantile="0.99"}') * 1_000,
    ackP50: quantileOf(tally.latencies, 0.5),
    ackP99: quantileOf(tally.latencies, 0.99),
    taken,
    notTaken: Math.round(perSecond * seconds) - taken,
    dirty: figures.of('goldpan_dirty_timelines'),
    mqls: mqls.times.length,
    mqlP50: quantileOf(mqls.times, 0.5),
    mqlMost: mqls.times.at(-1) ?? Number.NaN,
    mqlsMissed: mqls.missed,
    leadsP90: quantileOf(leads, 0.9),
  }
}

/** Somebody asks for a demo each second, and is an MQL at once: how long until that is on the stream. */
async function demosUntil({ target, nextDemo, moves }: Soaking, until: number) {
  const times: number[] = []
  let missed = 0
  while (performance.now() < until) {
    const expected = moves.count() + 1
    const { statuses } = await closedLoop({ target, connections: 1, next: eachOf([nextDemo()]) })
    const answeredAt = performance.now()
    const movedAt = statuses[202] === 1 ? await moves.at(expected, MQL_PATIENCE_MS) : null
    if (movedAt === null) missed += 1
    else times.push(Math.max(0, movedAt - answeredAt))
    await pause(Math.max(0, answeredAt + DEMO_EVERY_MS - performance.now()))
  }
  return { times: ascending(times), missed }
}

/** Somebody looks at the hottest leads. */
async function leadsUntil({ collector, site }: Soaking, until: number): Promise<readonly number[]> {
  const times: number[] = []
  while (performance.now() < until) {
    const began = performance.now()
    const answer = await collector.ask(`/v1/leads?site=${site}&stage=mql&limit=50`)
    if (!answer.ok) throw new Error(`the leads page: ${answer.status}: ${await answer.text()}`)
    await answer.arrayBuffer()
    times.push(performance.now() - began)
    await pause(LEADS_EVERY_MS)
  }
  return ascending(times)
}

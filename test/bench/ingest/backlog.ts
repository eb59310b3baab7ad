import { setTimeout as sleep } from 'node:timers/promises'
import { closedLoop } from '../../support/load/closed-loop.ts'
import { eachOf, requestsOf, trafficOf } from '../../support/load/traffic.ts'
import { type BenchCollector, startBenchCollector } from './collectors.ts'
import type { Ground } from './ground.ts'
import { type Beside, madeAhead, withLoadBeside } from './load-beside.ts'
import { measure } from './measure.ts'

/** A backlog that is qualified while ingest goes on. */
export interface DrainedBacklog {
  readonly events: number
  readonly timelines: number
  /** until no more was dirty than live traffic itself makes so; null: it was given up */
  readonly seconds: number | null
  /** timelines that were dirty at the end */
  readonly left: number
  readonly beside: Beside
}

const CONNECTIONS = 64
/** Timelines that are dirty for less than that are no backlog. */
const LIVE_SECONDS = 0.25
const LOOK_MS = 500
/** Given up after so long: it grows, or hardly shrinks. */
const MOST_SECONDS = 180

/** @param folder of a database, which is added to @param perSecond single-event requests that come meanwhile */
export async function drainUnderLoad(
  ground: Ground,
  folder: string,
  perSecond: number,
): Promise<DrainedBacklog> {
  const { backlog: events } = ground.options
  const { timelines, siteKey } = await recordOnly(ground, folder, events)
  const next = madeAhead(siteKey, perSecond, MOST_SECONDS)
  const collector = await startBenchCollector({ folder, ground })
  try {
    const load = { collector, perSecond, mostSeconds: MOST_SECONDS, next }
    const { beside, found } = await withLoadBeside(load, () =>
      untilLow(ground, collector, timelines, perSecond * LIVE_SECONDS),
    )
    return { events, timelines, ...found, beside }
  } finally {
    await collector.stop()
  }
}

/** Records events while the qualifier rests. */
async function recordOnly(
  ground: Ground,
  folder: string,
  events: number,
): Promise<{ readonly timelines: number; readonly siteKey: string }> {
  const collector = await startBenchCollector({ folder, ground, qualifier: 'at rest' })
  try {
    const { target, siteKey } = collector
    const requests = requestsOf(events, trafficOf({ site: siteKey, eventsPerRequest: 1 }))
    await measure(collector, () => closedLoop({ target, connections: CONNECTIONS, next: eachOf(requests) }))
    return { timelines: await collector.dirty(), siteKey }
  } finally {
    await collector.stop()
  }
}

async function untilLow(
  { say }: Ground,
  collector: BenchCollector,
  from: number,
  low: number,
): Promise<Pick<DrainedBacklog, 'seconds' | 'left'>> {
  const began = performance.now()
  for (;;) {
    const left = await collector.dirty()
    const seconds = (performance.now() - began) / 1_000
    if (left <= low) return { seconds, left }
    if (seconds > MOST_SECONDS - 1) return { seconds: null, left }
    say('draining a backlog under load, timelines', Math.max(0, from - left), from)
    await sleep(LOOK_MS)
  }
}

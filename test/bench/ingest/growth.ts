import { closedLoop } from '../../support/load/closed-loop.ts'
import { eachOf, requestsOf, type TrafficRequest, trafficOf } from '../../support/load/traffic.ts'
import { type BenchCollector, startBenchCollector } from './collectors.ts'
import type { Ground } from './ground.ts'
import { type Measured, measure, medians } from './measure.ts'
import { stopAll } from './servers.ts'

/** A database of a certain size, and how fast events come into it. */
export interface GrowthPoint extends Measured {
  /** in the database before the load */
  readonly events: number
}

export interface Stage {
  readonly folder: string
  readonly events: number
}

const CONNECTIONS = 64
const EVENTS_EACH = 10
const ROUNDS = 3
/** A kept database is added to by every run: short loads. */
const MOST_SECONDS = 5
const WARM_UP_REQUESTS = 400

/** The same load on databases of several sizes, in alternating rounds of one run, their qualifiers at rest. */
export async function measureGrowth(
  ground: Ground,
  stages: readonly Stage[],
): Promise<readonly GrowthPoint[]> {
  const collectors: BenchCollector[] = []
  try {
    for (const { folder } of stages)
      collectors.push(await startBenchCollector({ folder, ground, qualifier: 'at rest' }))
    const makers = collectors.map(({ siteKey }) =>
      trafficOf({ site: siteKey, eventsPerRequest: EVENTS_EACH }),
    )
    const runAll = async (requests: number): Promise<readonly Measured[]> => {
      const found: Measured[] = []
      for (const [index, collector] of collectors.entries())
        found.push(await run(collector, requestsOf(requests, makers[index] ?? impossible)))
      return found
    }
    const warm = await runAll(WARM_UP_REQUESTS)
    const seconds = Math.min(MOST_SECONDS, ground.options.seconds)
    const requests = Math.ceil(((warm[0]?.perSecond ?? 0) / EVENTS_EACH) * seconds)
    const rounds: (readonly Measured[])[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push(await runAll(requests))
      ground.say('rounds over databases of several sizes', round + 1, ROUNDS)
    }
    return stages.map(({ events }, index) => ({
      events,
      ...medians(rounds.flatMap(measured => measured[index] ?? [])),
    }))
  } finally {
    await stopAll(collectors)
  }
}

const impossible = (): TrafficRequest => {
  throw new Error('expected traffic for each collector')
}

const run = (collector: BenchCollector, requests: readonly TrafficRequest[]): Promise<Measured> =>
  measure(
    collector,
    () => closedLoop({ target: collector.target, connections: CONNECTIONS, next: eachOf(requests) }),
    EVENTS_EACH,
  )

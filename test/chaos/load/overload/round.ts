import { closedLoop } from '../../../support/load/closed-loop.ts'
import { type Target, targetOf } from '../../../support/load/connection.ts'
import { openLoop } from '../../../support/load/open-loop.ts'
import { quantileOf, type Tally } from '../../../support/load/tally.ts'
import { type TrafficRequest, trafficOf } from '../../../support/load/traffic.ts'
import { settled } from '../aftermath.ts'
import { type CollectorProcess, createSite } from '../collector-process.ts'
import { type Watched, watching } from '../watch.ts'
import { type Acknowledged, acknowledging } from './acknowledged.ts'

export interface OverloadGiven {
  readonly connections: number
  readonly seconds: number
  /** how many times of what the collector can take */
  readonly times: number
  readonly say: (line: string) => void
}

export interface OverloadFound {
  /** requests a second that 64 connections got acknowledged, each sending when its last was answered */
  readonly capacity: number
  /** what each of them took of a core, microseconds */
  readonly cpuMicros: number
  /** ms, of a light load before */
  readonly calm: Latency
  readonly tally: Tally
  readonly told: Acknowledged
  readonly watched: Watched
  /** ms, from the instant a request was meant to go */
  readonly meanwhile: Latency
  /** until a light load was answered as before; null: not within the patience */
  readonly recoveredS: number | null
  readonly settledS: number | null
  readonly site: string
}

export interface Latency {
  readonly p50: number
  readonly p99: number
}

const LANES = 64
const CAPACITY_S = 10
const CALM_S = 5
/** Of the capacity: what a quiet hour brings. */
const CALM_SHARE = 0.1
const RECOVERY_S = 30
/** As before: within twice the calm latency, or what is told from noise (our choice). */
const RECOVERED_TIMES = 2
const RECOVERED_MS = 50
const SETTLE_S = 600

/** Capacity, calm, overload, recovery, on one collector. */
export async function overload(collector: CollectorProcess, given: OverloadGiven): Promise<OverloadFound> {
  const { connections, seconds, times, say } = given
  const target = targetOf(collector.url)
  const site = await createSite(collector, 'overload')
  const warmUp = await createSite(collector, 'before')
  const before = trafficOf({ site: warmUp.publicKey, eventsPerRequest: 1, load: 1 })
  await closedLoop({ target, connections: LANES, next: before, seconds: 3 })
  const cpu = collector.cpuSeconds()
  const most = await closedLoop({ target, connections: LANES, next: before, seconds: CAPACITY_S })
  const taken = most.statuses[202] ?? 0
  const capacity = taken / most.seconds
  const cpuMicros = ((collector.cpuSeconds() - cpu) / taken) * 1e6
  await settled(collector, SETTLE_S)
  const calm = latencyOf(await light(target, capacity, before, CALM_S))
  say(`capacity ${capacity.toFixed(0)} requests/s; calm p99 ${calm.p99.toFixed(1)} ms`)

  const next = trafficOf({ site: site.publicKey, eventsPerRequest: 1, load: 2 })
  const told = acknowledging(performance.now() + seconds * 1_000)
  const { onOutcome } = told
  const { result: tally, ...watched } = await watching(collector, () =>
    openLoop({
      ...{ target, perSecond: capacity * times, seconds, connections, next, onOutcome },
      // what this side could not make in its time is not offered
      signal: AbortSignal.timeout(seconds * 1_000),
    }),
  )
  const recoveredS = await recovered(target, capacity, calm, before)
  const settledS = await settled(collector, SETTLE_S)
  const meanwhile = latencyOf(tally)
  return { capacity, cpuMicros, calm, tally, told, watched, meanwhile, recoveredS, settledS, site: site.id }
}

const light = (
  target: Target,
  capacity: number,
  next: () => TrafficRequest,
  seconds: number,
): Promise<Tally> =>
  openLoop({ target, perSecond: Math.max(10, capacity * CALM_SHARE), seconds, connections: LANES, next })

const latencyOf = ({ latencies }: Tally): Latency => ({
  p50: quantileOf(latencies, 0.5),
  p99: quantileOf(latencies, 0.99),
})

/** @returns seconds until a second's light load is acknowledged whole and soon */
async function recovered(
  target: Target,
  capacity: number,
  calm: Latency,
  next: () => TrafficRequest,
): Promise<number | null> {
  const bound = Math.max(RECOVERED_MS, calm.p99 * RECOVERED_TIMES)
  const began = performance.now()
  const passed = (): number => (performance.now() - began) / 1_000
  while (passed() < RECOVERY_S) {
    const at = passed()
    const tally = await light(target, capacity, next, 1)
    const isWhole = tally.statuses[202] === tally.answered && Object.keys(tally.lost).length === 0
    if (isWhole && latencyOf(tally).p99 < bound) return at
  }
  return null
}

import { closedLoop } from '../../../support/load/closed-loop.ts'
import { type Target, targetOf } from '../../../support/load/connection.ts'
import { openLoop } from '../../../support/load/open-loop.ts'
import type { Tally } from '../../../support/load/tally.ts'
import { type TrafficRequest, trafficOf } from '../../../support/load/traffic.ts'
import { quantileOf } from '../../../support/quantiles.ts'
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
  /** before the overload, and when it was over and qualified: what the machine gave meanwhile lies between them */
  readonly before: Capacity
  readonly after: Capacity
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

/** What it can take: measured as the overload is, by the same sender, beside which the same is looked at. */
export interface Capacity {
  /** requests that 64 connections got acknowledged, each sending when its last was answered */
  readonly perSecond: number
  /** what each of them took of a core, microseconds */
  readonly cpuMicros: number
  readonly senderShare: number
  /** of the time: others had the collector's core */
  readonly heldUp: number
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

/** Capacity, calm, overload, recovery, capacity again, on one collector. */
export async function overload(collector: CollectorProcess, given: OverloadGiven): Promise<OverloadFound> {
  const { connections, seconds, times, say } = given
  const target = targetOf(collector.url)
  const site = await createSite(collector, 'overload')
  const warmUp = await createSite(collector, 'before')
  const others = trafficOf({ site: warmUp.publicKey, eventsPerRequest: 1, load: 1 })
  await closedLoop({ target, connections: LANES, next: others, seconds: 3 })
  const before = await capacityOf(collector, target, others)
  await settled(collector, SETTLE_S)
  const { perSecond } = before
  const calm = latencyOf(await light(target, perSecond, others, CALM_S))
  say(`capacity ${perSecond.toFixed(0)} requests/s; calm p99 ${calm.p99.toFixed(1)} ms`)

  const next = trafficOf({ site: site.publicKey, eventsPerRequest: 1, load: 2 })
  const told = acknowledging(performance.now() + seconds * 1_000)
  const { onOutcome } = told
  const { result: tally, ...watched } = await watching(collector, () =>
    openLoop({ target, perSecond: perSecond * times, seconds, connections, next, onOutcome }),
  )
  const recoveredS = await recovered(target, perSecond, calm, others)
  const settledS = await settled(collector, SETTLE_S)
  const after = await capacityOf(collector, target, others)
  const meanwhile = latencyOf(tally)
  return { before, after, calm, tally, told, watched, meanwhile, recoveredS, settledS, site: site.id }
}

async function capacityOf(
  collector: CollectorProcess,
  target: Target,
  next: () => TrafficRequest,
): Promise<Capacity> {
  const { result, cpu, senderShare, heldUp } = await watching(collector, () =>
    closedLoop({ target, connections: LANES, next, seconds: CAPACITY_S }),
  )
  const taken = result.statuses[202] ?? 0
  return { perSecond: taken / result.seconds, cpuMicros: (cpu / taken) * 1e6, senderShare, heldUp }
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

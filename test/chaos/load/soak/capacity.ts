import { closedLoop } from '../../../support/load/closed-loop.ts'
import { targetOf } from '../../../support/load/connection.ts'
import { busyCore } from '../../../support/load/half-load.ts'
import { openLoop } from '../../../support/load/open-loop.ts'
import type { Tally } from '../../../support/load/tally.ts'
import { trafficOf } from '../../../support/load/traffic.ts'
import { settled } from '../aftermath.ts'
import { type CollectorProcess, createSite } from '../collector-process.ts'

/** What a collector can take, in single events a second. */
export interface SoakCapacity {
  /** acknowledged in a closed loop of 64 connections */
  readonly closed: number
  /** that keep a core busy when they come evenly and are qualified (half-load.ts) */
  readonly even: number
}

/** How a collector is loaded. */
export interface Loads {
  /** as fast as it answers */
  readonly closed: () => Promise<Tally>
  /** at a steady rate, until all of it is qualified */
  readonly evenly: (perSecond: number) => Promise<Tally>
  /** of the collector's CPU so far */
  readonly cpuSeconds: () => number
}

/** Of the closed loop: not far from half load, so that as many share a turn as will in the hour. */
const EVEN_SHARE = 0.25

/** @throws Error when a part of the even load was not acknowledged: then its CPU says nothing */
export async function capacityFrom({ closed, evenly, cpuSeconds }: Loads): Promise<SoakCapacity> {
  const { statuses, seconds } = await closed()
  const perSecond = (statuses[202] ?? 0) / seconds
  const cpu = cpuSeconds()
  const { lost, ...even } = await evenly(perSecond * EVEN_SHARE)
  const events = even.statuses[202] ?? 0
  if (events === 0 || events < even.answered || Object.keys(lost).length > 0) {
    const came = JSON.stringify({ ...even.statuses, ...lost })
    throw new Error(
      `expected 202 for every request at ${Math.round(perSecond * EVEN_SHARE)} a second, came ${came}`,
    )
  }
  return { closed: perSecond, even: busyCore(((cpuSeconds() - cpu) / events) * 1e6) }
}

const LANES = 64
const WARM_UP_S = 3
const SECONDS = 10
const SETTLE_S = 600

/** Measures it on a site of its own; nothing waits in the end. */
export async function capacityOf(collector: CollectorProcess): Promise<SoakCapacity> {
  const { publicKey } = await createSite(collector, 'before')
  const next = trafficOf({ site: publicKey, eventsPerRequest: 1, load: 8 })
  const target = targetOf(collector.url)
  const whole = async (load: Promise<Tally>): Promise<Tally> => {
    const tally = await load
    if ((await settled(collector, SETTLE_S)) === null)
      throw new Error(`waited ${SETTLE_S} s for what came before the hour to be qualified, in vain`)
    return tally
  }
  await closedLoop({ target, connections: LANES, next, seconds: WARM_UP_S })
  return capacityFrom({
    closed: () => whole(closedLoop({ target, connections: LANES, next, seconds: SECONDS })),
    evenly: perSecond => whole(openLoop({ target, perSecond, seconds: SECONDS, next })),
    cpuSeconds: collector.cpuSeconds,
  })
}

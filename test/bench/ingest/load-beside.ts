import { openLoop } from '../../support/load/open-loop.ts'
import { type TrafficRequest, trafficOf } from '../../support/load/traffic.ts'
import type { BenchCollector } from './collectors.ts'
import { latenciesOf } from './measure.ts'

/** An open loop of single-event requests, and what was seen of it. */
export interface Beside {
  /** requests that were meant to come */
  readonly perSecond: number
  /** ms from the instant each was meant to go */
  readonly p50: number
  readonly p99: number
  /** requests that were not answered 202, by their status, or why there was no answer */
  readonly notAccepted: Readonly<Record<string, number>>
}

export interface BesideGiven {
  readonly collector: BenchCollector
  readonly perSecond: number
  /** the load ends then, whatever else is under way */
  readonly mostSeconds: number
  /** told of each answer as it comes, ms from the instant its request was meant to go */
  readonly onAnswer?: (latencyMs: number) => void
  /** @default made before the load begins, as far as they are not too many */
  readonly next?: () => TrafficRequest
}

/** Requests made before a load begins; what comes after them is made as it goes. */
const MADE_AHEAD = 60_000
const CONNECTIONS = 256

/** Single-event requests for so long at such a rate. @param site its public key */
export function madeAhead(site: string, perSecond: number, seconds: number): () => TrafficRequest {
  const next = trafficOf({ site, eventsPerRequest: 1 })
  const stock = Array.from({ length: Math.min(MADE_AHEAD, Math.ceil(perSecond * seconds)) }, next).reverse()
  return () => stock.pop() ?? next()
}

/** Does something while visitors come at a steady rate. */
export async function withLoadBeside<T>(
  { collector, perSecond, mostSeconds, onAnswer, ...given }: BesideGiven,
  act: () => Promise<T>,
): Promise<{ readonly beside: Beside; readonly found: T }> {
  const next = given.next ?? madeAhead(collector.siteKey, perSecond, mostSeconds)
  const over = new AbortController()
  const { target } = collector
  const connections = CONNECTIONS
  const load = openLoop({
    ...{ target, perSecond, seconds: mostSeconds, connections, next, signal: over.signal },
    onOutcome: (_, { kind }, latencyMs) => {
      if (kind === 'answered') onAnswer?.(latencyMs)
    },
  })
  const found = await act().finally(() => over.abort())
  const tally = await load
  const { 202: _, ...others } = tally.statuses
  return {
    found,
    beside: {
      perSecond,
      ...latenciesOf(tally),
      notAccepted: { ...others, ...tally.lost },
    },
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, openConnection } from '../../support/load/connection.ts'
import { listenForMqls } from '../../support/load/stream.ts'
import { demoRequests, type TrafficRequest } from '../../support/load/traffic.ts'
import { ascending, quantileOf } from '../../support/quantiles.ts'
import { type BenchCollector, streamOf } from './collectors.ts'
import type { Ground } from './ground.ts'
import { type Beside, withLoadBeside } from './load-beside.ts'

/** From the 202 for the request that qualifies to the move on the stream, ms. */
export interface Flagged {
  readonly leads: number
  readonly p50: number
  readonly p99: number
  readonly most: number
  readonly beside: Beside
}

const FLAGGED_WITHIN_MS = 60_000
const TIMEOUT_MS = 30_000
/** Between two leads: not in step with anything. */
const PAUSES_MS = [7, 31, 53]

/** Leads ask for a demo, one after another, while visitors come at a steady rate. */
export async function measureFlagged(
  { options, say }: Ground,
  collector: BenchCollector,
  perSecond: number,
): Promise<Flagged> {
  const moves = await listenForMqls(streamOf(collector))
  const connection = openConnection(collector.target, TIMEOUT_MS)
  const next = demoRequests(collector.siteKey)
  const leads = options.flagged
  const mostSeconds = leads * 2 + FLAGGED_WITHIN_MS / 1_000
  try {
    const { beside, found } = await withLoadBeside({ collector, perSecond, mostSeconds }, async () => {
      const times: number[] = []
      for (let lead = 0; lead < leads; lead += 1) {
        const answeredAt = await send(connection, next())
        const movedAt = await moves.at(lead + 1, FLAGGED_WITHIN_MS)
        if (movedAt === null) throw new Error(`waited for move ${lead + 1} to MQL on the stream, in vain`)
        times.push(Math.max(0, movedAt - answeredAt))
        say('leads flagged', lead + 1, leads)
        await sleep(PAUSES_MS[lead % PAUSES_MS.length])
      }
      return ascending(times)
    })
    const of = (share: number): number => quantileOf(found, share)
    return { leads, p50: of(0.5), p99: of(0.99), most: of(1), beside }
  } finally {
    moves.close()
    connection.close()
  }
}

async function send(connection: Connection, { bytes }: TrafficRequest): Promise<number> {
  const outcome = await connection.exchange(bytes)
  if (outcome.kind === 'answered' && outcome.answer.status === 202) return performance.now()
  throw new Error(`a demo request: expected 202, came ${JSON.stringify(outcome)}`)
}

import { statSync } from 'node:fs'
import { join } from 'node:path'
import { randomFrom } from '../../support/random.ts'
import { heavyBatch } from '../trial/heavy.ts'
import { openLanes } from '../trial/lanes.ts'
import { makePlace, siteKey } from '../trial/place.ts'
import { startGoldpan } from '../trial/program.ts'
import { isAcknowledged, openSending } from '../trial/sending.ts'
import { visitorsOf } from '../trial/visitors.ts'
import { callsIn } from './calls.ts'
import { type Proof, proofOf } from './order.ts'
import { tracedInto, traceIsWhole } from './strace.ts'

const LANES = 8

export interface TracedRun extends Proof {
  /** events acknowledged, as the senders count them */
  readonly acknowledged: number
  readonly traceBytes: number
}

/**
 * Runs a collector under strace, sends visitors' events and ends it as its operator would.
 * @param wish deliveries of visitors, and of events so heavy that some forty fill the log
 */
export async function tracedRun(
  program: string,
  folder: string,
  wish: { readonly deliveries: number; readonly heavy: number },
): Promise<TracedRun> {
  const place = makePlace(folder)
  const trace = join(folder, 'trace.txt')
  const collector = await startGoldpan(program, place, { under: tracedInto(trace) })
  const site = await siteKey(collector.url)
  const sending = openSending(LANES)
  const stop = new AbortController()
  let [deliveries, acknowledged] = [0, 0]
  const lanes = openLanes({
    visitors: visitorsOf(site, randomFrom(1)),
    ...{ sending, lanes: LANES, clock: Date.now },
    onDelivery: (batch, delivery) => {
      if (isAcknowledged(delivery)) acknowledged += batch.ids.length
      deliveries += 1
      if (deliveries >= wish.deliveries) stop.abort()
    },
  })
  const load = lanes.run(collector.url, stop.signal)
  for (let left = wish.heavy; left > 0; left -= 1) {
    const batch = heavyBatch(site)
    if (isAcknowledged(await sending.send(collector.url, batch))) acknowledged += batch.ids.length
  }
  await load
  sending.close()
  await collector.end('SIGTERM')
  await traceIsWhole(trace, collector.child.pid ?? 0)
  const proof = await proofOf(callsIn(trace), place.database)
  return { ...proof, acknowledged, traceBytes: statSync(trace).size }
}

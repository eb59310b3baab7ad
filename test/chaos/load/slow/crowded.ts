import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { closedLoop } from '../../../support/load/closed-loop.ts'
import { targetOf } from '../../../support/load/connection.ts'
import { eachOf, requestsOf, trafficOf } from '../../../support/load/traffic.ts'
import { whole } from '../../../support/words.ts'
import { type CollectorProcess, createSite } from '../collector-process.ts'
import type { Report } from '../report.ts'

const REQUESTS = 200

/**
 * More connections than the process may have files, which is where a collector with a small limit ends before its own 20,000:
 * those that are there go on, the database is written to, and when some leave, new ones come in.
 */
export async function crowded(collector: CollectorProcess, files: number, report: Report): Promise<void> {
  const target = targetOf(collector.url)
  const { publicKey } = await createSite(collector, 'crowded')
  const next = trafficOf({ site: publicKey, eventsPerRequest: 1, load: 4 })
  const send = () =>
    closedLoop({ target, connections: 4, next: eachOf(requestsOf(REQUESTS, next)), timeoutMs: 5_000 })
  const before = await send()

  const crowd: Socket[] = []
  for (let nth = 0; nth < files + 200; nth += 1) {
    const socket = connect(target)
    socket.on('error', () => {})
    // said hello, so that they are not cut as those who say nothing
    socket.once('connect', () => socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'))
    socket.resume()
    crowd.push(socket)
  }
  await pause(2_000)
  const turnedAway = crowd.filter(socket => socket.destroyed).length
  const isAlive = !collector.hasEnded()
  for (const socket of crowd) socket.destroy()
  await pause(1_000)
  const after = await send()
  report.say(
    `${whole(crowd.length)} connections to a collector that may have ${files} files open: ${whole(turnedAway)} turned away`,
  )
  report.promise(
    'more connections than files end nothing',
    isAlive && !collector.hasEnded() && before.statuses[202] === REQUESTS && after.statuses[202] === REQUESTS,
    `alive: ${isAlive}; ${after.statuses[202] ?? 0} of ${REQUESTS} taken when they had gone, ${collector.said.length} lines of log, the last: ${collector.said.at(-1)}`,
  )
}

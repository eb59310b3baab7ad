import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, openConnection } from '../../support/load/connection.ts'
import { requestsOf, trafficOf } from '../../support/load/traffic.ts'
import { type BenchCollector, startBenchCollector } from './collectors.ts'
import type { Ground } from './ground.ts'

export interface Memory {
  /** bytes before the first socket, and the most while they were open */
  readonly before: number
  readonly most: number
  /** sockets that were open at once, and that were asked for */
  readonly open: number
  readonly asked: number
}

/** What else a process has open. */
const OTHER_FILES = 200
/** A server that is being asked for sockets as fast as it answers takes a few seconds; it keeps idle ones for ten (http/server.ts). */
const AT_ONCE = 64
const TIMEOUT_MS = 30_000
const HELD_MS = 2_000
const LOOK_MS = 100

/** Memory of a collector while so many sockets are open, each of which has sent an event. */
export async function measureMemory(ground: Ground): Promise<Memory> {
  const asked = ground.options.sockets
  const sockets = Math.min(asked, allowedFiles(asked + OTHER_FILES) - OTHER_FILES)
  const collector = await startBenchCollector({ folder: ground.folder('memory'), ground })
  const connections: Connection[] = []
  try {
    const before = collector.rssBytes()
    let most = before
    const look = setInterval(() => {
      most = Math.max(most, collector.rssBytes())
    }, LOOK_MS)
    await openAll(collector, sockets, connections)
    await sleep(HELD_MS)
    clearInterval(look)
    const open = connections.filter(one => one.isOpen()).length
    return { before, most, open, asked }
  } finally {
    for (const connection of connections) connection.close()
    await collector.stop()
  }
}

async function openAll(collector: BenchCollector, sockets: number, into: Connection[]): Promise<void> {
  const requests = [...requestsOf(sockets, trafficOf({ site: collector.siteKey, eventsPerRequest: 1 }))]
  const lane = async (): Promise<void> => {
    for (let request = requests.pop(); request !== undefined; request = requests.pop()) {
      const connection = openConnection(collector.target, TIMEOUT_MS)
      into.push(connection)
      const outcome = await connection.exchange(request.bytes)
      if (outcome.kind === 'lost' || outcome.answer.status !== 202)
        throw new Error(`expected 202 on socket ${into.length}, came ${JSON.stringify(outcome)}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
}

/** Raises the limit of open files of this process and its children when it may. @returns the limit then */
function allowedFiles(wanted: number): number {
  if (fileLimit() < wanted)
    spawnSync('prlimit', ['--pid', String(process.pid), `--nofile=${wanted}:${wanted}`])
  return fileLimit()
}

/** Node takes the hard limit at its start; where the system does not tell, it is tried. */
function fileLimit(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8')
    return Number(/Max open files\s+(\d+)/.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY)
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, openConnection } from '../../support/load/connection.ts'
import { requestsOf, trafficOf } from '../../support/load/traffic.ts'
import { fileLimitOf } from '../../support/process-figures.ts'
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
const AT_ONCE = 64
/** The collector closes what is idle for ten seconds (http/server.ts); before that it is sent something. */
const STALE_MS = 4_000
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
    const own: { readonly connection: Connection; usedAt: number }[] = []
    for (let request = requests.pop(); request !== undefined; request = requests.pop()) {
      const connection = openConnection(collector.target, TIMEOUT_MS)
      into.push(connection)
      await send(connection, request.bytes, 202)
      own.push({ connection, usedAt: performance.now() })
      for (const one of own.filter(({ usedAt }) => performance.now() - usedAt > STALE_MS)) {
        await send(one.connection, SIGN_OF_LIFE, 200)
        one.usedAt = performance.now()
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
}

const SIGN_OF_LIFE = Buffer.from('GET /healthz HTTP/1.1\r\nHost: collector.example\r\n\r\n')

async function send(connection: Connection, bytes: Buffer, expected: number): Promise<void> {
  const outcome = await connection.exchange(bytes)
  if (outcome.kind === 'answered' && outcome.answer.status === expected) return
  throw new Error(`expected ${expected} while sockets were opened, came ${JSON.stringify(outcome)}`)
}

/** Raises the limit of open files of this process and its children when it may. @returns the limit then */
function allowedFiles(wanted: number): number {
  if (fileLimit() < wanted)
    spawnSync('prlimit', ['--pid', String(process.pid), `--nofile=${wanted}:${wanted}`])
  return fileLimit()
}

/** Node takes the hard limit at its start; where the system does not tell, it is tried. */
function fileLimit(): number {
  const limit = fileLimitOf(process.pid)
  return Number.isNaN(limit) ? Number.POSITIVE_INFINITY : limit
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type Target, targetOf } from '../../support/load/connection.ts'
import { cpuSecondsOf, rssBytesOf } from '../../support/process-figures.ts'
import { within } from '../../support/within.ts'
import type { Cores } from './cores.ts'

/** A server in a process of its own. */
export interface Server {
  readonly name: string
  readonly url: string
  readonly target: Target
  /** CPU seconds it has used so far, system time included; NaN where the system does not tell (Linux does) */
  cpuSeconds(): number
  /** bytes of memory it holds now; NaN as above */
  rssBytes(): number
  /** Ends it; what it said on standard error meanwhile is shown when it did not end well. */
  stop(): Promise<void>
}

export interface ServerGiven {
  readonly name: string
  /** of `node` */
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cores: Cores | null
}

const STARTS_WITHIN_MS = 60_000
const STOPS_WITHIN_MS = 60_000
const LAST_LINES = 4_000

/** Starts it and waits until it has said its address. Nothing of the machine's own environment but the PATH is handed on. */
export async function startServer({ name, args, env = {}, cores }: ServerGiven): Promise<Server> {
  const node = [process.execPath, ...args]
  const [program = '', ...rest] = cores ? ['taskset', '--cpu-list', String(cores.server), ...node] : node
  const child = spawn(program, rest, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-LAST_LINES)
  })
  const url = await within(STARTS_WITHIN_MS, `${name} to listen`, addressOf(child)).catch(error => {
    child.kill('SIGKILL')
    throw new Error(`${error.message}\n${said}`)
  })
  return {
    name,
    url,
    target: targetOf(url),
    cpuSeconds: () => cpuSecondsOf(child.pid),
    rssBytes: () => rssBytesOf(child.pid),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`${name} ended by itself (${child.exitCode ?? child.signalCode}).\n${said}`)
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      await within(STOPS_WITHIN_MS, `${name} to stop`, exit).catch(error => {
        child.kill('SIGKILL')
        throw error
      })
    },
  }
}

/** Ends all of them. @throws what one of them did not end well with */
export async function stopAll(servers: readonly Server[]): Promise<void> {
  const ends = await Promise.allSettled(servers.map(server => server.stop()))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

async function addressOf(child: ChildProcess): Promise<string> {
  let printed = ''
  for await (const chunk of child.stdout ?? []) {
    printed += chunk
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0]
    if (url === undefined) continue
    child.stdout?.resume()
    return url
  }
  throw new Error(`it ended before it listened: ${printed}`)
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Target, targetOf } from '../../support/load/connection.ts'
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

/** @throws Error that says what was waited for, when it has not come in time */
export async function within<T>(ms: number, what: string, coming: Promise<T>): Promise<T> {
  const over = new AbortController()
  const late = sleep(ms, undefined, { signal: over.signal }).then(() => {
    throw new Error(`waited ${ms / 1_000} s for ${what}, in vain`)
  })
  try {
    return await Promise.race([coming, late])
  } finally {
    over.abort()
    late.catch(() => {})
  }
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

/** Linux counts in hundredths of a second (sysconf _SC_CLK_TCK, 100 everywhere). */
const TICKS_PER_SECOND = 100

function cpuSecondsOf(pid: number | undefined): number {
  const fields = procText(pid, 'stat').split(') ').at(-1)?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

const rssBytesOf = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(procText(pid, 'status'))?.[1] ?? Number.NaN) * 1_024

function procText(pid: number | undefined, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

import { spawnSync } from 'node:child_process'
import { closeSync, fdatasyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { ascending, quantileOf } from '../../support/quantiles.ts'

/** Which cores the two sides run on; null: the system decides. */
export interface Cores {
  readonly server: number
  readonly client: number
}

/** Takes this process to one core and keeps another for the servers, where `taskset` is there. */
export function takeCores(): Cores | null {
  const [client, server] = [0, 1]
  if (cpus().length < 2) return null
  const args = ['--all-tasks', '--pid', '--cpu-list', String(client), String(process.pid)]
  return spawnSync('taskset', args).status === 0 ? { server, client } : null
}

export interface Syncing {
  readonly p50: number
  readonly p99: number
}

const APPENDS = 300
const PAGE = Buffer.alloc(4_096, 1)

/** Milliseconds until a page that is appended to a file of the folder is on its disk: part of every durable answer. */
export function syncTimes(folder: string): Syncing {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'sync-time')
  const handle = openSync(file, 'w')
  const appends = Array.from({ length: APPENDS }, () => {
    const began = performance.now()
    writeSync(handle, PAGE)
    fdatasyncSync(handle)
    return performance.now() - began
  })
  closeSync(handle)
  rmSync(file)
  const times = ascending(appends)
  return { p50: quantileOf(times, 0.5), p99: quantileOf(times, 0.99) }
}

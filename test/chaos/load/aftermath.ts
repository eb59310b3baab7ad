import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openStore } from '../../../collector/storage/open.ts'
import type { StoreCounts } from '../../../collector/storage/store.ts'
import type { CollectorProcess } from './collector-process.ts'

/** What a collector left behind. */
export interface Aftermath {
  /** null: it was killed */
  readonly exitCode: number | null
  /** by the site's id */
  readonly counts: ReadonlyMap<string, StoreCounts>
  readonly total: StoreCounts
  readonly replay: readonly Replayed[]
}

interface Replayed {
  readonly site: string
  readonly persons: number
  readonly waiting: number
  readonly differences: readonly unknown[]
}

const LOOK_MS = 500

/** Waits until nothing waits for the qualifier. @returns seconds it took, or null when the patience was at its end */
export async function settled(
  collector: CollectorProcess,
  patienceS: number,
  onWaiting: (timelines: number) => void = () => {},
): Promise<number | null> {
  const began = performance.now()
  const seconds = (): number => (performance.now() - began) / 1_000
  while (seconds() < patienceS) {
    const waiting = (await collector.figures()).of('goldpan_dirty_timelines')
    if (waiting === 0) return seconds()
    onWaiting(waiting)
    await pause(LOOK_MS)
  }
  return null
}

/** Ends a collector as an operator does, then looks at what it stored and whether the facts give the same again. */
export async function lookBehind(
  collector: CollectorProcess,
  program: string,
  folder: string,
): Promise<Aftermath> {
  const exitCode = await collector.end()
  const store = await openStore(`sqlite:${join(folder, 'data/goldpan.db')}`)
  try {
    const sites = await store.sites()
    const counts = new Map(
      await Promise.all(sites.map(async ({ id }) => [id, await store.counts(id)] as const)),
    )
    const sum = (part: keyof StoreCounts): number =>
      [...counts.values()].reduce((total, one) => total + one[part], 0)
    const total = {
      ...{ facts: sum('facts'), persons: sum('persons') },
      ...{ quarantined: sum('quarantined'), dirty: sum('dirty') },
    }
    const replay: readonly Replayed[] = JSON.parse(
      await goldpan(program, folder, ['replay', '--verify', '--json']),
    )
    return { exitCode, counts, total, replay }
  } finally {
    await store.close()
  }
}

export const differencesIn = (replay: Aftermath['replay']): number =>
  replay.reduce((sum, { differences }) => sum + differences.length, 0)

const OUTPUT_BYTES = 64 * 1024 * 1024

/** Runs a command. @returns what it printed, whatever its exit code says */
export function goldpan(program: string, folder: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, env: { PATH: process.env.PATH }, maxBuffer: OUTPUT_BYTES }
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      if (stdout === '') reject(new Error(`goldpan ${args.join(' ')}: ${stderr}`, { cause: error }))
      else resolve(stdout)
    })
  })
}

import { setTimeout as sleep } from 'node:timers/promises'
import { startBenchCollector } from './collectors.ts'
import type { Ground } from './ground.ts'
import { type Beside, withLoadBeside } from './load-beside.ts'
import { median } from './measure.ts'

/** Memory of a collector over a long time at a steady rate, bytes. */
export interface SteadyMemory {
  readonly minutes: number
  /** medians of the second and of the last fifth of the time: at first everything is still filling */
  readonly early: number
  readonly late: number
  readonly most: number
  readonly beside: Beside
}

const LOOK_MS = 1_000
const FIFTHS = 5

export async function measureSteadyMemory(ground: Ground, perSecond: number): Promise<SteadyMemory> {
  const { minutes } = ground.options
  const collector = await startBenchCollector({ folder: ground.folder('steady'), ground })
  try {
    const load = { collector, perSecond, mostSeconds: minutes * 60 }
    const { beside, found } = await withLoadBeside(load, () =>
      watch(collector.rssBytes, (minutes * 60_000) / LOOK_MS, ground),
    )
    const fifth = Math.floor(found.length / FIFTHS)
    return {
      minutes,
      early: median(found.slice(fifth, 2 * fifth)),
      late: median(found.slice(-fifth)),
      most: Math.max(...found),
      beside,
    }
  } finally {
    await collector.stop()
  }
}

async function watch(rssBytes: () => number, looks: number, { say }: Ground): Promise<readonly number[]> {
  const seen: number[] = []
  while (seen.length < looks) {
    await sleep(LOOK_MS)
    seen.push(rssBytes())
    say('memory at a steady rate, seconds', seen.length, looks)
  }
  return seen
}

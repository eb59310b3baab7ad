import { setTimeout as sleep } from 'node:timers/promises'
import { median, quantileOf } from '../../support/quantiles.ts'
import { startBenchCollector } from './collectors.ts'
import type { Ground } from './ground.ts'
import { type Beside, withLoadBeside } from './load-beside.ts'

/** A part of the time: memory in bytes, latencies of acknowledgements in ms. */
export interface Part {
  /** median of what was seen each second */
  readonly rss: number
  readonly p50: number
  readonly p99: number
}

/** A collector over a long time at a steady rate. */
export interface Steady {
  readonly minutes: number
  /** the second and the last fifth of the time: at first everything is still filling */
  readonly early: Part
  readonly late: Part
  /** bytes */
  readonly most: number
  /** sixtieths of the time, minutes of an hour, to be drawn */
  readonly course: readonly Part[]
  readonly beside: Beside
}

const LOOK_MS = 1_000
const FIFTHS = 5
const SIXTIETHS = 60

export async function measureSteadyMemory(ground: Ground, perSecond: number): Promise<Steady> {
  const { minutes } = ground.options
  const collector = await startBenchCollector({ folder: ground.folder('steady'), ground })
  try {
    const seen: Second[] = []
    let latencies: number[] = []
    const mostSeconds = minutes * 60
    const onAnswer = (latencyMs: number): void => void latencies.push(latencyMs)
    const { beside } = await withLoadBeside({ collector, perSecond, mostSeconds, onAnswer }, async () => {
      while (seen.length < (minutes * 60_000) / LOOK_MS) {
        await sleep(LOOK_MS)
        seen.push({ rss: collector.rssBytes(), latencies: Float64Array.from(latencies) })
        latencies = []
        ground.say('memory and latency at a steady rate, seconds', seen.length, mostSeconds)
      }
    })
    return { minutes, ...partsOf(seen), beside }
  } finally {
    await collector.stop()
  }
}

/** What was seen in it. */
export interface Second {
  readonly rss: number
  readonly latencies: Float64Array
}

export function partsOf(seen: readonly Second[]): Omit<Steady, 'minutes' | 'beside'> {
  const fifth = Math.floor(seen.length / FIFTHS)
  const sixtieth = Math.max(1, Math.floor(seen.length / SIXTIETHS))
  const starts = Array.from({ length: Math.ceil(seen.length / sixtieth) }, (_, nth) => nth * sixtieth)
  return {
    early: partOf(seen.slice(fifth, 2 * fifth)),
    late: partOf(seen.slice(-fifth)),
    most: Math.max(...seen.map(({ rss }) => rss)),
    course: starts.map(start => partOf(seen.slice(start, start + sixtieth))),
  }
}

function partOf(seen: readonly Second[]): Part {
  const latencies = Float64Array.from(seen.flatMap(second => [...second.latencies])).sort()
  return {
    rss: median(seen.map(({ rss }) => rss)),
    p50: quantileOf(latencies, 0.5),
    p99: quantileOf(latencies, 0.99),
  }
}

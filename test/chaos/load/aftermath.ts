import { setTimeout as pause } from 'node:timers/promises'
import { openStore } from '../../../collector/storage/open.ts'
import type { StoreCounts } from '../../../collector/storage/store.ts'
import type { Place } from '../trial/place.ts'
import { type Replayed, replayed } from '../trial/replay.ts'
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

const LOOK_MS = 500

/** Waits until nothing waits for the qualifier. @returns seconds it took, or null when the patience was at its end @throws Error when the collector does not tell */
export async function settled(
  collector: Pick<CollectorProcess, 'figures'>,
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
  place: Place,
): Promise<Aftermath> {
  const exitCode = await collector.end()
  const store = await openStore(`sqlite:${place.database}`)
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
    return { exitCode, counts, total, replay: await replayed(program, place) }
  } finally {
    await store.close()
  }
}

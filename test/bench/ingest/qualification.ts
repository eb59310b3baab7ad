import type { Say } from '../../support/say.ts'
import { eventRate } from '../scoring/store.ts'
import { openTown } from './town.ts'

/** collector.md, What it must reach: the smaller of the two databases it speaks of. */
export const FEW_LEADS = 10_000

/** What qualification costs behind ingest, for leads picked at random. */
export interface Qualification {
  readonly leads: number
  /** µs of this process's CPU an event takes from the dirty mark to the decision's commit, the first transaction left out */
  readonly cpuMicros: number
  /** events a second through both transactions */
  readonly perSecond: number
}

/** Measures it in this process, where its CPU can be told from everything else's. */
export async function measureQualification(folder: string, leads: number, say: Say): Promise<Qualification> {
  const town = await openTown(folder, say)
  let [cpuMicros, events] = [0, 0]
  const settle = async (): Promise<void> => {
    const before = process.cpuUsage()
    await town.settle()
    const { user, system } = process.cpuUsage(before)
    cpuMicros += user + system
  }
  const record: typeof town.store.record = async batch => {
    events += batch.facts.length
    return town.store.record(batch)
  }
  try {
    const watched = { ...town, store: { ...town.store, record }, leads, settle, rescore: async () => false }
    const perSecond = await eventRate(watched, Date.now())
    return { leads, cpuMicros: cpuMicros / events, perSecond }
  } finally {
    await town.close()
  }
}

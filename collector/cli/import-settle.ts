import { setTimeout as after } from 'node:timers/promises'
import { startQualifier } from '../qualify/qualifier.ts'
import { createSignals } from '../signals.ts'
import { type ModelDesk, onTerminal } from './model-desk.ts'
import { startProgress } from './progress.ts'

/** How often to look whether a collector is at work, and for how many looks nothing may move: two seconds (our choice). */
const PACE = { everyMs: 200, looks: 10 } as const

/** `done`: everybody is qualified. `left`: Ctrl-C; a collector, or the next import, goes on. */
export type Settled = 'done' | 'left'

export interface Settlement {
  readonly settled: Settled
  /** no collector is at work: it was done here */
  readonly isAlone: boolean
}

/**
 * Waits until what was imported is qualified. A collector at work does it (it looks every second); when nothing moves,
 * nobody is, and it is done here.
 * @param isAlone it is known that no collector is at work
 */
export async function settleImport(desk: ModelDesk, site: string, isAlone = false): Promise<Settlement> {
  const { io, store } = desk
  const waiting = async () => (await store.counts(site)).dirty
  let left = await waiting()
  if (left === 0) return { settled: 'done', isAlone }
  const progress = startProgress({
    ...{ what: 'visitors qualified', total: left, clock: io.clock, say: io.err },
    onTerminal: onTerminal(),
  })
  let lookMs = 0
  for (let idle = isAlone ? PACE.looks : 0; idle < PACE.looks && left > 0 && !io.stop.aborted; ) {
    await after(Math.max(PACE.everyMs, 4 * lookMs), undefined, { signal: io.stop }).catch(() => {})
    const lookedAt = io.clock()
    const now = await waiting()
    lookMs = io.clock() - lookedAt
    idle = now < left ? 0 : idle + 1
    await progress(left - now)
    left = now
  }
  if (left === 0) return { settled: 'done', isAlone: false }
  return { settled: await qualifyHere(desk, site, progress), isAlone: true }
}

async function qualifyHere(
  { io, store, publishing }: ModelDesk,
  site: string,
  progress: (more: number) => Promise<void>,
): Promise<Settled> {
  const signals = createSignals()
  const failed = new Set<string>()
  let applied = 0
  signals.subscribe(signal => {
    if (signal.kind === 'applied') applied += signal.persons.length
  })
  const qualifier = startQualifier({
    ...{ store, signals, clock: io.clock, versionsOf: store.modelVersions, idsOf: publishing.idsOf },
    onError: error => failed.add(error instanceof Error ? error.message : String(error)),
  })
  let isDone = false
  const done = qualifier.settle().then(() => {
    isDone = true
  })
  while (!isDone && !io.stop.aborted) {
    await Promise.race([done, after(PACE.everyMs, undefined, { signal: io.stop }).catch(() => {})])
    await progress(applied)
    applied = 0
  }
  await qualifier.stop()
  for (const message of failed) io.err(`qualify: ${message}`)
  return (await store.counts(site)).dirty === 0 ? 'done' : 'left'
}

/** How an import ended, for people. */
export const settledWords = (site: string, settled: Settled): string =>
  settled === 'done'
    ? `${site}: everybody is qualified`
    : `${site}: some wait to be qualified; a collector goes on with that, and so does the next import.`

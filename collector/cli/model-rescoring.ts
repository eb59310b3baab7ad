import { setTimeout as after } from 'node:timers/promises'
import { rescoringOf } from '../models/publishing.ts'
import type { Rescoring } from '../storage/model-store.ts'
import { type ModelDesk, onTerminal } from './model-desk.ts'
import { startProgress } from './progress.ts'
import { instantWords } from './words.ts'

/** How often to look, and for how many looks nothing may move before nobody seems to be at work: ten seconds (our choice). */
const PACE = { everyMs: 200, looks: 50 } as const

/**
 * Watches a rescoring until it is done. The collector does the work, not this command.
 * @returns `stands`: nothing moves; `left`: the person at the terminal has seen enough. It goes on all the same.
 */
export async function watchRescoring(
  { io, store }: Pick<ModelDesk, 'io' | 'store'>,
  site: string,
  pace: { readonly everyMs: number; readonly looks: number } = PACE,
): Promise<'done' | 'stands' | 'left'> {
  let seen = await rescoringOf(store, site)
  if (!seen) return 'done'
  const { total } = seen
  const say = { say: io.err, onTerminal: onTerminal(), clock: io.clock }
  const progress = startProgress({ what: 'timelines', total, ...say })
  let idle = 0
  const sayReady = readySayer(io.err)
  while (!io.stop.aborted) {
    sayReady(seen)
    await after(pace.everyMs, undefined, { signal: io.stop }).catch(() => {})
    const now = await rescoringOf(store, site)
    if (!now) return 'done'
    if (!now.isReady) await progress(now.done - seen.done)
    idle = isSame(now, seen) && !isEarly(now, io.clock()) ? idle + 1 : 0
    if (idle >= pace.looks) return 'stands'
    seen = now
  }
  return 'left'
}

/** A generation that is begun anew starts again from nobody. */
const isSame = (a: Rescoring, b: Rescoring): boolean =>
  a.done === b.done && a.isReady === b.isReady && a.generation === b.generation

/** Everybody is computed, and its time has not come. */
const isEarly = ({ isReady, inForceAt }: Rescoring, now: number): boolean => isReady && now < inForceAt

/** Says once that only the time is waited for. */
function readySayer(say: (line: string) => void): (seen: Rescoring) => void {
  let said = false
  return ({ site, isReady, inForceAt }) => {
    if (!isReady || said) return
    said = true
    say(`${site}: ready, everybody is rescored; comes in force at ${instantWords(inForceAt)}`)
  }
}

/** How a watch ended, for people. */
export function watchedWords(site: string, ending: 'done' | 'stands' | 'left'): string {
  switch (ending) {
    case 'done':
      return `${site}: done, everybody is judged by it`
    case 'stands':
      return `${site}: nothing moves. If no collector is at work, it goes on at the next start of one.`
    case 'left':
      return `${site}: it goes on in the background; \`goldpan model history\` tells how far it is.`
  }
}

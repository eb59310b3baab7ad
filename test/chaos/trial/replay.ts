import type { Difference } from '../../../collector/storage/store.ts'
import type { Place } from './place.ts'
import { runGoldpan } from './program.ts'

/** What `goldpan replay --verify` found of a site. */
export interface Replayed {
  readonly site: string
  readonly persons: number
  readonly differences: readonly Difference[]
}

/** Computes everybody anew from the facts, and compares. @param program of the same release */
export async function replayed(program: string, place: Place): Promise<readonly Replayed[]> {
  const { out } = await runGoldpan(program, place, ['replay', '--verify', '--json'])
  return JSON.parse(out)
}

export interface Differences {
  readonly count: number
  /** the first of them, in words */
  readonly some: readonly string[]
}

const SOME = 3

export function differencesIn(replay: readonly Replayed[]): Differences {
  const all = replay.flatMap(({ site, differences }) =>
    differences.map(({ person, parts }) => `${person} of ${site} (${parts.join(', ')})`),
  )
  return { count: all.length, some: all.slice(0, SOME) }
}

export const personsIn = (replay: readonly Replayed[]): number =>
  replay.reduce((sum, { persons }) => sum + persons, 0)

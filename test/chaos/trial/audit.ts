import { setTimeout as pause } from 'node:timers/promises'
import type { Place } from './place.ts'
import { runGoldpan } from './program.ts'
import { differencesIn, personsIn, replayed } from './replay.ts'
import type { Stored } from './stored.ts'

/** What was found when nothing moved. */
export interface Audit {
  /** what is wrong; empty: nothing */
  readonly faults: readonly string[]
  readonly events: number
  readonly persons: number
  readonly mqls: number
}

/** How long qualification may take to catch up with what was sent. */
const SETTLED_WITHIN_MS = 120_000

/** @returns false when something still waited at the deadline */
export async function settled(stored: Stored, withinMs = SETTLED_WITHIN_MS): Promise<boolean> {
  const deadline = performance.now() + withinMs
  while (stored.dirty() > 0) {
    if (performance.now() > deadline) return false
    await pause(20)
  }
  return true
}

/**
 * Everything that must hold once a collector had time: nothing waits, scores are those of a replay, each MQL was told once,
 * and the file is whole. The collector goes on meanwhile.
 * @param program of the same release, for its commands
 * @param mqls addresses of whom acknowledged events made MQLs
 */
export async function audit(
  program: string,
  place: Place,
  stored: Stored,
  mqls: Iterable<string>,
): Promise<Audit> {
  const waited = (await settled(stored)) ? [] : [`${stored.dirty()} timelines still wait to be qualified`]
  const replay = await replayed(program, place)
  const { count, some } = differencesIn(replay)
  const found = stored.mqlEmails()
  const untold = [...mqls].filter(email => !found.has(email))
  return {
    faults: [
      ...waited,
      ...(count > 0 ? [`replay gives ${count} others: ${some.join('; ')}`] : []),
      ...stored.faultsOfTelling(),
      ...untold.slice(0, 5).map(email => `${email} asked for a demo, was acknowledged, and is no MQL`),
      ...(await doctored(program, place)),
    ],
    events: stored.countEvents(),
    persons: personsIn(replay),
    mqls: found.size,
  }
}

async function doctored(program: string, place: Place): Promise<readonly string[]> {
  const { out } = await runGoldpan(program, place, ['doctor', '--json'])
  const { problems }: { readonly problems: readonly string[] } = JSON.parse(out)
  return problems
}

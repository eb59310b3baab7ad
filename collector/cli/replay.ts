import { ENGINE } from '../models/engine.ts'
import { rescoringOf } from '../models/publishing.ts'
import { type ReplayResult, verifyReplay } from '../qualify/replay.ts'
import type { Command, ExitCode } from './io.ts'
import { actorOf, type ModelDesk, onTerminal, sitesAsked, withModelDesk } from './model-desk.ts'
import { busyWords } from './model-publish-words.ts'
import { watchedWords, watchRescoring } from './model-rescoring.ts'
import { startProgress } from './progress.ts'
import { readArgs } from './usage.ts'
import { count } from './words.ts'

export const REPLAY_USAGE = 'goldpan replay [--verify] [--site ID] [--json]'

/**
 * `goldpan replay`: everybody is computed anew from the facts, in the background, and shown all at once; what sales was
 * told stays told. Watches until it is done. `goldpan replay --verify`: rebuilds every person and compares with what is
 * stored; changes nothing, exit code 1 when anything differs. Both may run beside a collector at work.
 */
export const replayCommand: Command = async (args, io) => {
  const { verify, site, json = false } = readArgs(args, { options: OPTIONS }, REPLAY_USAGE).values
  return withModelDesk(io, desk => {
    const sites = sitesAsked(desk, site)
    return verify ? verifyAll(desk, sites, json) : rebuild(desk, sites, json)
  })
}

const OPTIONS = { verify: { type: 'boolean' }, site: { type: 'string' }, json: { type: 'boolean' } } as const

async function rebuild(desk: ModelDesk, sites: readonly string[], json: boolean): Promise<ExitCode> {
  const { io, store } = desk
  const say = json ? io.err : io.out
  const results: { readonly site: string; readonly outcome: string }[] = []
  for (const site of sites) {
    const by = { actor: actorOf(io), at: io.clock(), engine: ENGINE }
    const begun = await store.startRebuild(site, by)
    const other = begun === 'busy' ? await rescoringOf(store, site) : null
    if (other) say(`${site}: ${busyWords(other)}. Try again when that is done.`)
    const outcome = begun === 'busy' ? begun : await watchRescoring(desk, site)
    if (outcome !== 'busy') say(watchedWords(site, outcome))
    results.push({ site, outcome })
  }
  if (json) io.out(JSON.stringify(results))
  return results.every(({ outcome }) => outcome === 'done') ? 0 : 1
}

type SiteResult = ReplayResult & { readonly site: string; readonly waiting: number }

async function verifyAll(desk: ModelDesk, sites: readonly string[], json: boolean): Promise<ExitCode> {
  const { io } = desk
  const results: SiteResult[] = []
  for (const site of sites) results.push(await verifySite(desk, site))
  if (json) io.out(JSON.stringify(results))
  else for (const result of results) for (const line of inWords(result)) io.out(line)
  return results.every(({ differences }) => differences.length === 0) ? 0 : 1
}

async function verifySite({ io, store, publishing }: ModelDesk, site: string): Promise<SiteResult> {
  const { persons, dirty: waiting } = await store.counts(site)
  const deps = { store, versionsOf: store.modelVersions, idsOf: publishing.idsOf }
  const progress = startProgress({
    ...{ what: 'persons', total: persons, clock: io.clock, say: (line: string) => io.err(line) },
    onTerminal: onTerminal(),
  })
  return { site, waiting, ...(await verifyReplay(deps, site, io.clock(), progress)) }
}

function inWords({ site, persons, differences, waiting }: SiteResult): readonly string[] {
  const late =
    waiting > 0 ? ` (${waiting} visitors wait to be qualified; their persons may differ until then)` : ''
  return [
    `${site}: ${count(persons, 'person')} replayed, ${count(differences.length, 'difference')}${late}`,
    ...differences.map(({ person, parts }) => `  ${person}: ${parts.join(', ')}`),
  ]
}

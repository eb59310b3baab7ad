import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { ENGINE } from '../models/engine.ts'
import { rescoringOf } from '../models/publishing.ts'
import { personIdsOf } from '../qualify/person-id.ts'
import { type ReplayResult, verifyReplay } from '../qualify/replay.ts'
import { openStore } from '../storage/open.ts'
import type { Store } from '../storage/store.ts'
import { type Command, type ExitCode, type Io, UsageError } from './io.ts'
import { actorOf, type ModelDesk, sitesAsked, withModelDesk } from './model-desk.ts'
import { busyWords } from './model-publish-words.ts'
import { watchedWords, watchRescoring } from './model-rescoring.ts'

export const REPLAY_USAGE = 'goldpan replay [--verify] [--site ID] [--json]'

/**
 * `goldpan replay`: everybody is computed anew from the facts, in the background, and shown all at once; what sales was
 * told stays told. Watches until it is done. `goldpan replay --verify`: rebuilds every person and compares with what is
 * stored; changes nothing, exit code 1 when anything differs. Both may run beside a collector at work.
 */
export const replayCommand: Command = async (args, io) => {
  const { verify, site, json } = readArgs(args)
  if (!verify) return withModelDesk(io, desk => rebuild(desk, sitesAsked(desk, site), json ?? false))
  const store = await openStore(readConfig(io.env, io.cwd).databaseUrl)
  try {
    const results = await verifySites(store, site, io)
    if (json) io.out(JSON.stringify(results))
    else for (const result of results) for (const line of inWords(result)) io.out(line)
    return results.every(({ differences }) => differences.length === 0) ? 0 : 1
  } finally {
    await store.close()
  }
}

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

function readArgs(args: readonly string[]) {
  const options = {
    verify: { type: 'boolean' },
    site: { type: 'string' },
    json: { type: 'boolean' },
  } as const
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    throw new UsageError(`replay: ${error instanceof Error ? error.message : error}. ${REPLAY_USAGE}`)
  }
}

type SiteResult = ReplayResult & { readonly site: string; readonly waiting: number }

async function verifySites(store: Store, only: string | undefined, io: Io): Promise<readonly SiteResult[]> {
  const sites = (await store.sites()).filter(({ id }) => only === undefined || id === only)
  if (sites.length === 0)
    throw new UsageError(`replay: expected a site of this store, came ${only ?? 'a store without sites'}.`)
  const deps = { store, versionsOf: store.modelVersions, idsOf: personIdsOf(store) }
  const results: SiteResult[] = []
  for (const { id } of sites) {
    const { persons, dirty } = await store.counts(id)
    const result = await verifyReplay(deps, id, io.clock(), done =>
      io.err(`${id}: ${done} of ${persons} persons compared`),
    )
    results.push({ site: id, waiting: dirty, ...result })
  }
  return results
}

function inWords({ site, persons, differences, waiting }: SiteResult): readonly string[] {
  const late =
    waiting > 0 ? ` (${waiting} visitors wait to be qualified; their persons may differ until then)` : ''
  return [
    `${site}: ${persons} persons replayed, ${differences.length} differences${late}`,
    ...differences.map(({ person, parts }) => `  ${person}: ${parts.join(', ')}`),
  ]
}

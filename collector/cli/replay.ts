import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { personIdsOf } from '../qualify/person-id.ts'
import { type ReplayResult, verifyReplay } from '../qualify/replay.ts'
import { openStore } from '../storage/open.ts'
import type { Store } from '../storage/store.ts'
import { type Command, type Io, UsageError } from './io.ts'

export const REPLAY_USAGE = 'goldpan replay --verify [--site ID] [--json]'

/**
 * `goldpan replay --verify`: rebuilds every person from the facts and compares with what is stored. Changes nothing, and
 * may run beside a collector that is at work. Exit code 1 when anything differs.
 */
export const replayCommand: Command = async (args, io) => {
  const { verify, site, json } = readArgs(args)
  if (!verify) throw new UsageError(`replay: expected --verify. ${REPLAY_USAGE}`)
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

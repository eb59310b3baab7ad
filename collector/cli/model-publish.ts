import { advance } from '../advance/advance.ts'
import { readConfig } from '../config.ts'
import { loadModelFile, modelFileOf } from '../models/load.ts'
import { type Publishing, publishModel } from '../models/versions.ts'
import { openStore } from '../storage/open.ts'
import type { ExitCode, Io } from './io.ts'

/**
 * `goldpan model publish`: puts the model file in force for every site, if its own tests pass. From then on it judges; past
 * transitions stand, everybody is rescored, and whom that alone makes an MQL waits for a person's word. May run beside a
 * collector at work. Exit code 1 when it was not published.
 */
export async function publishModelFile(json: boolean, io: Io): Promise<ExitCode> {
  const { databaseUrl, modelPath } = readConfig(io.env, io.cwd)
  const store = await openStore(databaseUrl)
  try {
    const results: { readonly site: string; readonly publishing: Publishing }[] = []
    for (const { id: site } of await store.sites()) {
      const path = modelFileOf(modelPath, site)
      const loading = loadModelFile(path)
      if (!loading.ok) {
        for (const { line, column, message } of loading.problems)
          io.err(`${path}:${line}:${column} ${message}`)
        return 1
      }
      const { persons } = await store.counts(site)
      const request = { actor: 'operator', now: io.clock(), persons }
      results.push({ site, publishing: await publishModel(store, site, loading.loaded, request, advance) })
    }
    if (json)
      io.out(JSON.stringify(results.map(({ site, publishing }) => ({ site, outcome: publishing.outcome }))))
    else for (const { site, publishing } of results) io.out(`${site}: ${inWords(publishing)}`)
    return results.every(({ publishing }) => 'version' in publishing) ? 0 : 1
  } finally {
    await store.close()
  }
}

function inWords(publishing: Publishing): string {
  switch (publishing.outcome) {
    case 'published':
      return `version ${publishing.version.version} is in force`
    case 'preparing':
      return `version ${publishing.version.version} is in force as soon as everybody is rescored`
    case 'unchanged':
      return `the file is version ${publishing.version.version}, which is in force`
    case 'tests_failed': {
      const failed = publishing.results.filter(({ pass }) => !pass).map(({ name }) => name)
      return `not published, its own tests fail: ${failed.join('; ')}`
    }
    case 'conflict':
      return 'not published: somebody else published meanwhile. Look at theirs, then try again.'
    case 'busy':
      return 'not published: everybody is being rescored. Try again when that is done.'
  }
}

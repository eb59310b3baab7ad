import { type NewSite, openSites, type SiteDraft } from './access/sites.ts'
import { type Config, type Env, readConfig, StartError } from './config.ts'
import type { Clock } from './contracts/clock.ts'
import { ENGINE } from './models/engine.ts'
import { type ModelFile, readModelFiles } from './models/files.ts'
import type { LoadedModel } from './models/load.ts'
import { ensurePublished } from './models/versions.ts'
import { createSignals } from './signals.ts'
import { openStore } from './storage/open.ts'
import type { Site, Store } from './storage/store.ts'

export interface InstallationOptions {
  readonly env: Env
  readonly clock: Clock
  /** relative paths of the environment are relative to it. @default process.cwd() */
  readonly cwd?: string
  /** one line about what is going on. @default silence */
  readonly print?: (line: string) => void
}

/** What there is before anything listens: configuration, store, and sites that can qualify. */
export interface Installation {
  readonly config: Config
  readonly store: Store
  readonly sites: ReturnType<typeof openSites>
  readonly signals: ReturnType<typeof createSignals>
  /** A new site with its model published; `conflict`: the id is taken. */
  createSite(draft: SiteDraft): Promise<NewSite | 'conflict'>
  ensureSite(draft: SiteDraft): Promise<Site>
  close(): Promise<void>
}

/** @throws StartError or StoreError */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { env, clock, cwd = process.cwd(), print = () => {} } = options
  const config = readConfig(env, cwd)
  const store = await openStore(config.databaseUrl)
  try {
    const sites = openSites(store, clock)
    const signals = createSignals()
    const ids = (await sites.list()).map(({ id }) => id)
    const files = await readModelFiles(store, ids, config.modelPath)
    for (const file of files.all) report(file, print)
    for (const site of ids) await rebuildAfterUpgrade(store, site, clock(), print)
    const publish = async (site: string): Promise<void> => {
      await ensurePublished(store, site, usable(files.of(site)), clock())
    }
    return {
      config,
      store,
      sites,
      signals,
      // In this order no site is ever without a model.
      createSite: async draft => {
        await publish(draft.id)
        return sites.create(draft)
      },
      ensureSite: async draft => {
        await publish(draft.id)
        return sites.ensure(draft)
      },
      close: () => store.close(),
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Says when a file is not what is in force. @throws StartError with every problem of one that cannot be used */
function report(file: ModelFile, print: (line: string) => void): void {
  usable(file)
  if (file.state === 'current') return
  print(`${file.path} is ${file.state}; what is published stays in force until the file is.${listOf(file)}`)
}

/** @throws StartError */
function usable(file: ModelFile): LoadedModel {
  if (!file.model) throw new StartError(`The model cannot be used:${listOf(file)}`)
  return file.model
}

const listOf = ({ path, problems }: ModelFile): string =>
  problems
    .map(({ file, line, column, message }) => `\n  ${file ?? path}:${line}:${column} ${message}`)
    .join('')

/** Another engine may score the same facts otherwise, so everybody is computed anew, in the background. */
async function rebuildAfterUpgrade(
  store: Store,
  site: string,
  now: number,
  print: (line: string) => void,
): Promise<void> {
  const [counts, history] = await Promise.all([store.counts(site), store.modelHistory(site)])
  if (counts.facts === 0 || history.at(-1)?.engine === ENGINE) return
  const outcome = await store.startRebuild(site, { actor: 'upgrade', at: now, engine: ENGINE })
  if (outcome === 'preparing')
    print(`${site}: this release scores with another engine; its ${counts.persons} people are computed anew.`)
}

import { type NewSite, openSites, type SiteDraft } from './access/sites.ts'
import { type Config, type Env, readConfig, StartError } from './config.ts'
import type { Clock } from './contracts/clock.ts'
import { standingModel } from './models/standing.ts'
import { ensurePublished, type LoadedModel } from './models/versions.ts'
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
    const model = await readModel(config, store, await sites.list(), print)
    const publish = async (site: string): Promise<void> => {
      await ensurePublished(store, site, model, clock())
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

/** Raised whenever rules, lexicons or the fold change so that the same facts may score differently. */
export const ENGINE = 'goldpan-1'

/** The model that new sites get; says so when the file is a draft. @throws StartError with every problem */
async function readModel(
  { modelPath }: Config,
  store: Store,
  sites: readonly Site[],
  print: (line: string) => void,
): Promise<LoadedModel> {
  const ids = sites.map(({ id }) => id)
  const { state, model, problems } = await standingModel(store, ids, modelPath, ENGINE)
  const list = problems.map(
    ({ file, line, column, message }) => `\n  ${file ?? modelPath}:${line}:${column} ${message}`,
  )
  if (!model) throw new StartError(`The model cannot be used:${list.join('')}`)
  if (state !== 'current')
    print(`${modelPath} is ${state}: it is a draft, the published model stays in force.${list.join('')}`)
  return model
}

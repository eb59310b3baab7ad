import { type NewSite, openSites, type SiteDraft } from './access/sites.ts'
import { advance } from './advance/advance.ts'
import { type Env, readConfig } from './config/config.ts'
import type { Config } from './config/shape.ts'
import { StartError } from './config/start-error.ts'
import type { Clock } from './contracts/clock.ts'
import { ENGINE } from './models/engine.ts'
import { type ModelFile, readModelFiles } from './models/files.ts'
import { problemList, publishFirst, type RefusedModel, refusedWords } from './models/first-model.ts'
import type { LoadedModel } from './models/load.ts'
import { failedTests } from './models/versions.ts'
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
  /** @default one that is read where it is written: enough for a single command */
  readonly openStore?: (databaseUrl: string, say: (line: string) => void) => Promise<Store>
}

/** What there is before anything listens: configuration, store, and sites that can qualify. */
export interface Installation {
  readonly config: Config
  readonly store: Store
  readonly sites: ReturnType<typeof openSites>
  readonly signals: ReturnType<typeof createSignals>
  /** A new site with its model published; `conflict`: the id is taken. What is refused makes nothing. */
  createSite(draft: SiteDraft): Promise<NewSite | 'conflict' | RefusedModel>
  /** @throws StartError when its model cannot be published */
  ensureSite(draft: SiteDraft): Promise<Site>
  close(): Promise<void>
}

/** @throws StartError or StoreError */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { env, clock, cwd = process.cwd(), print = () => {} } = options
  const config = readConfig(env, cwd)
  const store = await (options.openStore ?? openStore)(config.databaseUrl, print)
  try {
    const sites = openSites(store, clock)
    const signals = createSignals()
    const made = await sites.list()
    // Sites of before there were test keys get theirs.
    for (const site of made) if (site.testKey === null) await sites.ensure(site)
    const ids = made.map(({ id }) => id)
    const files = await readModelFiles(store, ids, config.modelPath)
    for (const file of files.all) report(file, print)
    if (ids.length === 0) for (const file of files.all) sayFailedTests(file)
    for (const site of ids) await rebuildAfterUpgrade(store, site, clock(), print)
    const publish = (site: string) => publishFirst(store, site, files, { now: clock(), advance })
    return {
      config,
      store,
      sites,
      signals,
      // In this order no site is ever without a model.
      createSite: async draft => {
        return (await publish(draft.id)) ?? sites.create(draft)
      },
      ensureSite: async draft => {
        const refused = await publish(draft.id)
        if (refused) throw new StartError(refusedWords(refused))
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
  print(
    `${file.path} is ${file.state}; what is published stays in force until the file is.${problemList(file)}`,
  )
}

/** @throws StartError */
function usable({ path, model, problems }: ModelFile): LoadedModel {
  if (!model) throw new StartError(refusedWords({ refused: 'broken', path, problems }))
  return model
}

/** What a first site would be judged by passes its own tests. @throws StartError with those that fail */
function sayFailedTests(file: ModelFile): void {
  const failed = failedTests(usable(file), advance)
  if (failed.length > 0)
    throw new StartError(refusedWords({ refused: 'tests_failed', path: file.path, failed }))
}

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

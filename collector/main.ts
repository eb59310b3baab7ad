import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type NewSite, openSites, type SiteDraft } from './access/sites.ts'
import { authenticator, mintFirstAdmin, mintToken } from './access/tokens.ts'
import { createApp } from './app.ts'
import { type Config, type Env, readConfig, StartError } from './config.ts'
import type { Clock } from './contracts/clock.ts'
import { listen } from './http/server.ts'
import { groupCommit } from './ingest/group-commit.ts'
import { publishedModels } from './models/published.ts'
import { standingModel } from './models/standing.ts'
import { ensurePublished, type LoadedModel } from './models/versions.ts'
import { personIdsOf } from './qualify/person-id.ts'
import { startQualifier } from './qualify/qualifier.ts'
import { startFeed } from './queries/feed.ts'
import { createSignals } from './signals.ts'
import { openStore } from './storage/open.ts'
import type { Scope, Site, Store } from './storage/store.ts'

export interface CollectorOptions {
  readonly env: Env
  readonly clock: Clock
  /** relative paths of the environment are relative to it. @default process.cwd() */
  readonly cwd?: string
  /** where goldpan.js is. @default dist/public of this package */
  readonly publicDir?: string
  /** one line about what is going on. @default silence */
  readonly print?: (line: string) => void
  /** one line about what went wrong. @default standard error */
  readonly warn?: (line: string) => void
}

export interface Collector {
  /** as people reach it, without a trailing slash */
  readonly url: string
  readonly port: number
  readonly config: Config
  readonly store: Store
  /** the administrator's token, if this start made one: it can be read here and nowhere later */
  readonly firstAdminToken: string | null
  /** Resolves when everything recorded is qualified. */
  settle(): Promise<void>
  /** The site of that id, made or changed if need be, its model published. */
  ensureSite(draft: SiteDraft): Promise<Site>
  /** @returns the token's text, which nobody can read again */
  mintToken(wanted: { readonly label: string; readonly scopes: readonly Scope[] }): Promise<string>
  /** Takes no more requests, finishes those under way, commits what waits, and closes the store. */
  close(): Promise<void>
}

/**
 * Starts a collector as the environment says: configuration, store, model, ingest, qualifier, routes, port.
 * @throws StartError or StoreError when it cannot, with how to mend it; nothing is left running then
 */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const installation = await openInstallation(options)
  try {
    return await serve(installation, options)
  } catch (error) {
    await installation.close()
    throw error
  }
}

async function serve(installation: Installation, options: CollectorOptions): Promise<Collector> {
  const { clock, publicDir = builtPublicDir(), print = () => {}, warn = warnOnStderr } = options
  const { config, store, sites, signals } = installation
  const commits = groupCommit(batch => store.record(batch))
  const queries = { store, clock, versionsOf: publishedModels(store, signals), idsOf: personIdsOf(store) }
  const feed = startFeed({ ...queries, signals })
  const app = createApp({
    ...queries,
    commits,
    feed,
    findSite: sites.find,
    sites,
    createSite: installation.createSite,
    signals,
    authenticate: authenticator(store, config.adminToken),
    basePath: config.basePath,
    trustedProxies: config.trustedProxies,
    publicOrigin: config.publicUrl && new URL(config.publicUrl).origin,
    publicDir,
    warn,
  })
  const server = await listen(app, config.host, config.port)
  // Only now is it sure that the token will be seen.
  const firstAdminToken = config.adminToken === null ? await mintFirstAdmin(store, clock).catch(giveUp) : null
  async function giveUp(error: unknown): Promise<never> {
    await server.close()
    throw error
  }
  const qualifier = startQualifier({
    ...queries,
    signals,
    onError: error => warn(`qualify: ${inWords(error)}`),
  })

  const url = config.publicUrl ?? `http://${urlHost(config.host)}:${server.port}${config.basePath}`
  print(`Goldpan collector on ${url}, data in ${config.databaseUrl}`)
  if (firstAdminToken !== null) print(`Administrator's token, shown this once: ${firstAdminToken}`)

  return {
    url,
    port: server.port,
    config,
    store,
    firstAdminToken,
    settle: qualifier.settle,
    ensureSite: installation.ensureSite,
    mintToken: wanted => mintToken(store, clock, wanted),
    close: async () => {
      feed.close()
      await server.close()
      await commits.drain()
      await qualifier.stop()
      await installation.close()
    },
  }
}

/** What a command beside the collector needs as well: the configuration, the store, and sites that can qualify. */
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
export async function openInstallation(options: CollectorOptions): Promise<Installation> {
  const { env, clock, cwd = process.cwd(), print = () => {} } = options
  const config = readConfig(env, cwd)
  const store = await openStore(config.databaseUrl)
  try {
    const sites = openSites(store, clock)
    const signals = createSignals()
    const model = await readModel(config, store, await sites.list(), print)
    const publish = async (site: string): Promise<void> => {
      await ensurePublished(store, site, model, clock())
      signals.emit({ kind: 'published', site })
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
const ENGINE = 'goldpan-1'

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

/** Beside the bundle when built, in dist when run from source. */
function builtPublicDir(): string {
  const [besideBundle, inDist] = ['./public/', '../dist/public/'].map(path =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  return besideBundle && existsSync(besideBundle) ? besideBundle : (inDist ?? '')
}

/** What to type for an address to listen on: all networks are reached at this machine, too. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

const inWords = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)

const warnOnStderr = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ANSWERS_KEPT, memo } from '../shared/memo.ts'
import { emailLinks } from './access/email-links.ts'
import { ownLinks } from './access/own-links.ts'
import type { SiteDraft } from './access/sites.ts'
import { authenticator, mintFirstAdmin, mintToken } from './access/tokens.ts'
import { advance } from './advance/advance.ts'
import { createApp } from './app.ts'
import type { Config } from './config/shape.ts'
import type { Fact } from './contracts/facts.ts'
import { isTrusted } from './http/client-ip.ts'
import { openLog } from './http/log.ts'
import { openQuotas } from './http/quota.ts'
import { listen } from './http/server.ts'
import { startWatching } from './http/watching.ts'
import { erasureGuard } from './ingest/erasure-guard.ts'
import { groupCommit } from './ingest/group-commit.ts'
import { openSiteNames } from './ingest/names.ts'
import { NOTHING_TO_NOTE } from './ingest/noting.ts'
import { type Release, type ReleaseOrder, release } from './ingest/release.ts'
import { type Installation, type InstallationOptions, openInstallation } from './installation.ts'
import { readAddress } from './networks/address.ts'
import { openNetworks } from './networks/networks.ts'
import { loadConnected } from './qualify/connected.ts'
import { personIdsOf } from './qualify/person-id.ts'
import { startQualifier } from './qualify/qualifier.ts'
import type { QueryDeps } from './queries/deps.ts'
import { namesOf, tombstoneHash } from './queries/erased-names.ts'
import { startFeed } from './queries/feed.ts'
import { startRetention } from './queries/retention-keeper.ts'
import { type DiskFloorGiven, startDiskFloor } from './storage/disk-floor.ts'
import { folderOf, openServingStore } from './storage/open.ts'
import { type FactStore, type Scope, type Site, type Store, StoreError } from './storage/store.ts'

export interface CollectorOptions extends InstallationOptions {
  /** where goldpan.js is. @default dist/public of this package */
  readonly publicDir?: string
  /** one line about what went wrong. @default standard error */
  readonly warn?: (line: string) => void
  /** another way to ask for the free space */
  readonly disk?: Pick<DiskFloorGiven, 'statfs' | 'everyMs'>
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
  const installation = await openInstallation({ openStore: openServingStore, ...options })
  try {
    return await serve(installation, options)
  } catch (error) {
    await installation.close()
    throw error
  }
}

async function serve(installation: Installation, options: CollectorOptions): Promise<Collector> {
  const { clock, publicDir = builtPublicDir(), print = () => {} } = options
  const { config, store, sites, signals } = installation
  const log = openLog({ format: config.logFormat, clock, write: options.warn ?? warnOnStderr })
  const watching = startWatching({ clock, signals, log })
  const warn = (line: string): void => watching.log.warn('warning', line)
  const networks = await openNetworks({
    config,
    store,
    signals,
    warn,
  })
  const queries = { store, clock, versionsOf: store.modelVersions, idsOf: personIdsOf(store) }
  const folder = folderOf(config.databaseUrl)
  const disk = await startDiskFloor({ folder, floorBytes: config.minFreeBytes, warn, ...options.disk })
  const names = openSiteNames(store)
  const commits = groupCommit(disk.guard(watching.timed(names.learning(recorderOf(queries)))))
  const feed = startFeed({ ...queries, signals })
  const secret = await store.installationSecret()
  const [links, own] = [emailLinks(secret), ownLinks(secret)]
  const quotas = openQuotas({
    limits: config.quotas,
    clock,
    placeOf: memo(ANSWERS_KEPT, ip => placeFor(ip, config.trustedProxies)),
    onRefusal: watching.quotaRefused,
  })
  const app = createApp({
    ...queries,
    store: { ...store, ping: disk.guardPing(store.ping) },
    quotas,
    siteQuota: quotas.site,
    watch: watching.ingest,
    figures: watching.figures,
    waited: watching.waited,
    commits,
    feed,
    findSite: async (key, secretKey) => {
      const found = await sites.find(key, secretKey)
      if (!found) return null
      await networks.prepare(found.site.id)
      return { ...found, names: await names.of(found.site.id) }
    },
    noting: { network: networks.network, click: links.openClick, own: own.marks },
    emailLinks: links,
    ownLinks: own,
    sites,
    createSite: installation.createSite,
    signals,
    modelPath: config.modelPath,
    publishing: { ...queries, advance, connectedTo: loadConnected },
    authenticate: authenticator(store, config.adminToken),
    basePath: config.basePath,
    trustedProxies: config.trustedProxies,
    publicOrigin: config.publicUrl && new URL(config.publicUrl).origin,
    publicUrl: config.publicUrl,
    publicDir,
    warn,
  })
  const server = await listen(app, config.host, config.port).catch(error => {
    networks.close()
    throw error
  })
  // Only now is it sure that the token will be seen.
  const firstAdminToken = config.adminToken === null ? await mintFirstAdmin(store, clock).catch(giveUp) : null
  async function giveUp(error: unknown): Promise<never> {
    networks.close()
    await server.close()
    throw error
  }
  const qualifier = startQualifier({
    ...queries,
    signals,
    turn: commits.turn,
    onError: error => warn(`qualify: ${inWords(error)}`),
  })
  const stopRetention = startRetention({
    ...queries,
    signals,
    connectedTo: loadConnected,
    periods: config.retention,
    onError: error => warn(`retention: ${inWords(error)}`),
  })

  const url = config.publicUrl ?? `http://${urlHost(config.host)}:${server.port}${config.basePath}`
  print(`Goldpan collector on ${url}, data in ${config.databaseUrl}`)
  log.info('start', 'The collector listens.', { port: server.port })
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
      await stopRetention()
      await qualifier.stop()
      disk.close()
      networks.close()
      watching.close()
      await installation.close()
      log.info('stop', 'The collector has stopped.')
    },
  }
}

/** How events are recorded, whoever brings them: nothing of people who were erased comes back. */
export function recorderOf({ store, idsOf }: Pick<QueryDeps, 'store' | 'idsOf'>): FactStore['record'] {
  const hashOf = async (site: string) => tombstoneHash(await idsOf(site))
  const isThere = async (site: string, name: string) =>
    (await store.person(site, (await idsOf(site))(name))) !== null
  return erasureGuard({ store, namesOf, hashOf, isThere })
}

/**
 * What a sender's quota is counted by. Without trusted proxies an address of no place on the Internet may be everybody's, behind
 * a proxy of ours; with them a proxy that names nobody is everybody's.
 */
function placeFor(ip: string, trusted: Config['trustedProxies']): string | null {
  const address = readAddress(ip)
  if (!address || (trusted.length === 0 ? address.isLocal : isTrusted(ip, trusted))) return null
  return address.place
}

/** How the command line releases a quarantined event, through a store that records as `recorderOf` does. */
export const releaserOf =
  (store: Store) =>
  (order: ReleaseOrder): Promise<Release> => {
    const record = async (fact: Fact) => {
      const { outcomes } = await store.record({ facts: [fact], quarantined: [] })
      return outcomes[0] ?? 'duplicate'
    }
    return release({ store, record, network: NOTHING_TO_NOTE.network }, order)
  }

/** Where the built snippet is: beside the bundle when built, in dist when run from source. */
export function builtPublicDir(): string {
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

/** Damage says where it is and what to do; of anything else it matters where it was thrown. */
function inWords(error: unknown): string {
  if (error instanceof StoreError && error.code === 'corrupt') return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

const warnOnStderr = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

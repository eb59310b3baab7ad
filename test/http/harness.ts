import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { emailLinks } from '../../collector/access/email-links.ts'
import { ownLinks } from '../../collector/access/own-links.ts'
import { type NewSite, openSites, type Sites } from '../../collector/access/sites.ts'
import { authenticator, mintToken } from '../../collector/access/tokens.ts'
import { advance } from '../../collector/advance/advance.ts'
import { type AppDeps, createApp } from '../../collector/app.ts'
import { openFigures } from '../../collector/http/figures.ts'
import { listen } from '../../collector/http/server.ts'
import { groupCommit } from '../../collector/ingest/group-commit.ts'
import { NOTHING_TO_NOTE } from '../../collector/ingest/noting.ts'
import { recorderOf } from '../../collector/main.ts'
import { loadConnected } from '../../collector/qualify/connected.ts'
import { personIds } from '../../collector/qualify/person-id.ts'
import { startFeed } from '../../collector/queries/feed.ts'
import { createSignals } from '../../collector/signals.ts'
import { openStore } from '../../collector/storage/open.ts'
import type { Scope, Store } from '../../collector/storage/store.ts'
import { NOON } from '../ingest/wire-samples.ts'
import { tempDir } from '../support/temp-dir.ts'

export interface Harness {
  readonly url: string
  readonly app: ReturnType<typeof createApp>
  readonly deps: AppDeps
  readonly store: Store
  readonly sites: Sites
  readonly site: NewSite
  readonly warnings: readonly string[]
  token(...scopes: readonly Scope[]): Promise<string>
  /** POSTs to `/v1/events`; a value that is no string or bytes goes as JSON. */
  send(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>
}

/**
 * The app over real HTTP and a real database, without qualifier and models: what ingest, guard and management calls are
 * tested with. `wrap` may stand between the app and its store.
 */
export async function startHarness(
  changes: Partial<AppDeps> & { readonly wrap?: (store: Store) => Store } = {},
): Promise<Harness> {
  const clock = () => NOON
  const real = await openStore(`sqlite:${join(tempDir(), 'goldpan.db')}`)
  const store = changes.wrap?.(real) ?? real
  const signals = createSignals()
  const sites = openSites(real, clock)
  const warnings: string[] = []
  const queries = {
    store,
    clock,
    versionsOf: (site: string) => real.modelVersions(site),
    idsOf: async (site: string) => personIds(await real.installationSecret(), site),
  }
  const commits = groupCommit(recorderOf(queries))
  const feed = startFeed({ ...queries, signals })
  const secret = await real.installationSecret()
  const [links, own] = [emailLinks(secret), ownLinks(secret)]
  const deps: AppDeps = {
    ...queries,
    commits,
    signals,
    sites,
    feed,
    findSite: sites.find,
    noting: { ...NOTHING_TO_NOTE, click: links.openClick, own: own.marks },
    emailLinks: links,
    ownLinks: own,
    createSite: sites.create,
    modelPath: join(tempDir(), 'goldpan.yaml'),
    publishing: { ...queries, advance, connectedTo: loadConnected },
    authenticate: authenticator(real, null),
    publicOrigin: null,
    publicUrl: null,
    trustedProxies: [],
    quotas: null,
    figures: openFigures(),
    waited: () => 0,
    basePath: '',
    publicDir: tempDir(),
    warn: line => warnings.push(line),
    ...changes,
  }
  const app = createApp(deps)
  const server = await listen(app, '127.0.0.1', 0)
  onTestFinished(async () => {
    feed.close()
    await server.close()
    await commits.drain()
    await real.close()
  })
  const site = await sites.create({ id: 'acme', name: 'Acme', origins: [] })
  if (site === 'conflict') throw new Error('a fresh store had a site')

  const url = `http://127.0.0.1:${server.port}`
  return {
    url,
    app,
    deps,
    store: real,
    sites,
    site,
    warnings,
    token: (...scopes) => mintToken(real, clock, { label: 'test', scopes }),
    send: (body, headers = {}) =>
      fetch(`${url}/v1/events`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain', ...headers },
        body:
          typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
      }),
  }
}

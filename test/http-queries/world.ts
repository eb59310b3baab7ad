import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { authenticator, mintToken } from '../../collector/access/tokens.ts'
import type { Fact } from '../../collector/contracts/facts.ts'
import type { ScoringModel } from '../../collector/contracts/model.ts'
import { accountRoutes } from '../../collector/http/accounts.ts'
import { eventRoutes } from '../../collector/http/events.ts'
import { guarded } from '../../collector/http/guard.ts'
import { leadRoutes } from '../../collector/http/leads.ts'
import { mergeRoutes } from '../../collector/http/merges.ts'
import type { HttpEnv } from '../../collector/http/route.ts'
import { streamRoutes } from '../../collector/http/stream.ts'
import { trafficRoutes } from '../../collector/http/traffic.ts'
import { transitionRoutes } from '../../collector/http/transitions.ts'
import { personIds } from '../../collector/qualify/person-id.ts'
import { startQualifier } from '../../collector/qualify/qualifier.ts'
import { startFeed } from '../../collector/queries/feed.ts'
import { createSignals } from '../../collector/signals.ts'
import { openStore } from '../../collector/storage/open.ts'
import { SCOPES, type Scope } from '../../collector/storage/store.ts'
import { NOON } from '../support/facts.ts'
import { EXAMPLE, published } from '../support/model.ts'

export interface World {
  /** epoch ms; the clock stands still until a test moves it */
  now: number
  readonly url: string
  /** Records facts and waits until nothing is dirty or due. */
  happen(...facts: readonly Fact[]): Promise<void>
  /** Records facts and wakes the qualifier, without waiting for it. */
  record(...facts: readonly Fact[]): Promise<void>
  settle(): Promise<void>
  /** Puts a version of the model in force now, and waits until everybody is judged by it. */
  publish(model: ScoringModel, version: number): Promise<void>
  leadId(email: string, site?: string): Promise<string>
  /** A token with these scopes. */
  token(...scopes: readonly Scope[]): Promise<string>
  get(path: string, token?: string): Promise<Answer>
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  stopQualifying(): Promise<void>
  closeFeed(): void
  end(): Promise<void>
}

export type Json = Readonly<Record<string, unknown>>

export interface Answer {
  readonly status: number
  readonly text: string
  readonly body: Json
  /** of a list; empty for anything else */
  readonly data: readonly Json[]
}

interface Given {
  readonly sites?: readonly string[]
  readonly heartbeatMs?: number
  readonly patienceMs?: number
}

/** A collector's reading side over a real store, with a site of the example model, on a port of its own. */
export async function makeWorld(given: Given = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'goldpan-'))
  const store = await openStore(`sqlite:${join(folder, 'store.db')}`)
  const signals = createSignals()
  let now = NOON
  const clock = () => now
  const secret = await store.installationSecret()
  const idsOf = async (site: string) => personIds(secret, site)
  const versionsOf = store.modelVersions
  for (const id of given.sites ?? ['site']) {
    await store.createSite({
      id,
      name: id,
      publicKey: `pk_${id}`,
      testKey: null,
      secretKeyHash: null,
      origins: [],
      consent: 'granted',
      params: [],
      progressive: false,
      createdAt: 0,
    })
    await store.publishModel(id, published(EXAMPLE))
  }
  const deps = { store, clock, signals, versionsOf, idsOf }
  const feed = startFeed(deps)
  const failures: unknown[] = []
  const qualifier = startQualifier({ ...deps, onError: error => failures.push(error) })

  const app = new Hono<HttpEnv>()
  const guard = {
    authenticate: authenticator(store, null),
    publicOrigin: null,
    trustedProxies: [],
    quotas: null,
  }
  const routes = [
    ...leadRoutes(deps),
    ...accountRoutes(deps),
    ...eventRoutes(deps),
    ...streamRoutes({ ...given, ...deps, feed }),
    ...transitionRoutes({ ...given, ...deps }),
    ...mergeRoutes({ ...given, ...deps }),
    ...trafficRoutes({ ...given, ...deps }),
  ]
  for (const route of routes) app.on(route.method, route.path, guarded(guard, route))
  const server = createAdaptorServer({ fetch: app.fetch })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const token = (...scopes: readonly Scope[]) => mintToken(store, clock, { label: 'sales', scopes })
  const everything = await token(...SCOPES)

  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, init)
    const text = await response.text()
    const body: Json & { readonly data?: readonly Json[] } = JSON.parse(text)
    return { status: response.status, text, body, data: body.data ?? [] }
  }

  const world: World = {
    get now() {
      return now
    },
    set now(ms) {
      now = ms
    },
    url,
    record: async (...facts) => {
      await store.record({ facts, quarantined: [] })
      for (const site of new Set(facts.map(fact => fact.site))) signals.emit({ kind: 'recorded', site })
    },
    happen: async (...facts) => {
      await world.record(...facts)
      await world.settle()
    },
    settle: async () => {
      await qualifier.settle()
      if (failures.length > 0) throw failures[0]
    },
    publish: async (model, version) => {
      await store.publishModel('site', published(model, now, version))
      signals.emit({ kind: 'recorded', site: 'site' })
      await world.settle()
    },
    leadId: async (email, site = 'site') => personIds(secret, site)(`email:${email}`),
    token,
    get: (path, as = everything) => ask(path, { headers: { authorization: `Bearer ${as}` } }),
    post: (path, body, headers = {}) =>
      ask(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { authorization: `Bearer ${everything}`, ...headers },
      }),
    stopQualifying: () => qualifier.stop(),
    closeFeed: () => feed.close(),
    end: async () => {
      feed.close()
      await qualifier.stop()
      await new Promise(resolve => server.close(resolve))
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
  return world
}

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Collector, startCollector } from '../../collector/main.ts'
import { personIdsOf } from '../../collector/qualify/person-id.ts'
import { type ReplayResult, verifyReplay } from '../../collector/qualify/replay.ts'
import type { WireEvent } from '../../shared/wire.ts'
import { tempDir } from './temp-dir.ts'

/** Monday 2 March 2026, nine in the morning UTC: every story begins here. */
export const BEGINNING = Date.UTC(2026, 2, 2, 9)

const ADMIN = 'gp_story_administrator'

/** What quotas keep out is never scored: stories show what becomes of the rest. */
const UNLIMITED = { GOLDPAN_QUOTA_ADDRESS: 'off', GOLDPAN_QUOTA_SITE: 'off' }
export const PAGES_ORIGIN = 'https://www.company.example'
/** A person's browser; a program's name would be taken for a bot's. */
export const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

export type Json = Readonly<Record<string, unknown>>

interface Keys {
  readonly publicKey: string
  readonly testKey: string
  readonly secretKey: string
}

/** What a batch says of its sender. */
export interface Sender {
  readonly by: 'browser' | 'server'
  readonly visitor?: string
  readonly session?: string
  /** the customer's own id of the person; a server's to say */
  readonly user?: string
  /** of a browser. @default a person's Firefox */
  readonly userAgent?: string
  /** what a proxy in front of the collector says of the address. @default there is none */
  readonly forwardedFor?: string
  readonly cookie?: string
  /** with the site's test key. @default false */
  readonly isTest?: boolean
  /** public key of another site. @default the story's */
  readonly site?: string
}

export interface Answer {
  readonly status: number
  readonly body: Json
}

/** A collector of real HTTP over a database file, with a clock that only the test moves. */
export interface StoryWorld {
  now: number
  readonly url: string
  readonly token: string
  readonly keys: Keys
  /** Sends a batch over the wire; every event must be taken. */
  send(sender: Sender, events: readonly WireEvent[]): Promise<void>
  /** Sends whatever it is, and returns what was answered. */
  offer(sender: Sender, events: readonly unknown[]): Promise<Answer>
  get(path: string): Promise<Json>
  post(path: string, body: unknown): Promise<Answer>
  /** A second site of the installation. */
  addSite(name: string): Promise<Keys>
  /** Rebuilds everybody and compares, as `goldpan replay --verify` does. */
  verify(): Promise<ReplayResult>
  /** Resolves when everything sent and everything due is dealt with. @throws what the collector warned of */
  settle(): Promise<void>
  /** What the collector warned of since the last look: its operator reads that in the log. */
  takeWarnings(): readonly string[]
  stop(): Promise<void>
  /** Starts again on the same file. */
  start(): Promise<void>
}

/**
 * Opens a world in a folder of its own that goes with the test.
 * @param model path from the root; `edit` may change its text
 */
export async function openStoryWorld(model: string, edit: (text: string) => string): Promise<StoryWorld> {
  const cwd = tempDir()
  const text = readFileSync(new URL(`../../${model}`, import.meta.url), 'utf8')
  writeFileSync(join(cwd, 'goldpan.yaml'), edit(text))
  let now = BEGINNING
  const warnings: string[] = []
  const warn = (line: string) => {
    // on a busy machine a commit may be slow
    if (!line.startsWith('A commit of ')) warnings.push(line)
  }
  let collector: Collector | null = await begin()
  onTestFinished(() => collector?.close())
  const keys = await makeSite(collector.url, 'Company')
  const token = await collector.mintToken({ label: 'sales', scopes: ['read', 'leads:pii', 'write'] })
  const ask = asker(() => running().url, token)

  const offer: StoryWorld['offer'] = (sender, events) => offerBatch(running().url, keys, now, sender, events)
  return {
    get now() {
      return now
    },
    set now(ms) {
      now = ms
    },
    get url() {
      return running().url
    },
    token,
    keys,
    offer,
    send: async (sender, events) => {
      const { body } = await offer(sender, events)
      if (body.accepted !== events.length) throw new Error(`not taken: ${JSON.stringify(body)}`)
    },
    get: async path => (await ask(path)).body,
    post: (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
    addSite: name => makeSite(running().url, name),
    verify: () => verifyIn(running(), now),
    settle: async () => {
      await running().settle()
      if (warnings.length > 0) throw new Error(warnings.join('\n'))
    },
    takeWarnings: () => warnings.splice(0),
    stop: async () => {
      await running().close()
      collector = null
    },
    start: async () => {
      collector = await begin()
    },
  }

  function begin(): Promise<Collector> {
    return startCollector({
      cwd,
      env: { PORT: '0', GOLDPAN_ADMIN_TOKEN: ADMIN, ...UNLIMITED, GOLDPAN_TRUSTED_PROXIES: '127.0.0.1' },
      clock: () => now,
      warn,
    })
  }

  function running(): Collector {
    if (!collector) throw new Error('The collector is down: start it first.')
    return collector
  }
}

async function makeSite(url: string, name: string): Promise<Keys> {
  const response = await fetch(`${url}/v1/sites`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN}` },
    body: JSON.stringify({ name, origins: [PAGES_ORIGIN] }),
  })
  const { publicKey, testKey, secretKey } = await json(response)
  return { publicKey: String(publicKey), testKey: String(testKey), secretKey: String(secretKey) }
}

async function verifyIn({ store }: Collector, now: number): Promise<ReplayResult> {
  const deps = { store, versionsOf: store.modelVersions, idsOf: personIdsOf(store) }
  const [site] = await store.sites()
  return verifyReplay(deps, site?.id ?? '', now, () => undefined)
}

const asker =
  (url: () => string, token: string) =>
  async (path: string, init: RequestInit = {}) => {
    const response = await fetch(url() + path, { ...init, headers: { authorization: `Bearer ${token}` } })
    return { status: response.status, body: await json(response) }
  }

async function json(response: Response): Promise<Json> {
  const body: Json = JSON.parse(await response.text())
  return body
}

async function offerBatch(
  url: string,
  { publicKey, testKey, secretKey }: Keys,
  sentAt: number,
  { by, userAgent = FIREFOX, forwardedFor, cookie, isTest = false, ...who }: Sender,
  events: readonly unknown[],
): Promise<Answer> {
  const headers: Record<string, string> =
    by === 'browser'
      ? { 'content-type': 'text/plain;charset=UTF-8', origin: PAGES_ORIGIN, 'user-agent': userAgent }
      : { 'content-type': 'application/json', authorization: `Bearer ${secretKey}` }
  if (forwardedFor !== undefined) headers['x-forwarded-for'] = forwardedFor
  if (cookie !== undefined) headers.cookie = cookie
  const envelope = { v: 1, site: isTest ? testKey : publicKey, sentAt, ...who, events }
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers,
    body: JSON.stringify(envelope),
  })
  return { status: response.status, body: await json(response) }
}

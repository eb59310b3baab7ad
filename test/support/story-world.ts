import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Collector, startCollector } from '../../collector/main.ts'
import type { WireEvent } from '../../shared/wire.ts'
import { tempDir } from './temp-dir.ts'

/** Monday 2 March 2026, nine in the morning UTC: every story begins here. */
export const BEGINNING = Date.UTC(2026, 2, 2, 9)

const ADMIN = 'gp_story_administrator'
export const PAGES_ORIGIN = 'https://www.company.example'
/** A person's browser; a program's name would be taken for a bot's. */
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

export type Json = Readonly<Record<string, unknown>>

interface Keys {
  readonly publicKey: string
  readonly secretKey: string
}

/** What a batch says of its sender. */
export interface Sender {
  readonly by: 'browser' | 'server'
  readonly visitor: string
  readonly session?: string
  /** of a browser. @default a person's Firefox */
  readonly userAgent?: string
}

/** A collector of real HTTP over a database file, with a clock that only the test moves. */
export interface StoryWorld {
  now: number
  readonly url: string
  readonly token: string
  /** Sends a batch over the wire; every event must be taken. */
  send(sender: Sender, events: readonly WireEvent[]): Promise<void>
  get(path: string): Promise<Json>
  post(path: string, body: unknown): Promise<{ readonly status: number; readonly body: Json }>
  /** Resolves when everything sent and everything due is dealt with. @throws what the collector warned of */
  settle(): Promise<void>
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
  const warn = (line: string) => warnings.push(line)
  let collector: Collector | null = await begin()
  onTestFinished(() => collector?.close())
  const keys = await makeSite(collector.url)
  const token = await collector.mintToken({ label: 'sales', scopes: ['read', 'leads:pii', 'write'] })
  const ask = asker(() => running().url, token)

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
    send: (sender, events) => sendBatch(running().url, keys, now, sender, events),
    get: async path => (await ask(path)).body,
    post: (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
    settle: async () => {
      await running().settle()
      if (warnings.length > 0) throw new Error(warnings.join('\n'))
    },
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
      env: { PORT: '0', GOLDPAN_ADMIN_TOKEN: ADMIN },
      clock: () => now,
      warn,
    })
  }

  function running(): Collector {
    if (!collector) throw new Error('The collector is down: start it first.')
    return collector
  }
}

async function makeSite(url: string): Promise<Keys> {
  const response = await fetch(`${url}/v1/sites`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN}` },
    body: JSON.stringify({ name: 'Company', origins: [PAGES_ORIGIN] }),
  })
  const { publicKey, secretKey } = await json(response)
  return { publicKey: String(publicKey), secretKey: String(secretKey) }
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

async function sendBatch(
  url: string,
  { publicKey, secretKey }: Keys,
  sentAt: number,
  { by, userAgent = FIREFOX, ...who }: Sender,
  events: readonly WireEvent[],
): Promise<void> {
  const headers: Record<string, string> =
    by === 'browser'
      ? { 'content-type': 'text/plain;charset=UTF-8', origin: PAGES_ORIGIN, 'user-agent': userAgent }
      : { 'content-type': 'application/json', authorization: `Bearer ${secretKey}` }
  const envelope = { v: 1, site: publicKey, sentAt, ...who, events }
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers,
    body: JSON.stringify(envelope),
  })
  const answer = await json(response)
  if (answer.accepted !== events.length) throw new Error(`not taken: ${JSON.stringify(answer)}`)
}

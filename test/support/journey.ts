import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { type Collector, startCollector } from '../../collector/main.ts'
import { type DemoSite, startDemoSite } from '../../demo-site/server.ts'
import { CHROME_USER_AGENT } from './chromium.ts'

export const SITE = 'demo'
const DIST = join(import.meta.dirname, '../../dist')

/** Collector and demo site on origins of their own, with a clock that tests move and a fresh store. */
export interface World {
  readonly collector: Collector
  readonly demo: DemoSite
  /** Asks the API with a token that may read everything. */
  api(path: string): Promise<unknown>
  /** The stream, as a person at the API hears it: every message since the start. */
  readonly heard: readonly { readonly event: string; readonly data: Readonly<Record<string, unknown>> }[]
  /** Opens a visitor's browser whose clock is the world's. */
  visitor(browser: Browser): Promise<Visitor>
  close(): Promise<void>
}

export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
  /** Moves both clocks on. */
  later(ms: number): Promise<void>
}

/** @param startsAt epoch ms at which the world begins */
export async function openWorld(startsAt: number): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'goldpan-journey-'))
  const began = Date.now()
  let skippedMs = 0
  const clock = () => startsAt + (Date.now() - began) + skippedMs
  const env = {
    PORT: '0',
    DATABASE_URL: `sqlite:${folder}/goldpan.db`,
    GOLDPAN_MODEL: join(DIST, '../goldpan.yaml'),
  }
  const collector = await startCollector({ env, clock, print: () => undefined })
  const site = await collector.ensureSite({ id: SITE, name: 'Demo', origins: [] })
  const token = await collector.mintToken({ label: 'journey', scopes: ['read', 'leads:pii', 'write'] })
  const demo = await startDemoSite({
    port: 0,
    host: '127.0.0.1',
    collectorUrl: collector.url,
    apiUrl: collector.url,
    site: SITE,
    siteKey: site.publicKey,
    token,
    distDir: join(DIST, 'demo'),
  })
  await collector.ensureSite({ id: SITE, name: 'Demo', origins: [demo.url] })
  const headers = { authorization: `Bearer ${token}` }
  const hearing = new AbortController()
  const heard: { event: string; data: Readonly<Record<string, unknown>> }[] = []
  const stream = await fetch(`${collector.url}/v1/events/stream?site=${SITE}`, {
    headers,
    signal: hearing.signal,
  })
  const listening = listen(stream, heard).catch(() => undefined)

  return {
    collector,
    demo,
    heard,
    api: async path => (await fetch(`${collector.url}${path}`, { headers })).json(),
    visitor: async browser => {
      const context = await browser.newContext({
        userAgent: CHROME_USER_AGENT,
        viewport: { width: 1440, height: 900 },
      })
      await context.clock.install({ time: clock() })
      const page = await context.newPage()
      return {
        page,
        context,
        later: async ms => {
          skippedMs += ms
          await context.clock.fastForward(ms)
        },
      }
    },
    close: async () => {
      hearing.abort()
      await listening
      await demo.close()
      await collector.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function listen(
  stream: Response,
  heard: { event: string; data: Readonly<Record<string, unknown>> }[],
): Promise<void> {
  let text = ''
  for await (const chunk of stream.body ?? []) {
    text += Buffer.from(chunk).toString()
    const messages = text.split('\n\n')
    text = messages.pop() ?? ''
    for (const message of messages) {
      const event = /^event: (.*)$/m.exec(message)?.[1]
      const data = /^data: (.*)$/m.exec(message)?.[1]
      if (event && data) heard.push({ event, data: JSON.parse(data) as Readonly<Record<string, unknown>> })
    }
  }
}

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import RudderAnalytics from '@rudderstack/rudder-sdk-node'
import { Analytics } from '@segment/analytics-node'
import { build } from 'esbuild'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Collector } from '../../collector/main.ts'
import { CHROME_USER_AGENT, launchChromium } from '../support/chromium.ts'
import { ADMIN, installIn, startIn } from '../support/collector.ts'
import { startFlakyProxy } from '../support/flaky-proxy.ts'
import { tempDir } from '../support/temp-dir.ts'

/** The libraries as their makers publish them, sending to a collector whose first answers are lost on the way. */

const ANNA = 'anna@acme.example'
const BROWSER = '5e9c1d34-1b1f-4c57-9d5e-0b1f6f3a7a01'
const LOST = [503, 429]
/** Libraries wait longer from try to try; in all not as long as this. */
const PATIENCE = { timeout: 20_000, interval: 50 }

interface World {
  readonly collector: Collector
  readonly publicKey: string
  readonly secretKey: string
}

interface Lead {
  readonly email: string
  readonly name: string
  readonly visitors: readonly string[]
}

async function openWorld(): Promise<World> {
  const collector = await startIn(installIn(tempDir()))
  const made = await fetch(`${collector.url}/v1/sites`, {
    method: 'POST',
    headers: { ...ADMIN, 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'acme', name: 'Acme' }),
  })
  const { publicKey, secretKey } = (await made.json()) as { publicKey: string; secretKey: string }
  return { collector, publicKey, secretKey }
}

const factsOf = ({ collector }: World) => collector.store.factsSince('acme', 0, 100)

async function leadsOf({ collector }: World): Promise<readonly Lead[]> {
  await collector.settle()
  const answer = await fetch(`${collector.url}/v1/leads?site=acme`, { headers: ADMIN })
  return ((await answer.json()) as { data: readonly Lead[] }).data
}

/** Until every call was answered with success in the end, those whose answers were lost by being sent again. */
const untilTaken = (seen: readonly string[], calls: number) =>
  vi.waitFor(() => {
    const posts = seen.filter(line => line.startsWith('POST'))
    expect(posts.filter(line => line.endsWith(' 200'))).toHaveLength(calls)
    expect(posts.filter(line => LOST.some(status => line.endsWith(` ${status}`)))).toHaveLength(LOST.length)
  }, PATIENCE)

describe('libraries of servers', () => {
  it('@segment/analytics-node: each event once, one person by user id, anonymous id and alias', async () => {
    const world = await openWorld()
    const proxy = await startFlakyProxy(world.collector.url, LOST)
    const analytics = new Analytics({ writeKey: world.secretKey, host: proxy.url, flushAt: 5 })
    analytics.page({ anonymousId: BROWSER, properties: { url: 'https://acme.example/pricing' } })
    analytics.identify({ userId: '42', anonymousId: BROWSER, traits: { email: ANNA, name: 'Anna Ivanova' } })
    analytics.track({ userId: '42', event: 'Plan Upgraded', properties: { plan: 'team' } })
    analytics.alias({ userId: '42', previousId: 'crm-7' })
    analytics.track({ userId: 'crm-7', event: 'Deal Opened' })
    await analytics.closeAndFlush()
    expect(proxy.seen).toEqual(['POST /v1/batch 503', 'POST /v1/batch 429', 'POST /v1/batch 200'])
    expect((await factsOf(world)).map(({ type }) => type).sort()).toEqual([
      'Deal Opened',
      'Plan Upgraded',
      'alias',
      'identify',
      'page_view',
    ])
    expect(await leadsOf(world)).toMatchObject([{ email: ANNA, name: 'Anna Ivanova', visitors: [BROWSER] }])
  })

  it('@segment/analytics-node: is told of a message that is kept nowhere, and its neighbours are kept', async () => {
    const world = await openWorld()
    const analytics = new Analytics({ writeKey: world.secretKey, host: world.collector.url })
    const failed: unknown[] = []
    analytics.on('error', ({ code }) => failed.push(code))
    analytics.track({ userId: '42', event: 'Plan Upgraded' })
    analytics.track({
      userId: '42',
      event: 'Exported',
      properties: { rows: Array(40).fill('x'.repeat(1_000)) },
    })
    await analytics.closeAndFlush()
    expect(failed).toContain('delivery_failure')
    expect((await factsOf(world)).map(({ type }) => type)).toEqual(['Plan Upgraded'])
  })

  it('@segment/analytics-node: what it takes for 32 KB is taken', async () => {
    const world = await openWorld()
    const analytics = new Analytics({ writeKey: world.secretKey, host: world.collector.url })
    const failed: unknown[] = []
    analytics.on('error', error => failed.push(error))
    analytics.track({
      userId: '42',
      event: 'Exported',
      properties: { rows: Array(32).fill('x'.repeat(1_000)) },
    })
    await analytics.closeAndFlush()
    expect(failed).toEqual([])
    expect(await factsOf(world)).toHaveLength(1)
  })

  it('@rudderstack/rudder-sdk-node: each event once, one person', async () => {
    const world = await openWorld()
    const proxy = await startFlakyProxy(world.collector.url, LOST)
    const analytics = new RudderAnalytics(world.secretKey, { dataPlaneUrl: proxy.url, logLevel: 'none' })
    analytics.page({ anonymousId: BROWSER, name: 'Pricing', properties: { url: 'https://acme.example/p' } })
    analytics.identify({ userId: '42', anonymousId: BROWSER, traits: { email: ANNA, name: 'Anna Ivanova' } })
    analytics.track({ userId: '42', event: 'Plan Upgraded' })
    await analytics.flush()
    expect(proxy.seen.slice(0, 3)).toEqual(['POST /v1/batch 503', 'POST /v1/batch 429', 'POST /v1/batch 200'])
    // the first message goes alone, at once
    await untilTaken(proxy.seen, 2)
    expect(await factsOf(world)).toHaveLength(3)
    expect(await leadsOf(world)).toMatchObject([{ email: ANNA, visitors: [BROWSER] }])
  })
})

describe('@segment/analytics-next in a browser', () => {
  let browser: Browser
  let script: string
  beforeAll(async () => {
    browser = await launchChromium({ whole: true })
    const built = await build({
      entryPoints: [join(import.meta.dirname, '../support/analytics-next-page.ts')],
      bundle: true,
      format: 'iife',
      write: false,
    })
    script = built.outputFiles[0]?.text ?? ''
  })
  afterAll(() => browser.close())

  /** A page of the library's user, on an origin of its own. */
  async function startPage(load: string): Promise<string> {
    const server = createServer((incoming, outgoing) => {
      const isScript = incoming.url === '/analytics.js'
      outgoing.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8')
      const html = `<!doctype html><title>Prices</title><script src="/analytics.js"></script><script>${load}</script>`
      outgoing.end(isScript ? script : html)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  it.each([
    ['one by one', {}, /^POST \/v1\/[pit] /, 3],
    [
      'in batches',
      { 'Segment.io': { deliveryStrategy: { strategy: 'batching', config: { size: 3, timeout: 300 } } } },
      /^POST \/v1\/b /,
      1,
    ],
  ])('sends %s, each event once, and its visitor becomes a lead', async (_, integrations, call, calls) => {
    const world = await openWorld()
    const proxy = await startFlakyProxy(world.collector.url, LOST)
    const settings = { writeKey: world.publicKey, cdnURL: proxy.url }
    const page = await startPage(`
      const analytics = AnalyticsBrowser.load(${JSON.stringify(settings)}, ${JSON.stringify({ integrations })})
      analytics.page('Pricing')
      analytics.track('Demo Requested', { plan: 'team' })
      analytics.identify('42', { email: '${ANNA}', name: 'Anna Ivanova', company: { name: 'Acme' } })
    `)
    const context = await browser.newContext({ userAgent: CHROME_USER_AGENT })
    onTestFinished(() => context.close())
    const abroad: string[] = []
    await context.route(
      url => url.hostname !== '127.0.0.1',
      route => {
        abroad.push(route.request().url())
        return route.abort()
      },
    )
    const tab = await context.newPage()
    await tab.goto(`${page}/pricing?utm_source=google`)
    await untilTaken(proxy.seen, calls)

    expect(proxy.seen[0]).toBe(`GET /v1/projects/${world.publicKey}/settings 200`)
    for (const line of proxy.seen.slice(1)) expect(line).toMatch(call)
    expect(abroad).toEqual([])
    const facts = await factsOf(world)
    expect(facts.map(({ type }) => type).sort()).toEqual(['Demo Requested', 'identify', 'page_view'])
    const view = facts.find(({ type }) => type === 'page_view')
    expect(view).toMatchObject({
      origin: 'browser',
      page: { url: `${page}/pricing?utm_source=google`, title: 'Prices' },
      props: { name: 'Pricing' },
    })
    expect(await leadsOf(world)).toMatchObject([{ email: ANNA, visitors: [view?.visitor] }])

    // The server knows the same user by its own id, and by the browser's.
    const analytics = new Analytics({ writeKey: world.secretKey, host: world.collector.url })
    analytics.identify({ userId: '42', anonymousId: `${view?.visitor}`, traits: { email: ANNA } })
    analytics.track({ userId: '42', event: 'Plan Upgraded' })
    await analytics.closeAndFlush()
    expect(await factsOf(world)).toHaveLength(5)
    expect(await leadsOf(world)).toMatchObject([{ email: ANNA, name: 'Anna Ivanova' }])
  })
})

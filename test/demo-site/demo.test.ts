import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemo } from '../../demo-site/demo.ts'
import { randomId, uuidV7Maker } from '../../shared/ids.ts'
import { tempDir } from '../support/temp-dir.ts'
import { buildSite } from './start-site.ts'

const MODEL = resolve(import.meta.dirname, '../../goldpan.yaml')

let distDir: string
beforeAll(async () => {
  distDir = await buildSite()
})
afterAll(() => rmSync(distDir, { recursive: true }))

function options(folder: string, more: Readonly<Record<string, string>> = {}) {
  const lines: string[] = []
  return {
    lines,
    distDir,
    cwd: folder,
    clock: Date.now,
    print: (line: string) => void lines.push(line),
    env: { PORT: '0', GOLDPAN_MODEL: MODEL, DATABASE_URL: `sqlite:${join(folder, 'g.db')}`, ...more },
  }
}

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))

/** What the tag would send from a page of the demo site. */
function send(
  collectorUrl: string,
  origin: string,
  site: string,
  visitor: string,
  path: string,
): Promise<Response> {
  const event = { id: uuidV7Maker(random)(Date.now()), type: 'page_view', at: Date.now(), seq: 1, props: {} }
  return fetch(`${collectorUrl}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', origin },
    body: JSON.stringify({
      v: 1,
      site,
      sentAt: Date.now(),
      visitor,
      session: randomId(random),
      events: [{ ...event, page: { url: origin + path, title: 'Pricing · Quartermark' } }],
    }),
  })
}

const tagOf = async (url: string): Promise<readonly string[]> =>
  /src="([^"]*)\/goldpan\.js" data-site="([^"]*)"/.exec(await (await fetch(url)).text())?.slice(1) ?? []

describe('the demo', () => {
  it('is a collector and a site on two origins, joined by a tag that works', async () => {
    const demo = await startDemo(options(tempDir()))
    const [collectorUrl = '', siteKey = ''] = await tagOf(demo.url)
    expect(collectorUrl).toBe(demo.collector.url)
    expect(new URL(demo.url).origin).not.toBe(new URL(collectorUrl).origin)

    const visitor = randomId(random)
    expect((await send(collectorUrl, demo.url, siteKey, visitor, '/pricing')).status).toBe(202)
    await demo.collector.settle()
    const state = await (await fetch(`${demo.url}/panel/state?visitor=${visitor}`)).json()
    expect(state).toMatchObject({
      events: [{ type: 'page_view', visitor, page: { path: '/pricing', category: 'pricing' } }],
      lead: { stage: 'anonymous', visitors: [visitor] },
      bar: { fit: 40, engagement: 40 },
    })
    await demo.close()
  })

  it('takes events from its own pages and from no other origin', async () => {
    const demo = await startDemo(options(tempDir()))
    const [collectorUrl = '', siteKey = ''] = await tagOf(demo.url)
    const { port } = new URL(demo.url)
    const send202 = async (origin: string) =>
      (await (await send(collectorUrl, origin, siteKey, randomId(random), '/')).json()) as {
        accepted?: number
      }
    expect((await send202(`http://localhost:${port}`)).accepted).toBe(1)
    expect((await send202('https://elsewhere.example')).accepted ?? 0).toBe(0)
    await demo.close()
  })

  it('says where everything is, and the first token with it, once', async () => {
    const settings = options(tempDir())
    const demo = await startDemo(settings)
    const text = settings.lines.join('\n')
    const token = demo.collector.firstAdminToken ?? 'no token'
    const curl = `curl -H "Authorization: Bearer ${token}" "${demo.collector.url}/v1/leads?site=demo"`
    for (const part of [demo.url, `${demo.collector.url}\n`, curl, MODEL]) expect(text).toContain(part)
    expect(text.split(token)).toHaveLength(2)
    await demo.close()
  })

  it('keeps its site and key from one start to the next, and frees its ports', async () => {
    const folder = tempDir()
    const first = await startDemo(options(folder))
    const [, key] = await tagOf(first.url)
    await first.close()
    await expect(fetch(first.url)).rejects.toThrow()
    const { port } = new URL(first.url)
    const second = await startDemo(options(folder, { DEMO_PORT: port }))
    expect(second.url).toBe(first.url)
    expect((await tagOf(second.url))[1]).toBe(key)
    await second.close()
  })

  it('says how to mend a taken port, and leaves nothing running', async () => {
    const other = createServer()
    await new Promise<void>(done => other.listen(0, '127.0.0.1', done))
    const { port } = other.address() as AddressInfo
    const settings = options(tempDir(), { DEMO_PORT: String(port) })
    await expect(startDemo(settings)).rejects.toThrow(
      `expected port ${port} to be free, and it is taken. Stop what listens there, or set DEMO_PORT`,
    )
    expect(settings.lines.join()).toContain('token, shown this once')
    const collectorUrl = /collector on (\S+),/.exec(settings.lines.join())?.[1] ?? ''
    await expect(fetch(collectorUrl)).rejects.toThrow('fetch failed')
    other.close()
  })

  it('says how to mend a missing build', async () => {
    const folder = tempDir()
    await expect(startDemo({ ...options(folder), distDir: folder })).rejects.toThrow(
      /expected panel\.js in .*npm run build/,
    )
  })
})

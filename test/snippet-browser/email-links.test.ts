import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { StoredFact } from '../../collector/contracts/facts.ts'
import { bundleSnippet, type Snippet } from '../../scripts/lib/bundle-snippet.mjs'
import type {} from '../../snippet/commands.ts'
import { startHarness } from '../http/harness.ts'
import { launchChromium } from '../support/chromium.ts'
import { tempDir } from '../support/temp-dir.ts'
import { type Site, startSite } from './servers.ts'

/** From the mail to the click: a real browser, the real tag, the real collector. */

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const PATH = '/pricing?plan=pro&utm_campaign=spring#teams'
const STUB = 'window.goldpan=window.goldpan||function(){(goldpan.q=goldpan.q||[]).push(arguments)}'

let browser: Browser
let snippet: Snippet
let site: Site
let profile: BrowserContext
let page: Page

beforeAll(async () => {
  ;[browser, snippet, site] = await Promise.all([launchChromium(), bundleSnippet(), startSite()])
})
beforeEach(async () => {
  profile = await browser.newContext()
  profile.setDefaultTimeout(10_000)
  page = await profile.newPage()
})
afterEach(() => profile.close())
afterAll(async () => {
  await browser.close()
  await site.close()
})

/** The collector with the tag on the site's pages, and the links of a mail to Anna. */
async function mailed({ paths = [PATH], attributes = '' } = {}) {
  const publicDir = tempDir()
  writeFileSync(join(publicDir, 'goldpan.js'), snippet.code)
  for (const [name, code] of Object.entries(snippet.chunks))
    writeFileSync(join(publicDir, `goldpan.${name}.${snippet.chunkVersion}.js`), code)
  const collector = await startHarness({ publicDir })
  await collector.sites.ensure({ id: 'acme', name: 'Acme', origins: [site.url] })
  const tag = `<script async src="${collector.url}/goldpan.js" data-site="${collector.site.site.publicKey}" ${attributes}></script>`
  for (const path of paths)
    site.pages.set(
      new URL(path, site.url).pathname,
      `<!doctype html><title>A page</title><script>${STUB}</script>${tag}<p>Prices`,
    )

  const wanted = paths.map(path => ({
    email: 'Anna@acme.example',
    url: site.url + path,
    message: 'clear-brand/3',
  }))
  const answer = await fetch(`${collector.url}/v1/email-links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await collector.token('write')}` },
    body: JSON.stringify({ links: wanted }),
  })
  const { links }: { readonly links: readonly { readonly url: string }[] } = await answer.json()
  const facts = () => collector.store.factsSince('acme', 0, 100)
  /** All facts, once there are so many views. */
  async function afterViews(count: number): Promise<readonly StoredFact[]> {
    const views = async () => (await facts()).filter(({ type }) => type === 'page_view').length
    await expect.poll(views).toBe(count)
    return facts()
  }
  return { urls: links.map(({ url }) => url), facts, afterViews }
}

const clicksIn = (facts: readonly StoredFact[]) => facts.filter(({ type }) => type === 'email_click')

test('a person who follows it has clicked, once; the page keeps its address, the store no token', async () => {
  const { urls, afterViews } = await mailed()
  await page.goto(urls[0] ?? '')
  const shown = new URL(page.url())
  expect([shown.searchParams.get('plan'), shown.hash]).toEqual(['pro', '#teams'])
  const facts = await afterViews(1)
  const view = facts.find(({ type }) => type === 'page_view')
  expect(view?.page?.url).toBe(`${site.url}/pricing?utm_campaign=spring`)
  expect(clicksIn(facts)).toMatchObject([
    {
      visitor: view?.visitor,
      session: view?.session,
      occurredAt: view?.occurredAt,
      props: { campaign: 'clear-brand', mail: 3, link: `${site.url}/pricing?utm_campaign=spring` },
      noted: { click: { email: 'anna@acme.example', message: 'clear-brand/3' } },
    },
  ])

  await page.reload()
  const reloaded = await afterViews(2)
  expect(clicksIn(reloaded)).toHaveLength(1)
  const token = shown.searchParams.get('utm_goldpan') ?? ''
  expect(token.length).toBeGreaterThan(100)
  for (const text of [token, 'utm_goldpan']) expect(JSON.stringify(reloaded)).not.toContain(text)
})

test('the address of the page, copied to somebody else, is nobody’s click', async () => {
  const { urls, afterViews } = await mailed()
  await page.goto(urls[0] ?? '')
  await afterViews(1)
  const other = await browser.newContext()
  const copy = await other.newPage()
  await copy.goto(page.url())
  const facts = await afterViews(2)
  expect(new Set(facts.map(({ visitor }) => visitor)).size).toBe(2)
  expect(clicksIn(facts)).toHaveLength(1)
  await other.close()
})

test('a scanner that fetches every link, or opens it without running scripts, has not clicked', async () => {
  const paths = ['/scanned-1', '/scanned-2', '/scanned-3']
  const { urls, facts, afterViews } = await mailed({ paths })
  for (const url of urls) {
    for (const method of ['HEAD', 'GET'])
      expect((await fetch(url, { method, redirect: 'manual' })).status).toBe(302)
    expect(await (await fetch(url)).text()).toContain('Prices')
  }
  const scanner = await browser.newContext({ javaScriptEnabled: false })
  const opened = await scanner.newPage()
  for (const url of urls) await opened.goto(url)
  await scanner.close()
  expect(site.asked.filter(path => paths.includes(path))).toHaveLength(2 * paths.length)

  // What comes now has come after anything they could have sent.
  await page.goto(site.url + (paths[0] ?? ''))
  expect(clicksIn(await afterViews(1))).toEqual([])
  expect((await facts()).every(({ page: seen }) => seen?.url === site.url + paths[0])).toBe(true)
})

test('where consent is asked for, the click comes with it', async () => {
  const { urls, facts, afterViews } = await mailed({ attributes: 'data-consent="required"' })
  await page.goto(urls[0] ?? '')
  await page.waitForFunction(() => window.goldpan?.live)
  expect(await facts()).toEqual([])
  await page.evaluate(() => window.goldpan?.('consent', 'granted'))
  expect(clicksIn(await afterViews(1))).toHaveLength(1)
})

test('who may not be tracked is joined to nobody', async () => {
  const { urls, afterViews } = await mailed({ attributes: 'data-consent="cookieless"' })
  await page.goto(urls[0] ?? '')
  expect(await afterViews(1)).toMatchObject([{ type: 'page_view', visitor: null }])
})

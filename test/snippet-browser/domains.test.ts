import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { bundleSnippet, type Snippet } from '../../scripts/lib/bundle-snippet.mjs'
import type {} from '../../snippet/commands.ts'
import { type Harness, startHarness } from '../http/harness.ts'
import { launchChromium } from '../support/chromium.ts'
import { tempDir } from '../support/temp-dir.ts'
import { type Site, startSite } from './servers.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let browser: Browser
let snippet: Snippet
/** One server, two hosts: to a browser two sites, whose storage and cookies are apart. */
let site: Site
let profile: BrowserContext
let page: Page

beforeAll(async () => {
  ;[browser, snippet, site] = await Promise.all([
    launchChromium({ whole: true }),
    bundleSnippet(),
    startSite(),
  ])
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

/** The collector itself, serving the snippet as it is built. */
async function collecting(): Promise<Harness & { readonly key: string }> {
  const publicDir = tempDir()
  writeFileSync(join(publicDir, 'goldpan.js'), snippet.code)
  for (const [name, code] of Object.entries(snippet.chunks))
    writeFileSync(join(publicDir, `goldpan.${name}.${snippet.chunkVersion}.js`), code)
  const collector = await startHarness({ publicDir })
  return { ...collector, key: collector.site.site.publicKey }
}

const here = (path = '/'): string => site.url + path
const there = (path = '/'): string => here(path).replace('127.0.0.1', 'localhost')

function put(
  { url, key }: Harness & { readonly key: string },
  path: string,
  body = '',
  attributes = '',
): void {
  const tag = `<script async src="${url}/goldpan.js" data-site="${key}" ${attributes}></script>`
  site.pages.set(path, `<!doctype html><title>A page</title>${tag}<body>${body}`)
}

/** Visitors of the page views of a path, when the first has come. */
const visitorsOf = async ({ store }: Harness, path: string): Promise<readonly (string | null)[]> => {
  const views = async () =>
    (await store.factsSince('acme', 0, 100)).filter(
      fact => fact.type === 'page_view' && fact.page && new URL(fact.page.url).pathname === path,
    )
  await expect.poll(async () => (await views()).length).toBeGreaterThan(0)
  return (await views()).map(({ visitor }) => visitor)
}

const JOINED = 'data-domains="localhost, 127.0.0.1"'

/** Opens a page with a link, and waits until a token for it is there. */
async function hover(collector: Harness & { readonly key: string }, attributes: string): Promise<void> {
  put(collector, '/from', `<a href="${there('/to?x=1#top')}">There</a>`, attributes)
  put(collector, '/to', '', attributes)
  await page.goto(here('/from'))
  await visitorsOf(collector, '/from')
  // where none is to be minted, so long for one that is
  const timeout = attributes === JOINED ? 20_000 : 2_000
  const minted = page.waitForResponse('**/v1/link', { timeout }).catch(() => null)
  await page.hover('a')
  await minted
}

test('a visitor goes to another of the owner’s domains and stays who they are', async () => {
  const collector = await collecting()
  await hover(collector, JOINED)
  const [before] = await visitorsOf(collector, '/from')
  await page.click('a')
  const [after] = await visitorsOf(collector, '/to')
  expect(before).toMatch(/^\d{39,}$/)
  expect(after).toBe(before)
  expect(page.url()).toBe(there('/to?x=1#top'))
  expect(JSON.stringify(await collector.store.factsSince('acme', 0, 100))).not.toContain('_gp')

  put(collector, '/later')
  await page.goto(there('/later'))
  expect(await visitorsOf(collector, '/later')).toEqual([before])
})

test('the link itself is as it was, also when it opens a tab', async () => {
  const collector = await collecting()
  await hover(collector, JOINED)
  const opened = profile.waitForEvent('page')
  await page.click('a', { button: 'middle' })
  await (await opened).waitForURL('**/to?x=1#top')
  expect(await visitorsOf(collector, '/to')).toEqual(await visitorsOf(collector, '/from'))
  expect(await page.getAttribute('a', 'href')).toBe(there('/to?x=1#top'))
})

test.each([
  ['without data-domains', ''],
  ['to a domain that is not listed', 'data-domains="shop.example"'],
])('%s the two know nothing of each other', async (_, attributes) => {
  const collector = await collecting()
  await hover(collector, attributes)
  await page.click('a')
  const [[before], [after]] = [await visitorsOf(collector, '/from'), await visitorsOf(collector, '/to')]
  expect(after).not.toBe(before)
})

test('a token that is spent makes a new visitor, and the page goes on', async () => {
  const collector = await collecting()
  put(collector, '/to', '', JOINED)
  await page.goto(there(`/to?_gp=${'x'.repeat(88)}`))
  const [visitor] = await visitorsOf(collector, '/to')
  expect(visitor).toMatch(/^\d{39,}$/)
  expect(page.url()).toBe(there('/to'))
})

test('the collector’s cookie keeps a visitor whose storage is emptied, until they refuse', async () => {
  const collector = await collecting()
  put(collector, '/one')
  put(collector, '/two')
  await page.goto(here('/one'))
  const [visitor] = await visitorsOf(collector, '/one')
  const name = `goldpan.${collector.key}.visitor`
  const kept = async () => (await profile.cookies()).find(cookie => cookie.name === name)
  await expect.poll(async () => (await kept())?.value).toBe(visitor)
  expect(await kept()).toMatchObject({ path: '/', sameSite: 'Lax', httpOnly: false, domain: '127.0.0.1' })

  await page.goto('about:blank')
  await page.goto(here('/nothing-here'))
  await page.evaluate(() => localStorage.clear())
  await page.goto(here('/two'))
  expect(await visitorsOf(collector, '/two')).toEqual([visitor])
  await page.evaluate(() => window.goldpan?.('consent', 'denied'))
  await expect.poll(kept).toBeUndefined()
})

test('a page of another site gets no cookie', async () => {
  const collector = await collecting()
  put(collector, '/one')
  await page.goto(there('/one'))
  await visitorsOf(collector, '/one')
  expect(await profile.cookies()).toEqual([])
})

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'
import { bundleSnippet, type Snippet } from '../../scripts/lib/bundle-snippet.mjs'
import type {} from '../../snippet/commands.ts'
import { LATER_MS, LOOK_MS } from '../../snippet/limits.ts'
import { launchChromium } from '../support/chromium.ts'
import { type Collector, type Site, startCollector, startSite } from './servers.ts'

/** The site key of every test. */
export const SITE = 'pk_test_browser'

/** What no body may ever hold, whatever a test fills in. */
export const PASSWORD = 'correct-horse-battery'
export const CARD = '4111 1111 1111 1111'
const SECRETS = [PASSWORD, CARD, 'hidden-token', 'private']

/** The fields of a contact form. */
export const CONTACT = `
  <label>E-mail <input type="email" name="email" value="ann@acme.example"></label>
  <label>Company <input name="company" value="Acme"></label>
  <input type="hidden" name="csrf_token" value="hidden-token">
  <button>Send</button>`

export const STUB = 'window.goldpan=window.goldpan||function(){(goldpan.q=goldpan.q||[]).push(arguments)}'

export const tag = (collector: Collector, attributes = ''): string =>
  `<script async src="${collector.url}/goldpan.js" data-site="${SITE}" ${attributes}></script>`

export const html = (collector: Collector, body: string, attributes?: string): string =>
  `<!doctype html><html lang="en"><head><title>A page</title><script>${STUB}</script>${tag(collector, attributes)}</head><body>${body}</body></html>`

/** Time enough for a person to have had a look at a page, as the page counts it. */
export const look = (page: Page): Promise<void> =>
  page.evaluate(ms => new Promise<void>(done => setTimeout(done, ms)), 2 * LOOK_MS + 100)

/** What a test of the snippet works with; each test has a collector, a profile and a page of its own. */
export interface World {
  readonly snippet: Snippet
  readonly site: Site
  readonly collector: Collector
  readonly profile: BrowserContext
  /** the tab in use: a test that closes it may put another in its place */
  page: Page
  /** opens a path of the site whose body is given and whose tag has the attributes, and waits for the snippet */
  open(
    body: string,
    options?: { readonly path?: string; readonly attributes?: string; readonly on?: Page },
  ): Promise<void>
  /** in this tab what can wait is loaded at once: what a page does in its first seconds is not the point */
  hurry(on?: Page): Promise<void>
  /** waits until a part of the snippet that is loaded later has started */
  part(name: string, on?: Page): Promise<void>
  /** waits until a marker recorded now has come: what was recorded before it, and came not, will not come */
  fence(on?: Page): Promise<void>
}

/** Sets the stage around every test of a file; afterwards no page may have thrown, and no secret have left. */
export function useWorld(): World {
  vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })
  const errors: string[] = []
  const closing: Promise<void>[] = []
  let browser: Browser
  let snippet: Snippet
  let site: Site
  let collector: Collector
  let profile: BrowserContext
  let page: Page

  beforeAll(async () => {
    ;[browser, snippet, site] = await Promise.all([launchChromium(), bundleSnippet(), startSite()])
  })
  beforeEach(async () => {
    collector = await startCollector(snippet)
    site.behindProxy = collector.url
    profile = await browser.newContext()
    // a step that waits longer waits for nothing
    profile.setDefaultTimeout(10_000)
    profile.on('weberror', error => errors.push(error.error().message))
    page = await profile.newPage()
  })
  afterEach(() => {
    const { bodies, close } = collector
    // the next test need not wait for it
    closing.push(profile.close().then(close))
    expect(errors.splice(0)).toEqual([])
    expect(bodies.filter(body => SECRETS.some(secret => body.includes(secret)))).toEqual([])
  })
  afterAll(async () => {
    await Promise.all(closing)
    await browser.close()
    await site.close()
  })

  return {
    get snippet() {
      return snippet
    },
    get site() {
      return site
    },
    get collector() {
      return collector
    },
    get profile() {
      return profile
    },
    get page() {
      return page
    },
    set page(next) {
      page = next
    },
    open: async (body, { path = '/', attributes = '', on = page } = {}) => {
      site.pages.set(new URL(path, site.url).pathname, html(collector, body, attributes))
      await on.goto(site.url + path)
      await on.waitForFunction(() => window.goldpan?.live)
    },
    hurry: async (on = page) => {
      await on.addInitScript(laterMs => {
        const own = setTimeout
        Object.assign(window, {
          setTimeout: (work: () => void, ms = 0) => own(work, ms === laterMs ? 0 : ms),
        })
      }, LATER_MS)
    },
    part: async (name, on = page) => {
      const path = `/goldpan.${name}.${snippet.chunkVersion}.js`
      await on.waitForFunction(
        of => performance.getEntriesByType('resource').some(({ name: url }) => url.endsWith(of)),
        path,
      )
      // what was imported before has been started before
      await on.evaluate(`import('${collector.url}${path}').then(() => {})`)
    },
    fence: async (on = page) => {
      const count = collector.kept('fence').length
      await on.evaluate(() => window.goldpan?.('track', 'fence'))
      await collector.until('fence', count + 1)
    },
  }
}

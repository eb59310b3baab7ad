import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { CHROME_USER_AGENT, launchChromium } from '../support/chromium.ts'
import { installIn, startIn } from '../support/collector.ts'
import { tempDir } from '../support/temp-dir.ts'

/** A visitor whose browser runs no scripts, on a page of another origin of the collector's own site. */

const VISITOR = 'visitor-0001'

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium({ whole: true })
})
afterAll(() => browser.close())

async function pagesWith(html: (path: string) => string): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><title>Acme</title>${html(request.url ?? '/')}`)
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function ready(consent: 'granted' | 'cookieless' = 'granted') {
  const collector = await startIn(installIn(tempDir()))
  let site = await collector.ensureSite({ id: 'acme', name: 'Acme', origins: [], consent })
  const image = (rest = '', attributes = '') =>
    `<img ${attributes} width="1" height="1" alt="" src="${collector.url}/v1/p.gif?site=${site.publicKey}${rest}">`
  const tag = `<script async src="${collector.url}/goldpan.js" data-site="${site.publicKey}"></script>`
  const noscript = `<noscript>${image('&title=Pricing', 'referrerpolicy="no-referrer-when-downgrade"')}</noscript>`
  const pages = await pagesWith(path => (path === '/plain' ? image() : `${tag}${noscript}<h1>Acme</h1>`))
  site = await collector.ensureSite({ id: 'acme', name: 'Acme', origins: [pages], consent })
  const visit = async (path: string, { scripts = false, cookie = false } = {}) => {
    const context = await browser.newContext({ userAgent: CHROME_USER_AGENT, javaScriptEnabled: scripts })
    onTestFinished(() => context.close())
    if (cookie)
      await context.addCookies([
        { name: `goldpan.${site.publicKey}.visitor`, value: VISITOR, url: collector.url },
      ])
    const page = await context.newPage()
    const images: number[] = []
    page.on('response', answer => {
      if (answer.url().includes('/v1/p.gif')) images.push(answer.status())
    })
    await page.goto(pages + path, { waitUntil: 'load' })
    return { images, cookies: () => context.cookies(collector.url) }
  }
  const facts = () => collector.store.factsSince('acme', 0, 100)
  return { pages, visit, facts, ...collector }
}

describe('without scripts', () => {
  beforeEach(() => expect(browser.isConnected()).toBe(true))

  it('the image in <noscript> is the view of the page, and leaves nothing in the browser', async () => {
    const { visit, facts, pages, settle, store } = await ready()
    const { images, cookies } = await visit('/pricing?plan=pro&utm_source=news')
    expect(images).toEqual([200])
    expect(await facts()).toMatchObject([
      {
        type: 'page_view',
        visitor: null,
        page: { url: `${pages}/pricing?utm_source=news`, title: 'Pricing' },
        userAgent: CHROME_USER_AGENT,
      },
    ])
    expect(await cookies()).toEqual([])
    await settle()
    expect(await store.counts('acme')).toMatchObject({ facts: 1 })
  })

  it('a browser says no more than the origin when the page does not ask for more', async () => {
    const { visit, facts, pages } = await ready()
    await visit('/plain')
    expect(await facts()).toMatchObject([{ page: { url: `${pages}/` } }])
  })

  it('who has the collector’s cookie of a time with scripts is known again', async () => {
    const { visit, facts } = await ready()
    const { cookies } = await visit('/pricing', { cookie: true })
    expect(await facts()).toMatchObject([{ visitor: VISITOR }])
    expect(await cookies()).toMatchObject([{ value: VISITOR, sameSite: 'Lax' }])
  })

  it('nobody is known on a cookieless site', async () => {
    const { visit, facts } = await ready('cookieless')
    await visit('/pricing', { cookie: true })
    expect(await facts()).toMatchObject([{ type: 'page_view', visitor: null }])
  })
})

it('with scripts the image is not asked for, and the view is counted once', async () => {
  const { visit, facts } = await ready()
  const { images } = await visit('/pricing', { scripts: true })
  await expect.poll(facts).toHaveLength(1)
  expect(await facts()).toMatchObject([{ type: 'page_view', visitor: expect.any(String) }])
  expect(images).toEqual([])
})

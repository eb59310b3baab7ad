import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { bundleSnippet, type Snippet } from '../../scripts/lib/bundle-snippet.mjs'
import type {} from '../../snippet/commands.ts'
import { CHROME_USER_AGENT, launchChromium } from '../support/chromium.ts'
import { ADMIN, installIn, startIn } from '../support/collector.ts'
import { tempDir } from '../support/temp-dir.ts'
import { type Site, startSite } from './servers.ts'

/** Forms of several visits: a real browser, the real tag, the real collector. */

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let browser: Browser
let snippet: Snippet
let site: Site
let profile: BrowserContext
let page: Page
const errors: string[] = []

beforeAll(async () => {
  ;[browser, snippet, site] = await Promise.all([launchChromium(), bundleSnippet(), startSite()])
})
beforeEach(async () => {
  profile = await browser.newContext({ userAgent: CHROME_USER_AGENT })
  profile.setDefaultTimeout(10_000)
  profile.on('weberror', error => errors.push(error.error().message))
  page = await profile.newPage()
})
afterEach(async () => {
  await profile.close()
  expect(errors.splice(0)).toEqual([])
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

const FIRST = `<form id="guide" action="/thanks">
  <label>E-mail <input name="email" type="email" required></label>
  <label for="n">Name</label> <input id="n" name="fullName" required>
  <label>Company <input name="company"></label>
  <button>Send</button></form>`
const SECOND = `<style>input { display: block }</style><form id="webinar" action="/thanks" data-goldpan-progressive>
  <label>E-mail <input name="email" type="email" required></label>
  <label for="n">Name</label> <input id="n" name="fullName" required>
  <label>Company <input name="company" required></label>
  <label>How many are you? <input name="q7" data-goldpan-field="companySize" required></label>
  <button>Send</button></form>`

interface Given {
  readonly progressive?: boolean
  /** attributes of the tag */
  readonly attributes?: string
  /** `{collector}` stands for where the collector is */
  readonly forms?: string
}

/** A collector, and pages of the site with its tags. */
async function collectorWith({ progressive = true, attributes = '', forms = '{collector}' }: Given = {}) {
  const publicDir = tempDir()
  const files = { 'goldpan.js': snippet.code, ...snippet.companions }
  for (const [file, code] of Object.entries(files)) writeFileSync(join(publicDir, file), code)
  for (const [name, code] of Object.entries(snippet.chunks))
    writeFileSync(join(publicDir, `goldpan.${name}.${snippet.chunkVersion}.js`), code)
  const collector = await startIn(installIn(tempDir()), { publicDir })
  site.behindProxy = collector.url
  const { publicKey } = await collector.ensureSite({
    id: 'acme',
    name: 'Acme',
    origins: [site.url],
    progressive,
  })
  const tags = [
    `<script async src="${collector.url}/goldpan.js" data-site="${publicKey}" ${attributes}></script>`,
    `<script async src="${forms.replace('{collector}', collector.url)}/goldpan-forms.js" data-site="${publicKey}"></script>`,
  ]
  const put = (path: string, body: string, head = tags.join('')) =>
    site.pages.set(path, `<!doctype html><title>A page</title>${head}<body>${body}`)
  put('/first', FIRST)
  put('/second', SECOND)
  const get = async (path: string) => (await fetch(`${collector.url}${path}`, { headers: ADMIN })).json()
  const events = async (type: string) => (await get(`/v1/events?type=${type}`)).data
  return { ...collector, publicKey, tags, put, get, events }
}
type World = Awaited<ReturnType<typeof collectorWith>>

const open = async (path: string) => {
  await page.goto(site.url + path)
  await page.waitForFunction(() => window.goldpan?.live)
}

/** The person fills in the first form, and it has arrived. */
async function introduce(world: World): Promise<void> {
  await open('/first')
  for (const [name, text] of [
    ['email', 'ada@acme.example'],
    ['fullName', 'Ada Lovelace'],
    ['company', 'Acme'],
  ] as const)
    await page.fill(`[name=${name}]`, text)
  await page.click('button')
  await page.waitForURL('**/thanks**')
  await expect.poll(async () => (await world.events('form_submit')).length).toBe(1)
}

const shown = () =>
  page.$$eval('input', inputs => inputs.filter(input => input.checkVisibility()).map(({ name }) => name))
const ALL = ['email', 'fullName', 'company', 'q7']

/** Waits for the answer to the question of the page that is opened. */
async function openAsking(path: string): Promise<void> {
  const answered = page.waitForResponse('**/v1/profile/unknown')
  await open(path)
  await (await answered).finished()
  await page.evaluate(() => new Promise(requestAnimationFrame))
}

describe('a form of a later visit', () => {
  test('asks only for what is unknown, arrives, and adds to what is known', async () => {
    const world = await collectorWith()
    await introduce(world)
    await openAsking('/second')
    expect(await shown()).toEqual(['q7'])
    expect(await page.isVisible('label[for=n]')).toBe(false)
    await page.fill('[name=q7]', '50-200')
    await page.click('button')
    await page.waitForURL('**/thanks?q7=50-200')
    await expect.poll(async () => (await world.events('form_submit')).length).toBe(2)
    await world.settle()
    const leads = await world.get('/v1/leads')
    expect(leads.data, JSON.stringify(leads)).toHaveLength(1)
    const [lead] = leads.data
    expect(await world.get(`/v1/leads/${lead.id}`)).toMatchObject({
      email: 'ada@acme.example',
      name: 'Ada Lovelace',
      traits: { company: { value: 'Acme' }, companySize: expect.anything() },
    })
    await openAsking('/second')
    expect(await shown()).toEqual(['email'])
  })

  test('tells the page first, which may do it in its own way', async () => {
    const world = await collectorWith()
    await introduce(world)
    const own = `<script>document.addEventListener('goldpan:unknown', event => {
      event.preventDefault(); document.title = event.target.id + ': ' + event.detail.unknown })</script>`
    world.put('/second', own + SECOND)
    await openAsking('/second')
    await page.waitForFunction(() => document.title === 'webinar: companySize')
    expect(await shown()).toEqual(ALL)
  })

  test('asks for what is marked and named alone, and for what is put in later when it is told', async () => {
    const world = await collectorWith()
    await introduce(world)
    world.put(
      '/second',
      SECOND.replace('type="email"', 'type="email" data-goldpan-keep').replace(
        'data-goldpan-progressive',
        'id="later"',
      ),
    )
    await open('/second')
    expect(await shown()).toEqual(ALL)
    const answered = page.waitForResponse('**/v1/profile/unknown')
    await page.evaluate(() => {
      document.querySelector('form')?.setAttribute('data-goldpan-progressive', '')
      document.dispatchEvent(new Event('goldpan:ask'))
    })
    expect((await answered).request().postDataJSON().fields).toEqual(['fullName', 'company', 'companySize'])
    await expect.poll(shown).toEqual(['email', 'q7'])
  })

  test('stays as it is for who has begun to fill it in', async () => {
    const world = await collectorWith()
    await introduce(world)
    world.put('/second', SECOND.replace('name="company"', 'name="company" autofocus'))
    await openAsking('/second')
    expect(await shown()).toEqual(ALL)
  })

  test("works under CSP 'self' with a path of the site's own", async () => {
    const world = await collectorWith()
    await introduce(world)
    world.put('/second', SECOND, world.tags.map(tag => tag.replace(world.url, '/proxy')).join(''))
    site.headers.set('/second', { 'Content-Security-Policy': "default-src 'self'" })
    const said: string[] = []
    page.on('console', message => said.push(message.text()))
    const answered = page.waitForResponse('**/proxy/v1/profile/unknown')
    await page.goto(`${site.url}/second`)
    await (await answered).finished()
    site.headers.delete('/second')
    // the page's own style is not the point
    expect(said.filter(text => !/style/.test(text))).toEqual([])
    await expect.poll(shown).toEqual(['q7'])
  })
})

describe('every field is shown', () => {
  test('to who is new', async () => {
    await collectorWith()
    await open('/second')
    await page.waitForLoadState('networkidle')
    expect(await shown()).toEqual(ALL)
  })

  test('where the site has it switched off', async () => {
    const world = await collectorWith({ progressive: false })
    await introduce(world)
    await openAsking('/second')
    expect(await shown()).toEqual(ALL)
  })

  test('to who has not agreed, and nothing is asked', async () => {
    const world = await collectorWith({ attributes: 'data-consent="required"' })
    const asked: string[] = []
    page.on('request', request => asked.push(request.url()))
    await open('/second')
    await page.evaluate(() => window.goldpan?.('consent', 'denied'))
    await page.reload({ waitUntil: 'networkidle' })
    expect(await shown()).toEqual(ALL)
    expect(asked.filter(url => url.includes('/v1/profile'))).toEqual([])
    expect(world.publicKey).toMatch(/^pk_/)
  })

  test('where the collector is down, does not answer, or answers nonsense', async () => {
    const world = await collectorWith()
    await introduce(world)
    const question = '**/v1/profile/unknown'
    await page.route(question, route => route.fulfill({ status: 500, body: '<p>oops' }))
    await openAsking('/second')
    expect(await shown()).toEqual(ALL)
    await page.unroute(question)
    await page.route(question, route => route.fulfill({ body: '{"unknown":"all"}' }))
    await openAsking('/second')
    expect(await shown()).toEqual(ALL)
    await page.unroute(question)
    const given = page.waitForEvent('requestfailed', request => request.url().includes('/v1/profile'))
    await page.route(question, () => undefined)
    await open('/second')
    expect((await given).failure()?.errorText).toMatch(/ABORTED/)
    expect(await shown()).toEqual(ALL)
    await page.unroute(question)
    await world.close()
    await page.goto(`${site.url}/second`)
    expect(await shown()).toEqual(ALL)
  })
})

import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { findChromium } from '../../scripts/lib/find-chromium.mjs'
import { CHROME_USER_AGENT } from '../support/chromium.ts'
import { html, useWorld } from './world.ts'

const world = useWorld()

const views = () =>
  world.collector.kept('page_view').map(({ page }) => `${page?.url}`.replace(world.site.url, ''))

const program = async () => `${await findChromium()}`

test('a page that comes back from the back/forward cache is a new view, and the same visitor', async () => {
  const browser = await chromium.launch({
    executablePath: await program(),
    args: ['--no-sandbox', '--disable-gpu', `--user-agent=${CHROME_USER_AGENT}`],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  // what comes back has not been made anew
  const body = `<script>addEventListener('pageshow', event => {
    if (event.persisted) goldpan('track', 'came_back', { born })
  }); const born = Math.random()</script><a href="/two">two</a>`
  world.site.pages.set('/two', html(world.collector, ''))
  await world.open(body, { path: '/one', on: page })
  await world.fence(page)
  await page.click('a')
  await world.collector.until('page_view', 2)
  await page.evaluate(() => history.back())
  await world.collector.until('came_back')
  await world.collector.until('page_view', 3)
  expect(views()).toEqual(['/one', '/two', '/one'])
  const { kept } = world.collector
  expect(new Set(kept().map(({ envelope }) => envelope.visitor)).size).toBe(1)
  const told = kept('engagement').map(({ props }) => props?.view)
  expect(told).not.toContain(kept('page_view')[2]?.id)
})

test('a page that comes back is a new view, whose time begins anew', async () => {
  await world.page.clock.install()
  await world.open('')
  await world.page.clock.runFor(3_000)
  for (const type of ['pagehide', 'pageshow'])
    await world.page.evaluate(of => dispatchEvent(new PageTransitionEvent(of, { persisted: true })), type)
  await world.page.clock.runFor(7_000)
  const [first, second] = await world.collector.until('page_view', 2)
  const told = (await world.collector.until('engagement', 2)).map(({ props }) => [
    props?.view,
    Number(props?.engagedMs),
  ])
  expect(told.map(([view]) => view)).toEqual([first?.id, second?.id])
  expect(told[1]?.[1]).toBeLessThan(7_500)
})

test('a page rendered ahead counts when somebody comes to see it, with the time of that', async () => {
  let visit = (): void => {}
  const visited = new Promise<void>(resolve => {
    visit = resolve
  })
  world.site.waits.set('/visit', visited)
  world.site.pages.set(
    '/ahead',
    html(world.collector, '').replace(
      '</head>',
      `<script>fetch('/rendered')
       document.addEventListener('prerenderingchange', () => goldpan('track', 'activated', {
         ahead: performance.getEntriesByType('navigation')[0].activationStart > 0
       }))</script></head>`,
    ),
  )
  world.site.pages.set(
    '/here',
    `<script type="speculationrules">{"prerender":[{"urls":["/ahead"],"eagerness":"immediate"}]}</script>
     <script>fetch('/visit').then(() => { location.href = '/ahead' })</script>`,
  )
  // a browser that is driven does not render ahead: this one is on its own
  const home = await mkdtemp(join(tmpdir(), 'goldpan-ahead-'))
  const browser = spawn(
    await program(),
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--remote-debugging-port=0',
      `--user-agent=${CHROME_USER_AGENT}`,
      `--user-data-dir=${home}`,
      `${world.site.url}/here`,
    ],
    { stdio: 'ignore', detached: true },
  )
  onTestFinished(async () => {
    process.kill(-Number(browser.pid), 'SIGKILL')
    await rm(home, { recursive: true, force: true, maxRetries: 10 })
  })
  await expect.poll(() => world.site.asked.includes('/rendered'), { timeout: 20_000 }).toBe(true)
  await expect.poll(() => world.collector.fetched.includes('/goldpan.js')).toBe(true)
  expect(world.collector.requests).toEqual([])
  const before = Date.now()
  visit()
  const [view] = await world.collector.until('page_view')
  const [activated] = await world.collector.until('activated')
  expect(activated?.props).toEqual({ ahead: true })
  expect(view?.at).toBeGreaterThanOrEqual(before)
  expect(views()).toEqual(['/ahead'])
})

test('a page rendered ahead and never seen keeps nothing', async () => {
  await world.page.addInitScript(() =>
    Object.defineProperty(document, 'prerendering', { value: true, configurable: true }),
  )
  world.site.pages.set('/', html(world.collector, ''))
  await world.page.goto(world.site.url)
  await world.page.waitForLoadState('load')
  expect(await world.page.evaluate(() => [window.goldpan?.live, Object.keys(localStorage)])).toEqual([
    undefined,
    [],
  ])
  await world.page.evaluate(() => document.dispatchEvent(new Event('prerenderingchange')))
  await world.collector.until('page_view')
})

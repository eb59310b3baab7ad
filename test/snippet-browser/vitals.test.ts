import { expect, test } from 'vitest'
import { useWorld } from './world.ts'

const world = useWorld()

const chunk = () => `/goldpan.vitals.${world.snippet.chunkVersion}.js`

/** Waits until the page has had the time it gives to what may wait. */
const idle = () =>
  world.page.evaluate(
    () =>
      new Promise<void>(done => {
        requestIdleCallback(() => requestIdleCallback(() => done()))
      }),
  )

test('each vital arrives once, of its page, by the time a person leaves', async () => {
  await world.open('<h1>A heading</h1><button>press</button>', { path: '/measured' })
  await world.collector.until('web_vital')
  await world.page.click('button')
  await world.page.goto(`${world.site.url}/elsewhere`)
  await world.collector.until('web_vital', 4)
  await world.open('', { path: '/last', attributes: 'data-vitals="off"' })
  await world.fence()
  const vitals = world.collector.kept('web_vital')
  const names = vitals.map(({ props }) => `${props?.name}`).sort()
  // a press that is answered at once need not be measured
  expect(names.filter(name => name !== 'INP')).toEqual(['CLS', 'FCP', 'LCP', 'TTFB'])
  for (const { props, page } of vitals) {
    expect(Object.keys(props ?? {}).sort()).toEqual(['name', 'rating', 'value'])
    expect(props?.value).toBeGreaterThanOrEqual(0)
    expect(props?.rating).toMatch(/^(good|needs-improvement|poor)$/)
    expect(page?.url).toBe(`${world.site.url}/measured`)
  }
  const views = world.collector.kept('page_view').map(({ envelope }) => envelope.visitor)
  expect(new Set(vitals.map(({ envelope }) => envelope.visitor))).toEqual(new Set(views))
})

test('what measures them is fetched when the page is idle, not before', async () => {
  await world.page.addInitScript(() => {
    window.requestIdleCallback = callback => {
      Object.assign(window, { whenIdle: callback })
      return 1
    }
  })
  await world.open('')
  await world.fence()
  expect(world.collector.fetched).toEqual(['/goldpan.js'])
  await world.page.evaluate('whenIdle()')
  await world.collector.until('web_vital')
  expect(world.collector.fetched).toEqual(['/goldpan.js', chunk()])
})

test('data-vitals="off" fetches and measures nothing', async () => {
  await world.open('', { attributes: 'data-vitals="off"' })
  await idle()
  await world.page.goto(`${world.site.url}/elsewhere`)
  await world.open('', { attributes: 'data-vitals="off"' })
  await world.fence()
  expect(world.collector.fetched.filter(path => path !== '/goldpan.js')).toEqual([])
  expect(world.collector.kept('web_vital')).toEqual([])
})

test('of who was not asked nothing is told', async () => {
  const attributes = 'data-consent="required"'
  await world.open('<h1>A heading</h1>', { attributes })
  await idle()
  await world.page.goto(`${world.site.url}/elsewhere`)
  await world.open('', { path: '/asked', attributes })
  await world.page.evaluate(() => window.goldpan?.('consent', 'granted'))
  await world.fence()
  const pages = world.collector.kept('web_vital').map(({ page }) => page?.url)
  expect(pages).not.toContain(`${world.site.url}/`)
})

test('a part that cannot be had stops nothing', async () => {
  await world.page.route('**/goldpan.*.js', route => route.abort())
  await world.open('', { attributes: 'data-debug' })
  await idle()
  await world.fence()
  expect(world.collector.kept('page_view')).toHaveLength(1)
})

import { expect, test } from 'vitest'
import { useWorld } from './world.ts'

const world = useWorld()

const chunk = () => `/goldpan.vitals.${world.snippet.chunkVersion}.js`

/** The page's clock stands still until a test lets it go on. */
const openWithClock = async (attributes = '', path = '/measured'): Promise<void> => {
  await world.page.clock.install()
  await world.open('<h1>A heading</h1><button>press</button>', { attributes, path })
}
/** Long enough for what may wait until the page is idle. */
const wait = () => world.page.clock.runFor(30_000)

const measuring = () => expect.poll(() => world.collector.fetched.includes(chunk())).toBe(true)

/** Leaves for a page that measures nothing, and waits until all of the last one has come. */
const leave = async (): Promise<void> => {
  await world.page.goto(`${world.site.url}/elsewhere`)
  await world.open('', { path: '/last', attributes: 'data-vitals="off"' })
  const count = world.collector.kept('fence').length
  await world.page.evaluate(() => window.goldpan?.('track', 'fence'))
  await world.page.clock.runFor(5_000)
  await world.collector.until('fence', count + 1)
}

test('each vital arrives once, of its page, by the time a person leaves', async () => {
  await world.page.addInitScript(() => {
    // what may wait comes at once; a clock that a test moves would be measured, too
    const own = setTimeout
    Object.assign(window, { setTimeout: (work: () => void, ms = 0) => own(work, ms < 1_000 ? ms : 0) })
  })
  await world.open('<h1>A heading</h1><button>press</button>', { path: '/measured' })
  await world.page.waitForFunction(
    part => performance.getEntriesByType('resource').some(({ name }) => name.endsWith(part)),
    chunk(),
  )
  await world.page.click('button')
  await world.page.goto(`${world.site.url}/elsewhere`)
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

test('what measures them is fetched when the page has time, not before', async () => {
  await world.page.addInitScript(() => {
    // what is put off waits for the test's clock, whatever it is put off with
    window.requestIdleCallback = callback =>
      window.setTimeout(() => callback({ didTimeout: false, timeRemaining: () => 10 }), 1_000)
  })
  await openWithClock()
  await world.collector.until('page_view')
  expect(world.collector.fetched).toEqual(['/goldpan.js'])
  await wait()
  await measuring()
})

test('data-vitals="off" fetches and measures nothing', async () => {
  await openWithClock('data-vitals="off"')
  await wait()
  await leave()
  expect(world.collector.fetched.filter(path => path.includes('vitals'))).toEqual([])
  expect(world.collector.kept('web_vital')).toEqual([])
})

test('of who was not asked nothing is told', async () => {
  await openWithClock('data-consent="required"')
  await wait()
  await measuring()
  await leave()
  expect(world.collector.kept('web_vital')).toEqual([])
})

test('a part that cannot be had stops nothing', async () => {
  await world.page.route('**/goldpan.*.js', route => route.abort())
  await world.open('', { attributes: 'data-debug' })
  await world.fence()
  expect(world.collector.kept('page_view')).toHaveLength(1)
})

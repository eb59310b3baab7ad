import { expect, test } from 'vitest'
import { useWorld } from './world.ts'

const world = useWorld()

const engagedMs = (): number =>
  Math.max(0, ...world.collector.kept('engagement').map(({ props }) => Number(props?.engagedMs)))

test('is reported at its marks, stops when nobody is there, and goes on', async () => {
  await world.page.clock.install()
  await world.open('<div style="height:5000px">long</div>')
  const [view] = await world.collector.until('page_view')
  await world.page.clock.runFor(12_000)
  const [first, second] = await world.collector.until('engagement', 2)
  expect(first?.props).toMatchObject({ view: view?.id })
  expect(first?.props?.engagedMs).toBeGreaterThanOrEqual(5_000)
  expect(first?.props?.engagedMs).toBeLessThan(10_000)
  expect(second?.props?.engagedMs).toBeGreaterThanOrEqual(10_000)
  expect(first?.props?.scrollPct).toBeLessThan(20)
  await world.page.clock.runFor(600_000)
  await fenceWithClock()
  expect(engagedMs()).toBe(60_000)
  await world.page.mouse.wheel(0, 10_000)
  await expect.poll(() => world.page.evaluate(() => scrollY)).toBeGreaterThan(3_000)
  await world.page.clock.runFor(30_000)
  await world.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')))
  await expect.poll(engagedMs).toBeGreaterThanOrEqual(90_000)
  expect(engagedMs()).toBeLessThan(100_000)
  expect(world.collector.kept('engagement').at(-1)?.props?.scrollPct).toBe(100)
})

test('of a view goes with its own page when history moves on', async () => {
  await world.page.clock.install()
  await world.open('', { path: '/one' })
  await world.page.clock.runFor(3_000)
  await world.page.evaluate(() => history.pushState({}, '', '/two'))
  await fenceWithClock()
  const [engagement] = world.collector.kept('engagement')
  expect(engagement?.page?.url).toBe(`${world.site.url}/one`)
  expect(engagement?.props?.view).toBe(world.collector.kept('page_view')[0]?.id)
})

test('is not counted while the page is hidden', async () => {
  await world.page.clock.install()
  await world.open('')
  await world.page.clock.runFor(2_000)
  await world.page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  })
  await world.collector.until('engagement')
  await world.page.clock.runFor(300_000)
  await fenceWithClock()
  expect(world.collector.kept('engagement')).toHaveLength(1)
  expect(engagedMs()).toBeLessThan(4_000)
})

test('a page that goes is told once', async () => {
  await world.page.clock.install()
  await world.open('')
  await world.page.clock.runFor(3_000)
  await world.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')))
  await world.page.clock.runFor(20)
  await world.page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    dispatchEvent(new PageTransitionEvent('pageshow'))
    Object.defineProperty(document, 'hidden', { value: false })
  })
  await fenceWithClock()
  expect(world.collector.kept('engagement')).toHaveLength(1)
})

const fenceWithClock = async (): Promise<void> => {
  const count = world.collector.kept('fence').length
  await world.page.evaluate(() => window.goldpan?.('track', 'fence'))
  await world.page.clock.runFor(1_000)
  await world.collector.until('fence', count + 1)
}

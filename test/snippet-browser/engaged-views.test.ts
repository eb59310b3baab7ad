import { expect, test } from 'vitest'
import { MINUTE, readerOf, SECOND } from './reader.ts'
import { useWorld } from './world.ts'

const world = useWorld()
const { open, take, lastTotal } = readerOf(world)

test('a view is told at marks and at its end, in running totals, and each view apart', async () => {
  await open()
  for (const step of [
    25 * SECOND,
    'move',
    45 * SECOND,
    'freeze',
    5 * MINUTE,
    'thaw',
    8 * SECOND,
    'freeze',
  ] as const)
    await take(step)
  const views = (await world.collector.until('page_view', 3)).slice(1).map(({ id }) => id)
  const totals = () =>
    views.map(id =>
      world.collector
        .kept('engagement')
        .filter(({ props }) => props?.view === id)
        .sort((one, other) => one.at - other.at)
        .map(({ props }) => Math.round(Number(props?.engagedMs) / SECOND)),
    )
  await expect.poll(() => totals().map(of => of.at(-1))).toEqual([70, 8])
  for (const of of totals()) expect(of).toEqual([...of].sort((one, other) => one - other))
  // a page that crashes has told at least half of it
  expect(totals()[0]?.length).toBeGreaterThanOrEqual(3)
  expect(totals()[0]?.length).toBeLessThanOrEqual(7)
})

test('a page that goes says so once, although it goes in two steps', async () => {
  await open()
  for (const step of [3 * SECOND, 'freeze', 20, 'hide'] as const) await take(step)
  await world.fence()
  const [, view] = world.collector.kept('page_view')
  expect(world.collector.kept('engagement').filter(({ props }) => props?.view === view?.id)).toHaveLength(1)
})

test('the time of a view goes with its own page when history moves on', async () => {
  await open('/one')
  await take(3 * SECOND)
  await world.page.evaluate(() => history.pushState({}, '', '/two'))
  await take(2 * SECOND)
  await take('freeze')
  const [, one, two] = await world.collector.until('page_view', 3)
  await expect.poll(() => lastTotal()?.view).toBe(two?.id)
  const told = world.collector.kept('engagement').slice(-2)
  expect(told.map(({ page, props }) => [page?.url, props?.view])).toEqual([
    [`${world.site.url}/one`, one?.id],
    [`${world.site.url}/two`, two?.id],
  ])
})

test('the depth is the deepest of the view, and begins anew with the next', async () => {
  await open()
  const { height } = world.page.viewportSize() ?? { height: 0 }
  const goTo = (y: number) => world.page.evaluate(to => scrollTo(0, to), y)
  const pct = (y: number) => Math.round((100 * (y + height)) / 4_016)
  await goTo(2_000)
  await take(2 * SECOND)
  await goTo(0)
  await take(2 * SECOND)
  await world.page.evaluate(() => history.pushState({}, '', '/two'))
  await take(2 * SECOND)
  await take('freeze')
  const [, one, two] = await world.collector.until('page_view', 3)
  await expect.poll(() => lastTotal()?.view).toBe(two?.id)
  const depthOf = (view?: { readonly id: string }) =>
    Number(
      world.collector.kept('engagement').findLast(({ props }) => props?.view === view?.id)?.props?.scrollPct,
    )
  expect(Math.abs(depthOf(one) - pct(2_000))).toBeLessThanOrEqual(1)
  expect(Math.abs(depthOf(two) - pct(0))).toBeLessThanOrEqual(1)
})

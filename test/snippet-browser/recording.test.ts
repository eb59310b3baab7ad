import { expect, test } from 'vitest'
import { html, SITE, STUB, useWorld } from './world.ts'

const world = useWorld()

test('a page view says where, and keeps the query to what tells the source', async () => {
  await world.open('', { path: '/pricing?utm_source=ads&gclid=1&email=ann@acme.example#top' })
  const [view] = await world.collector.until('page_view')
  expect(view?.page).toEqual({ url: `${world.site.url}/pricing?utm_source=ads&gclid=1`, title: 'A page' })
  expect(view?.envelope).toMatchObject({ v: 1, site: SITE })
  expect(view?.envelope.visitor).toMatch(/^[0-9a-f]{32}$/)
  expect(world.collector.requests[0]?.headers['content-type']).toBe('text/plain;charset=UTF-8')
  expect(world.collector.requests[0]?.headers.cookie).toBeUndefined()
})

test('history: another path is a view, another query or a replaced address is none', async () => {
  await world.open('', { path: '/app' })
  await world.page.evaluate(() => {
    history.pushState({}, '', '/app?tab=2')
    history.replaceState({}, '', '/app/replaced')
    history.pushState({}, '', '/app/pricing')
  })
  await world.page.goBack()
  await world.fence()
  const views = world.collector.kept('page_view').map(view => [view.page?.url, view.page?.referrer])
  expect(views).toEqual([
    [`${world.site.url}/app`, undefined],
    [`${world.site.url}/app/pricing`, `${world.site.url}/app`],
    [`${world.site.url}/app/replaced`, `${world.site.url}/app/pricing`],
  ])
})

test('a page that comes back from the back/forward cache is a new view', async () => {
  await world.open('')
  await world.collector.until('page_view')
  await world.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await world.collector.until('page_view', 2)
})

test('a page rendered ahead counts when somebody comes to see it', async () => {
  await world.page.addInitScript(() =>
    Object.defineProperty(document, 'prerendering', { value: true, configurable: true }),
  )
  world.site.pages.set('/', html(world.collector, ''))
  await world.page.goto(world.site.url)
  await world.page.waitForLoadState('networkidle')
  expect(await world.page.evaluate(() => [window.goldpan?.live, Object.keys(localStorage)])).toEqual([
    undefined,
    [],
  ])
  await world.page.evaluate(() => document.dispatchEvent(new Event('prerenderingchange')))
  await world.collector.until('page_view')
})

test('the page keeps its history and its errors', async () => {
  await world.open('')
  const thrown = await world.page.evaluate(() => {
    history.pushState({ step: 1 }, '', '/next')
    try {
      history.pushState({}, '', 'https://elsewhere.example/')
    } catch (error) {
      return [history.state.step, location.pathname, error instanceof DOMException && error.name]
    }
    return []
  })
  expect(thrown).toEqual([1, '/next', 'SecurityError'])
})

test('calls made on the stub before the script came are answered in order', async () => {
  await world.page.addInitScript(`${STUB}
    goldpan('track', 'early', { step: 1 })
    goldpan('identify', 'ann@acme.example', { company: 'Acme', nested: { a: 1 } })
    goldpan('track')
    goldpan('nonsense')
    goldpan()`)
  await world.open('')
  await world.collector.until('identify')
  await world.collector.until('early')
  const seen = world.collector.kept().filter(({ type }) => type !== 'engagement')
  expect(seen.map(({ type }) => type)).toEqual(['page_view', 'early', 'identify'])
  expect(world.collector.kept('early')[0]?.props).toEqual({ step: 1 })
  expect(world.collector.kept('identify')[0]?.props).toEqual({
    email: 'ann@acme.example',
    traits: { company: 'Acme' },
  })
})

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { look, useWorld } from './world.ts'

const world = useWorld()

/** The addresses of the views so far, without the site's. */
const views = () =>
  world.collector.kept('page_view').map(({ page }) => `${page?.url}`.replace(world.site.url, ''))

/** A page with a link whose handler is the move that a person causes; `script` is text, for handlers of markup. */
const withButton = (script: string) => `<button onclick="${script}">go</button><h2 id="section">S</h2>`
const press = (page: Page) => page.click('button')
const run = (script: string) => (page: Page) => page.evaluate(script)
const back = (page: Page) => page.goBack({ waitUntil: 'commit' })

interface Move {
  readonly what: string
  readonly body?: string
  readonly at?: string
  readonly acts: readonly ((page: Page) => Promise<unknown>)[]
  /** the addresses of the views, that of the first load among them */
  readonly views: readonly string[]
}

const moves: readonly Move[] = [
  {
    what: 'another path',
    acts: [
      run("history.pushState({}, '', '/pricing?tab=private')"),
      run("history.pushState({}, '', '/docs')"),
    ],
    views: ['/', '/pricing', '/docs'],
  },
  {
    what: 'the same path with another query',
    at: '/list',
    acts: [run("history.pushState({}, '', '?page=2')"), run("history.replaceState({}, '', '?page=3')")],
    views: ['/list'],
  },
  {
    what: 'back and forward',
    acts: [run("history.pushState({}, '', '/two')"), back, page => page.goForward({ waitUntil: 'commit' })],
    views: ['/', '/two', '/', '/two'],
  },
  {
    what: 'a replaced path that a person caused',
    body: withButton("history.replaceState({}, '', '/step-2')"),
    acts: [look, press],
    views: ['/', '/step-2'],
  },
  {
    what: 'a replaced path that tidies up before anybody looks',
    body: `<script>document.hasFocus = () => false</script>${withButton("history.pushState({}, '', '/next')")}`,
    at: '/en/',
    acts: [run("history.replaceState({}, '', '/en')"), press],
    views: ['/en/', '/next'],
  },
  {
    what: 'a replaced query that a person caused',
    body: withButton("history.replaceState({}, '', '?filter=red')"),
    acts: [press],
    views: ['/'],
  },
  {
    what: 'a section of the page',
    body: '<a id="a" href="#section">jump</a><h2 id="section">S</h2>',
    acts: [page => page.click('a'), run("location.hash = 'other'"), back],
    views: ['/'],
  },
  {
    what: 'a route in the fragment',
    at: '/app#/users?secret=private',
    acts: [
      run("location.hash = '#/pricing?token=private'"),
      run("location.hash = '#/pricing?token=other'"),
      run("history.pushState({}, '', '#/docs')"),
      back,
    ],
    views: ['/app#/users', '/app#/pricing', '/app#/docs', '/app#/pricing'],
  },
  {
    what: 'the Navigation API',
    body: '<a id="a" href="/linked">link</a>',
    acts: [
      run(
        "navigation.addEventListener('navigate', event => event.canIntercept && event.intercept({ async handler() {} }))",
      ),
      run("navigation.navigate('/navigated').finished"),
      page => page.click('a'),
      run('navigation.back().finished'),
    ],
    views: ['/', '/navigated', '/linked', '/navigated'],
  },
  {
    what: 'a move that the page forbids',
    body: '<a id="a" href="/forbidden">link</a>',
    acts: [
      run("navigation.addEventListener('navigate', event => event.preventDefault())"),
      page => page.click('a'),
    ],
    views: ['/'],
  },
]

const act = async ({ body = '', at = '/', acts }: Move, attributes = '') => {
  await world.open(body, { path: at, attributes })
  for (const step of acts) await step(world.page)
  await world.fence()
}

test.each(moves)('history, $what', async move => {
  await act(move)
  expect(views()).toEqual(move.views)
})

test.each(moves.filter(({ views: { length } }) => length > 1))(
  'history, $what: none with data-spa="off"',
  async move => {
    await act(move, 'data-spa="off"')
    expect(views()).toEqual(move.views.slice(0, 1))
    await world.page.evaluate(() => window.goldpan?.('page', { by: 'hand' }))
    await world.fence()
    expect(world.collector.kept('page_view').map(({ props }) => props)).toEqual([{}, { by: 'hand' }])
  },
)

test('a view comes from the view before it, the first from where the person came', async () => {
  await world.open('', { path: '/landing' })
  await world.open('<a href="/landing?email=ann@acme.example">go</a>', { path: '/from?token=private' })
  await Promise.all([world.page.waitForURL('**/landing**'), world.page.click('a')])
  await world.page.waitForFunction(() => window.goldpan?.live)
  await world.page.evaluate(() => history.pushState({}, '', '/second?token=private'))
  await world.page.evaluate(() => history.pushState({}, '', '/third'))
  await world.fence()
  expect(world.collector.kept('page_view').map(({ page }) => page?.referrer)).toEqual([
    '',
    '',
    `${world.site.url}/from`,
    `${world.site.url}/landing`,
    `${world.site.url}/second`,
  ])
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

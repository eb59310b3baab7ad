import { expect, test } from 'vitest'
import { LOOK_MS } from '../../snippet/limits.ts'
import { CONTACT, useWorld } from './world.ts'

const world = useWorld()

test('what a closing tab still has to say arrives', async () => {
  await world.open('')
  await world.page.evaluate(() => window.goldpan?.('track', 'last_words'))
  await world.page.close({ runBeforeUnload: true })
  await world.collector.until('last_words')
})

test('a page on its way out tries all it has once, and leaves the rest to a later page', async () => {
  await world.page.clock.install()
  await world.open('')
  await world.collector.until('page_view')
  // from here on no timer of the page fires by itself
  await world.page.clock.pauseAt(Date.now() + 60_000)
  world.collector.answer(503)
  await world.page.evaluate(() => {
    for (let step = 0; step < 3; step++) window.goldpan?.('track', 'step', { step, text: 'x'.repeat(13_000) })
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  })
  const steps = () => world.collector.bodies.join().match(/"step":\d/g) ?? []
  await expect.poll(() => new Set(steps()).size).toBe(3)
  await world.page.evaluate(() => fetch('/').then(response => response.text()))
  expect(steps()).toHaveLength(3)
  world.collector.answer(202)
  await world.page.clock.runFor(60_000)
  await world.page.evaluate(() => fetch('/').then(response => response.text()))
  expect(steps()).toHaveLength(3)
  await world.open('', { path: '/later' })
  await world.page.clock.runFor(1_000)
  await world.collector.until('step', 3)
})

test('a burst arrives, and leaves the page room for requests of its own', async () => {
  await world.open('')
  await world.page.evaluate(() => {
    for (let step = 0; step < 150; step++) window.goldpan?.('track', 'burst', { step, pad: 'x'.repeat(900) })
  })
  await world.collector.until('burst', 150)
  expect(world.collector.arrivals('burst')).toHaveLength(150)
  const status = await world.page.evaluate(() =>
    fetch('/own', { method: 'POST', body: 'x'.repeat(20_000), keepalive: true }).then(
      answer => answer.status,
    ),
  )
  expect(status).toBe(200)
})

test('a page that used up the room for keepalive requests does not stop the snippet', async () => {
  await world.page.addInitScript(() => {
    // its answer never comes
    void fetch('/never', { method: 'POST', body: 'x'.repeat(65_500), keepalive: true })
  })
  await world.open('')
  await world.collector.until('page_view')
})

test('what a collector that is down did not take arrives on the next visit, once, with its times', async () => {
  world.collector.answer(503)
  const before = Date.now()
  await world.open(`<form action="/thanks">${CONTACT}</form>`)
  await Promise.all([world.page.waitForURL('**/thanks?**'), world.page.click('button')])
  await expect.poll(() => world.collector.requests.length).toBeGreaterThan(0)
  const after = Date.now()
  await world.page.close()
  const visitors = new Set(world.collector.bodies.map(body => JSON.parse(body).visitor))
  world.collector.answer(202)
  world.page = await world.profile.newPage()
  await world.page.clock.install({ time: after + 3_600_000 })
  await world.open('', { path: '/later' })
  await world.page.clock.runFor(1_000)
  await world.collector.until('page_view', 2)
  const [submit] = await world.collector.until('form_submit')
  expect(submit?.at).toBeGreaterThanOrEqual(before)
  expect(submit?.at).toBeLessThanOrEqual(after)
  expect(world.collector.arrivals('form_submit')).toHaveLength(1)
  const [first, later] = world.collector.kept('page_view')
  expect([first?.page?.url, later?.page?.url]).toEqual([`${world.site.url}/`, `${world.site.url}/later`])
  expect([...visitors]).toEqual([later?.envelope.visitor])
  expect(first?.envelope.session).not.toBe(later?.envelope.session)
  const stored = async () => {
    // the page's clock stands still, and what comes last may wait for it
    await world.page.clock.runFor(100)
    return world.page.evaluate(() => Object.keys(localStorage).filter(key => key.includes('event')))
  }
  await expect.poll(stored).toEqual([])
})

test('nothing answers at all: the same', async () => {
  const { url } = world.collector
  await world.open('', { attributes: `data-endpoint="${url.replace(/\d+$/, '1')}/"` })
  await world.page.evaluate(() => window.goldpan?.('identify', 'ann@acme.example'))
  await world.open('')
  await world.collector.until('identify')
  expect(world.collector.arrivals('identify')).toHaveLength(1)
})

test('a collector that fails is asked after a second, then ever later; soon when the page is seen again', async () => {
  const { page, collector } = world
  let [sent, answered] = [0, 0]
  page.on('request', request => {
    if (request.method() === 'POST') sent++
  })
  page.on('requestfinished', request => {
    if (request.method() === 'POST') answered++
  })
  collector.answer(429)
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 60_000)
  await world.open('')
  /** How long it takes until the next attempt, in the page's time. */
  const untilNext = async (): Promise<number> => {
    const before = sent
    for (let passed = LOOK_MS; passed <= 60_000; passed += LOOK_MS) {
      await page.clock.runFor(LOOK_MS)
      // tabs take turns: this one's has come, and it has asked
      await page.evaluate(() => navigator.locks.request('mine', () => fetch('/').then(got => got.text())))
      await expect.poll(() => answered).toBe(sent)
      // so has it heard the answer
      await page.evaluate(() => fetch('/').then(got => got.text()))
      if (sent > before) return passed
    }
    return Number.POSITIVE_INFINITY
  }
  await untilNext()
  for (const pauseMs of [1_000, 2_000, 4_000]) {
    const waited = await untilNext()
    expect(waited).toBeGreaterThanOrEqual(pauseMs)
    expect(waited).toBeLessThanOrEqual(pauseMs + 2 * LOOK_MS)
  }
  for (const type of ['pageshow', 'visibilitychange']) {
    await page.evaluate(of => dispatchEvent(new Event(of)), type)
    expect(await untilNext()).toBeLessThanOrEqual(2 * LOOK_MS)
  }
  collector.answer(202)
  await page.evaluate(() => dispatchEvent(new Event('pageshow')))
  await untilNext()
  await collector.until('page_view')
  expect(collector.arrivals('page_view')).toHaveLength(1)
})

test.each([401, 403, 404, 408])('a %i may end: nothing is forgotten', async status => {
  world.collector.answer(status)
  await world.open('')
  await expect.poll(() => world.collector.requests.length).toBeGreaterThan(0)
  // the answer has to be read before another is given
  await world.page.evaluate(() => fetch('/').then(response => response.text()))
  world.collector.answer(202)
  await world.collector.until('page_view')
})

test.each([400, 413, 422])('what the collector will never take (%i) is dropped', async status => {
  world.collector.answer(status)
  await world.open('')
  await expect
    .poll(() => world.page.evaluate(() => Object.keys(localStorage).filter(key => key.includes('event'))))
    .toEqual([])
  expect(world.collector.requests.length).toBeGreaterThan(0)
  world.collector.answer(202)
  await world.fence()
  expect(world.collector.kept('page_view')).toEqual([])
})

test('two tabs do not both send what is stored', async () => {
  world.collector.answer(503)
  await world.open('')
  await world.page.evaluate(() => {
    for (let step = 0; step < 150; step++) window.goldpan?.('track', 'step', { step })
  })
  await world.page.goto('about:blank')
  // every step was refused once: from here on nothing of the first page is under way
  await expect.poll(() => new Set(world.collector.bodies.join().match(/"step":\d+/g)).size).toBe(150)
  world.collector.answer(202)
  const release = world.collector.hold()
  await world.open('')
  await world.collector.until('step')
  const other = await world.profile.newPage()
  await other.clock.install()
  await world.open('', { path: '/other', on: other })
  await other.clock.runFor(1_000)
  release()
  await world.collector.until('step', 150)
  await world.fence()
  await other.evaluate(() => window.goldpan?.('track', 'mine'))
  await expect
    .poll(async () => {
      await other.clock.runFor(1_000)
      return world.collector.kept('mine').length
    })
    .toBe(1)
  expect(world.collector.arrivals('step')).toHaveLength(150)
  const steps = world.collector.kept('step').map(({ props }) => props?.step)
  expect(steps).toEqual(steps.map((_, step) => step))
  expect(world.collector.bodies.every(body => body.length < 60_000)).toBe(true)
})

test('works from memory when storage is blocked', async () => {
  await world.page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    })
  })
  await world.open('')
  await world.fence()
  const [view] = world.collector.kept('page_view')
  const [mark] = world.collector.kept('fence')
  expect(view?.envelope.visitor).toBe(mark?.envelope.visitor)
  expect(view?.envelope.session).toBe(mark?.envelope.session)
})

test('works from memory when storage is full', async () => {
  await world.page.addInitScript(() => {
    const room = 5 * 1024 * 1024
    for (let size = room; size >= 1; size /= 2) {
      try {
        localStorage.setItem(`fill${size}`, 'x'.repeat(size))
      } catch {}
    }
  })
  await world.open('')
  await world.fence()
  expect(new Set(world.collector.kept().map(({ envelope }) => envelope.visitor)).size).toBe(1)
})

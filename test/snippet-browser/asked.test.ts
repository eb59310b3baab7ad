import { expect, test } from 'vitest'
import { CONTACT, tag, useWorld } from './world.ts'

const world = useWorld()

test('Global Privacy Control: nothing is stored or sent but a form, and that without ids', async () => {
  await world.page.addInitScript(() =>
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }),
  )
  await world.open(`<a href="#" id="file" download="a.pdf">a</a><form action="/thanks">${CONTACT}</form>`)
  await world.page.evaluate(() => {
    window.goldpan?.('track', 'silent')
    window.goldpan?.('identify', 'ann@acme.example')
    window.goldpan?.('page')
    window.goldpan?.('consent', 'granted')
    window.goldpan?.('consent', 'denied')
  })
  await world.page.click('#file')
  world.collector.answer(503)
  await Promise.all([world.page.waitForURL('**/thanks?**'), world.page.click('button')])
  await expect.poll(() => world.collector.requests.length).toBe(1)
  expect(await world.page.evaluate(() => Object.keys(localStorage))).toEqual([])
  world.collector.answer(202)
  await world.open(`<form action="/thanks">${CONTACT}</form>`)
  await Promise.all([world.page.waitForURL('**/thanks?**'), world.page.click('button')])
  const [submit] = await world.collector.until('form_submit')
  expect(Object.keys(submit?.envelope ?? {})).toEqual(['v', 'site', 'sentAt', 'events'])
  await world.open('')
  expect(world.collector.kept().map(({ type }) => type)).toEqual(['form_submit'])
  expect(await world.page.evaluate(() => Object.keys(localStorage))).toEqual([])
})

test('Global Privacy Control: what an earlier visit stored is wiped', async () => {
  world.collector.answer(503)
  await world.open('')
  await expect.poll(() => world.collector.requests.length).toBeGreaterThan(0)
  await world.page.addInitScript(() =>
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }),
  )
  world.collector.answer(202)
  await world.open('')
  expect(await world.page.evaluate(() => Object.keys(localStorage))).toEqual([])
})

for (const mode of ['required', 'cookieless', 'reqiured', ''])
  test(`data-consent="${mode}" records nobody who did not consent`, async () => {
    const attributes = `data-consent="${mode}"`
    await world.open(`<a href="#" download="a.pdf">a</a><form action="/thanks">${CONTACT}</form>`, {
      attributes,
    })
    await world.page.evaluate(() => window.goldpan?.('track', 'silent'))
    await world.page.click('a')
    await Promise.all([world.page.waitForURL('**/thanks?**'), world.page.click('button')])
    const [submit] = await world.collector.until('form_submit')
    expect(Object.keys(submit?.envelope ?? {})).toEqual(['v', 'site', 'sentAt', 'events'])
    expect(world.collector.kept().map(({ type }) => type)).toEqual(['form_submit'])
    expect(await world.page.evaluate(() => Object.keys(localStorage))).toEqual([])
    await world.open('', { attributes })
    await world.page.evaluate(() => window.goldpan?.('consent', 'granted'))
    await world.page.evaluate(() => window.goldpan?.('consent', 'granted'))
    await world.fence()
    expect(world.collector.kept('page_view')).toHaveLength(1)
    await world.open('', { attributes, path: '/next' })
    await world.fence()
    expect(world.collector.kept('page_view').map(({ page }) => page?.url)).toEqual([
      `${world.site.url}/`,
      `${world.site.url}/next`,
    ])
  })

test('a refusal wipes what is stored, stops, and is remembered', async () => {
  await world.page.clock.install()
  await world.open('')
  await world.page.clock.runFor(2_000)
  await world.collector.until('page_view')
  const before = world.collector.requests.length
  world.collector.answer(503)
  await world.page.evaluate(() => {
    window.goldpan?.('track', 'unsent')
    window.goldpan?.('consent', 'denied')
  })
  expect(await world.page.evaluate(() => Object.entries(localStorage))).toEqual([
    ['goldpan.pk_test_browser.consent', 'denied'],
  ])
  world.collector.answer(202)
  await world.page.clock.runFor(60_000)
  await world.page.evaluate(() => history.pushState({}, '', '/next'))
  await world.open('')
  await world.page.evaluate(() => window.goldpan?.('track', 'silent'))
  await world.page.clock.runFor(10_000)
  await world.page.evaluate(() => fetch('/').then(response => response.text()))
  expect(world.collector.requests).toHaveLength(before)
  await world.page.evaluate(() => window.goldpan?.('consent', 'granted'))
  await world.page.clock.runFor(1_000)
  await world.collector.until('page_view', 2)
})

test('reset tells what the last person did under their name, and nothing of it later', async () => {
  await world.page.clock.install()
  await world.open('')
  await world.page.clock.runFor(3_000)
  await world.page.evaluate(() => window.goldpan?.('reset'))
  await world.page.clock.runFor(9_000)
  await world.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })))
  await world.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await world.page.clock.runFor(1_000)
  const [first, second] = await world.collector.until('page_view', 2)
  const told = world.collector.kept('engagement')
  expect(told.map(({ props, envelope }) => [props?.view, envelope.visitor])).toEqual([
    [first?.id, first?.envelope.visitor],
  ])
  expect(second?.envelope.visitor).not.toBe(first?.envelope.visitor)
})

test('Global Privacy Control can be overruled by the owner', async () => {
  await world.page.addInitScript(() =>
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }),
  )
  await world.open('', { attributes: 'data-gpc="ignore"' })
  await world.collector.until('page_view')
})

test('captures that are off and pages that are excluded stay silent', async () => {
  const body = `<a href="/a.pdf">a</a><form>${CONTACT}</form>`
  const attributes = 'data-forms="off" data-downloads="off" data-exclude="/admin/*, /intern"'
  await world.open(body, { attributes })
  await world.page.evaluate(() => addEventListener('click', event => event.preventDefault()))
  await world.page.click('a')
  await world.page.evaluate(() => {
    document.querySelector('form')!.addEventListener('submit', event => event.preventDefault())
    document.querySelector('form')!.requestSubmit()
    history.pushState({}, '', '/admin/users')
    history.pushState({}, '', '/intern')
    history.pushState({}, '', '/internal')
  })
  await world.fence()
  expect(world.collector.kept('engagement').map(({ page: at }) => at?.url)).toEqual([`${world.site.url}/`])
  const seen = world.collector.kept().filter(({ type }) => type !== 'engagement')
  expect(seen.map(({ type, page: at }) => [type, at?.url])).toEqual([
    ['page_view', `${world.site.url}/`],
    ['page_view', `${world.site.url}/internal`],
    ['fence', `${world.site.url}/internal`],
  ])
})

test('reset makes a stranger of the visitor', async () => {
  await world.open('')
  await world.fence()
  await world.page.evaluate(() => window.goldpan?.('reset'))
  await world.fence()
  const [before, after] = world.collector.kept('fence')
  expect(after?.envelope.visitor).not.toBe(before?.envelope.visitor)
  expect(after?.envelope.session).not.toBe(before?.envelope.session)
})

test('a second copy of the tag does nothing, and the console stays silent', async () => {
  const said: string[] = []
  world.page.on('console', message => said.push(message.text()))
  await world.open(tag(world.collector))
  await world.page.evaluate(() => {
    const loop: unknown[] = []
    loop.push(loop)
    window.goldpan?.('track', 'loop', { loop })
  })
  await world.fence()
  expect(world.collector.kept('page_view')).toHaveLength(1)
  expect(said).toEqual([])
})

test('a developer who asks with data-debug is told what is recorded and what went wrong', async () => {
  const said: string[] = []
  world.page.on('console', message => said.push(message.text()))
  await world.open('', { attributes: 'data-debug' })
  await world.page.evaluate(() => window.goldpan?.('track', 'loop', { loop: 1n }))
  await world.fence()
  expect(said.some(text => text.startsWith('goldpan') && text.includes('page_view'))).toBe(true)
  expect(said.some(text => text.startsWith('goldpan TypeError'))).toBe(true)
})

test('the bundle is ours alone: no dependency, no validator', () => {
  const foreign = Object.keys(world.snippet.inputs).filter(input => !/^(snippet|shared)\//.test(input))
  expect(foreign).toEqual([])
  expect(Object.keys(world.snippet.inputs)).not.toContain('shared/events.ts')
})

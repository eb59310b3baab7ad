import { expect, test } from 'vitest'
import { CONTACT, useWorld } from './world.ts'

const world = useWorld()

const FORM = `<form action="/stay/sent" id="contact">${CONTACT}</form><a href="/stay/a.pdf" id="file">a</a>`

const goldpan = (...call: readonly unknown[]) =>
  world.page.evaluate(of => {
    void window.goldpan?.(...of)
  }, call)

const stored = async () => ({
  ...(await world.page.evaluate(() => ({ ...localStorage, ...sessionStorage }))),
  ...Object.fromEntries((await world.profile.cookies()).map(({ name, value }) => [name, value])),
})

const answered = () => world.page.evaluate(() => fetch('/').then(answer => answer.text()))

test('a refusal wipes what is stored, stops, is told once with ids as the last event, and is remembered', async () => {
  await world.open(FORM)
  await world.fence()
  await goldpan('consent', 'denied', { text: 'No, thanks' })
  const [refusal] = await world.collector.until('consent')
  const visitor = world.collector.kept('fence')[0]?.envelope.visitor
  expect(refusal?.props).toEqual({ state: 'denied', text: 'No, thanks' })
  expect(refusal?.envelope.visitor).toBe(visitor)
  expect(await stored()).toEqual({ 'goldpan.pk_test_browser.consent': 'denied' })
  await goldpan('consent', 'denied')
  await goldpan('track', 'silent')
  await world.page.click('#file')
  await world.page.evaluate(() => history.pushState({}, '', '/next'))
  await world.open(FORM, { path: '/later' })
  await goldpan('track', 'silent')
  await world.page.click('button')
  const [submit] = await world.collector.until('form_submit')
  await answered()
  const told = world.collector.kept().filter(({ id }) => refusal && id > refusal.id)
  expect(told.map(({ type }) => type)).toEqual(['form_submit'])
  expect(submit?.envelope).not.toHaveProperty('visitor')
  expect(submit?.envelope).not.toHaveProperty('session')
  expect(await stored()).toEqual({ 'goldpan.pk_test_browser.consent': 'denied' })
  await goldpan('consent', 'granted')
  await world.fence()
  expect(world.collector.kept('fence').at(-1)?.envelope.visitor).not.toBe(visitor)
})

test('what was waiting when the person refused is forgotten', async () => {
  world.collector.answer(503)
  await world.open('')
  await goldpan('track', 'unsent')
  await expect.poll(() => world.collector.requests.length).toBeGreaterThan(0)
  await goldpan('consent', 'denied')
  expect(await stored()).toEqual({ 'goldpan.pk_test_browser.consent': 'denied' })
  await answered()
  world.collector.answer(202)
  await world.open(FORM, { path: '/later' })
  await world.page.click('button')
  await world.collector.until('form_submit')
  expect(world.collector.kept().map(({ type }) => type)).toEqual(['form_submit'])
})

test('a page of another tab hears of a refusal with its next event', async () => {
  await world.open('')
  const other = await world.profile.newPage()
  await world.open('', { path: '/other', on: other })
  await world.fence(other)
  await goldpan('consent', 'denied')
  await world.collector.until('consent')
  await other.evaluate(() => window.goldpan?.('track', 'silent'))
  await other.evaluate(() => fetch('/').then(answer => answer.text()))
  await other.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')))
  await world.open(FORM, { path: '/later' })
  await world.page.click('button')
  await world.collector.until('form_submit')
  expect(world.collector.kept('silent')).toEqual([])
  expect(await stored()).toEqual({ 'goldpan.pk_test_browser.consent': 'denied' })
})

test('cookieless: facts without ids, nothing stored, nobody identified', async () => {
  const attributes = 'data-consent="cookieless"'
  await world.open(FORM, { attributes })
  await goldpan('identify', 'ann@acme.example', { company: 'Acme' })
  await world.page.click('#file')
  await world.page.evaluate(() => history.pushState({}, '', '/next'))
  await world.page.click('button')
  await world.fence()
  const told = world.collector.kept().filter(({ type }) => !/engagement|web_vital|form_start/.test(type))
  expect(told.map(({ type }) => type).sort()).toEqual([
    'download',
    'fence',
    'form_submit',
    'page_view',
    'page_view',
  ])
  for (const { envelope } of world.collector.kept())
    expect(Object.keys(envelope)).toEqual(['v', 'site', 'sentAt', 'events'])
  expect(await stored()).toEqual({})
  await goldpan('consent', 'granted')
  await world.fence()
  expect(world.collector.kept('fence')[1]?.envelope.visitor).toMatch(/^\d{39,}$/)
  await goldpan('consent', 'denied')
  await goldpan('track', 'silent')
  await answered()
  expect(world.collector.kept('silent')).toEqual([])
})

test('reset makes a stranger of the visitor; what the last one did is told under their name', async () => {
  await world.page.clock.install()
  await world.open('')
  await world.page.clock.runFor(3_000)
  await goldpan('track', 'before')
  await goldpan('reset')
  await goldpan('track', 'after')
  await world.page.clock.runFor(9_000)
  for (const type of ['pagehide', 'pageshow'])
    await world.page.evaluate(of => dispatchEvent(new PageTransitionEvent(of, { persisted: true })), type)
  await world.page.clock.runFor(1_000)
  const [first, second] = await world.collector.until('page_view', 2)
  const [before] = world.collector.kept('before')
  const [after] = world.collector.kept('after')
  const told = world.collector.kept('engagement').filter(({ props }) => props?.view === first?.id)
  expect(told.map(({ envelope }) => envelope.visitor)).toEqual([first?.envelope.visitor])
  expect(before?.envelope.visitor).toBe(first?.envelope.visitor)
  expect(after?.envelope.visitor).not.toBe(before?.envelope.visitor)
  expect(after?.envelope.session).not.toBe(before?.envelope.session)
  expect(second?.envelope.visitor).toBe(after?.envelope.visitor)
})

test('subdomains share a visitor and a session where the owner says so, and a refusal is one for all', async () => {
  const attributes = 'data-cookie-domain="site.localhost"'
  const openAt = async (host: string, path: string) => {
    await world.open(FORM, { path, attributes })
    await world.page.goto(`${world.site.url.replace('127.0.0.1', `${host}.localhost`)}${path}`)
    await world.page.waitForFunction(() => window.goldpan?.live)
    await world.fence()
    const { envelope } = world.collector.kept('fence').at(-1) ?? {}
    return `${envelope?.visitor} ${envelope?.session}`
  }
  const visitorCookies = async () =>
    (await world.profile.cookies()).filter(
      ({ domain, value }) => domain.endsWith('site.localhost') && /\d{39}/.test(value),
    )
  const one = await openAt('a.site', '/one')
  const two = await openAt('b.site', '/two')
  const foreign = await openAt('elsewhere', '/three')
  expect(two).toBe(one)
  expect(foreign).not.toBe(one)
  expect(await openAt('a.site', '/four')).toBe(one)
  expect(await visitorCookies()).toHaveLength(1)
  await goldpan('consent', 'denied')
  await world.collector.until('consent')
  await expect.poll(visitorCookies).toEqual([])
})

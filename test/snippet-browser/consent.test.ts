import { expect, test } from 'vitest'
import { CONTACT, useWorld } from './world.ts'

const world = useWorld()

const FORM = `<form action="/stay/sent" id="contact">${CONTACT}</form>`
const REQUIRED = { attributes: 'data-consent="required"' }

const goldpan = (...call: readonly unknown[]) =>
  world.page.evaluate(of => {
    void window.goldpan?.(...of)
  }, call)

/** What is kept in the browser, in every place where it could be. */
const stored = async () => ({
  ...(await world.page.evaluate(() => ({ ...localStorage, ...sessionStorage }))),
  ...Object.fromEntries((await world.profile.cookies()).map(({ name, value }) => [name, value])),
})

/** All kinds of things that would be recorded. */
const doAll = async () => {
  await goldpan('track', 'silent')
  await goldpan('identify', 'ann@acme.example', { company: 'Acme' })
  await goldpan('page')
  await world.page.evaluate(() => history.pushState({}, '', '/next'))
  await world.page.click('#file')
  await world.page.locator('[name=company]').pressSequentially('x')
}
const BODY = `${FORM}<a href="/stay/a.pdf" id="file">a</a>`

/** Sends the form and waits for it: what was to be sent before it has come, too, or never will. */
const sendForm = async () => {
  const count = world.collector.kept('form_submit').length
  await world.page.click('button')
  await world.collector.until('form_submit', count + 1)
  await world.page.evaluate(() => fetch('/').then(answer => answer.text()))
}

/** Everything told so far, oldest first. */
const told = () => [...world.collector.kept()].sort((a, b) => (a.id < b.id ? -1 : 1))
const types = () => told().map(({ type }) => type)

const refuse = async (name: string, value: unknown): Promise<void> => {
  await world.page.addInitScript(([of, as]) => Object.defineProperty(navigator, of, { value: as }), [
    name,
    value,
  ] as const)
}

interface Refusal {
  readonly what: string
  readonly attributes?: string
  readonly before?: () => Promise<void>
  /** all that may be in the browser's storage */
  readonly kept?: readonly string[]
}

const signal = () => refuse('globalPrivacyControl', true)

const refusals: readonly Refusal[] = [
  { what: 'nobody was asked', ...REQUIRED },
  { what: 'nobody was asked, by an unknown word', attributes: 'data-consent="reqiured"' },
  { what: 'nobody was asked, by an empty word', attributes: 'data-consent=""' },
  { what: 'Global Privacy Control', before: signal },
  {
    what: 'Global Privacy Control where no ids are wanted',
    attributes: 'data-consent="cookieless"',
    before: signal,
  },
  {
    what: 'Do Not Track, on a site that honours it',
    attributes: 'data-dnt',
    before: () => refuse('doNotTrack', '1'),
  },
]

test.each(refusals)(
  '$what: nothing is stored or sent but a form, without ids',
  async ({ attributes = '', before }) => {
    await before?.()
    await world.open(BODY, { attributes })
    await doAll()
    await sendForm()
    expect(types()).toEqual(['form_submit'])
    const [submit] = world.collector.kept()
    expect(Object.keys(submit?.envelope ?? {})).toEqual(['v', 'site', 'sentAt', 'events'])
    expect(await stored()).toEqual({})
    await world.open('', { attributes, path: '/later' })
    expect(types()).toEqual(['form_submit'])
  },
)

test('a signal of the browser outweighs what the person answers', async () => {
  await signal()
  await world.open(BODY)
  await goldpan('consent', 'granted')
  await doAll()
  await goldpan('consent', 'denied')
  await sendForm()
  expect(types()).toEqual(['form_submit'])
  expect(await stored()).toEqual({})
})

test('what a signal finds from an earlier visit is wiped', async () => {
  world.collector.answer(503)
  await world.open('')
  await expect.poll(() => world.collector.requests.length).toBeGreaterThan(0)
  expect(await stored()).not.toEqual({})
  await signal()
  await world.open(BODY, { path: '/later' })
  expect(await stored()).toEqual({})
  world.collector.answer(202)
  await sendForm()
  expect(types()).toEqual(['form_submit'])
})

test.each([
  ['Global Privacy Control', 'data-gpc="ignore"', signal],
  ['Do Not Track', '', () => refuse('doNotTrack', '1')],
])('%s is not heard where the owner does not want to (%s)', async (_, attributes, before) => {
  await before()
  await world.open('', { attributes })
  await world.fence()
  expect(types()).toContain('page_view')
})

test('before the answer facts are held, and told after a grant with their own times', async () => {
  await world.open(BODY, { ...REQUIRED, path: '/first?utm_source=ads' })
  const before = Date.now()
  await goldpan('track', 'early', { step: 1 })
  await world.page.evaluate(() => history.pushState({}, '', '/second'))
  await world.page.click('#file')
  await sendForm()
  expect(types()).toEqual(['form_submit'])
  expect(await stored()).toEqual({})
  const asked = Date.now()
  await goldpan('consent', 'granted', { text: 'I agree' })
  await world.fence()
  const facts = told().filter(({ type }) => !/engagement|fence|form_s|web_vital/.test(type))
  expect(facts.map(({ type, page }) => [type, new URL(`${page?.url}`).pathname])).toEqual([
    ['page_view', '/first'],
    ['early', '/first'],
    ['page_view', '/second'],
    ['download', '/second'],
    ['consent', '/second'],
  ])
  const [view, early, , download, consent] = facts
  expect(view?.page?.url).toContain('utm_source=ads')
  expect(view?.at).toBeLessThanOrEqual(before)
  for (const held of [early, download]) {
    expect(held?.at).toBeGreaterThanOrEqual(before)
    expect(held?.at).toBeLessThanOrEqual(asked)
  }
  expect(consent?.props).toEqual({ state: 'granted', text: 'I agree' })
  expect(consent?.at).toBeGreaterThanOrEqual(asked)
  expect(new Set(facts.map(({ envelope }) => `${envelope.visitor} ${envelope.session}`)).size).toBe(1)
  expect(consent?.envelope.visitor).toMatch(/^\d{39,}$/)
  await world.open('', { ...REQUIRED, path: '/third' })
  await world.fence()
  expect(world.collector.kept('page_view').at(-1)?.page?.url).toBe(`${world.site.url}/third`)
  expect(world.collector.kept('consent')).toHaveLength(1)
})

test('what was held is dropped with a refusal, and a later grant begins anew', async () => {
  await world.open(BODY, REQUIRED)
  await goldpan('track', 'silent')
  await goldpan('consent', 'denied')
  await sendForm()
  expect(types()).toEqual(['form_submit'])
  expect(Object.keys(await stored())).toEqual(['goldpan.pk_test_browser.consent'])
  await goldpan('consent', 'granted')
  await world.fence()
  const own = types().filter(type => /page_view|silent|consent/.test(type))
  expect(own.sort()).toEqual(['consent', 'page_view'])
})

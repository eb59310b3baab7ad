import { expect, test } from 'vitest'
import { CONTACT, look, SITE, STUB, tag, useWorld } from './world.ts'

const world = useWorld()

test('a page view says where, and keeps the query to what tells the source', async () => {
  await world.open('', { path: '/pricing?utm_source=ads&gclid=1&email=ann@acme.example#top' })
  const [view] = await world.collector.until('page_view')
  expect(view?.page).toEqual({
    url: `${world.site.url}/pricing?utm_source=ads&gclid=1`,
    title: 'A page',
    referrer: '',
  })
  expect(view?.envelope).toMatchObject({ v: 1, site: SITE })
  expect(view?.envelope.visitor).toMatch(/^\d{39,}$/)
  expect(world.collector.requests[0]?.headers['content-type']).toBe('text/plain;charset=UTF-8')
  expect(world.collector.requests[0]?.headers.cookie).toBeUndefined()
})

test('parameters the owner names are kept, too', async () => {
  await world.open('', {
    path: '/pricing?plan=pro&ref_code=7&email=ann@acme.example',
    attributes: 'data-params="plan, ref_*"',
  })
  const [view] = await world.collector.until('page_view')
  expect(view?.page?.url).toBe(`${world.site.url}/pricing?plan=pro&ref_code=7`)
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
  const seen = world.collector.kept().filter(({ type }) => !/engagement|web_vital/.test(type))
  expect(seen.map(({ type }) => type)).toEqual(['page_view', 'early', 'identify'])
  expect(world.collector.kept('early')[0]?.props).toEqual({ step: 1 })
  expect(world.collector.kept('identify')[0]?.props).toEqual({
    email: 'ann@acme.example',
    traits: { company: 'Acme', nested: { a: 1 } },
  })
})

test('captures that are off and pages that are excluded stay silent', async () => {
  const body = `<a href="/a.pdf">a</a><form>${CONTACT}</form>`
  const attributes = 'data-forms="off" data-downloads="off" data-exclude="/admin/*, /intern"'
  await world.open(body, { attributes })
  await world.page.evaluate(() => addEventListener('click', event => event.preventDefault()))
  await world.page.click('a')
  await look(world.page)
  await world.page.evaluate(() => {
    document.querySelector('form')!.addEventListener('submit', event => event.preventDefault())
    document.querySelector('form')!.requestSubmit()
    history.pushState({}, '', '/admin/users')
    history.pushState({}, '', '/intern')
    history.pushState({}, '', '/internal')
  })
  await world.fence()
  expect(world.collector.kept('engagement').map(({ page: at }) => at?.url)).toEqual([`${world.site.url}/`])
  const seen = world.collector.kept().filter(({ type }) => !/engagement|web_vital/.test(type))
  expect(seen.map(({ type, page: at }) => [type, at?.url])).toEqual([
    ['page_view', `${world.site.url}/`],
    ['page_view', `${world.site.url}/internal`],
    ['fence', `${world.site.url}/internal`],
  ])
})

test('a second copy of the tag does nothing', async () => {
  await world.open(tag(world.collector))
  await world.fence()
  expect(world.collector.kept('page_view')).toHaveLength(1)
})

test('the bundle is ours alone: no dependency, no validator', () => {
  const foreign = Object.keys(world.snippet.inputs).filter(input => !/^(snippet|shared)\//.test(input))
  expect(foreign).toEqual([])
  expect(Object.keys(world.snippet.inputs)).not.toContain('shared/events.ts')
})

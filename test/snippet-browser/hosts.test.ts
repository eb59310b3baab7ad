import { expect, test } from 'vitest'
import { PROTOTYPE } from './flow.ts'
import { CONTACT, useWorld } from './world.ts'

const world = useWorld()

test('without fetch events wait for a visit with it, and the page works', async () => {
  const old = await world.profile.newPage()
  await old.addInitScript('delete window.fetch')
  await world.open(`<form action="/thanks">${CONTACT}</form>`, { on: old })
  await old.evaluate(() => window.goldpan?.('identify', 'ann@acme.example'))
  await Promise.all([old.waitForURL('**/thanks?**'), old.click('button')])
  expect(world.collector.requests).toEqual([])
  await world.open('', { path: '/later' })
  await world.collector.until('form_submit')
  await world.collector.until('identify')
  await world.fence()
  for (const type of ['identify', 'form_submit']) expect(world.collector.arrivals(type)).toHaveLength(1)
  expect(new Set(world.collector.kept().map(({ envelope }) => envelope.visitor)).size).toBe(1)
})

test('without crypto ids are made all the same', async () => {
  await world.page.addInitScript('delete window.crypto')
  await world.open('')
  const [view] = await world.collector.until('page_view')
  expect(view?.envelope.visitor).toMatch(/^(?!0+$)\d{39,}$/)
})

test('where an old library writes lists as strings, the collector can read them', async () => {
  await world.page.addInitScript(PROTOTYPE)
  await world.open(`<form action="/thanks">${CONTACT}</form>`)
  await world.page.evaluate(() => window.goldpan?.('track', 'tags', { tags: ['a', ['b']] }))
  const [tags] = await world.collector.until('tags')
  expect(JSON.parse(`${tags?.props?.tags}`)).toEqual(['a', ['b']])
  await Promise.all([world.page.waitForURL('**/thanks?**'), world.page.click('button')])
  const [submit] = await world.collector.until('form_submit')
  expect(submit?.props?.fields).toMatchObject([{ value: 'ann@acme.example' }, { value: 'Acme' }])
})

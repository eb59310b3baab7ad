import { expect, test } from 'vitest'
import { CONTACT, useWorld } from './world.ts'

const world = useWorld()

test('without fetch it sends by beacon, each event once', async () => {
  await world.page.addInitScript('delete window.fetch')
  await world.open('')
  await world.collector.until('page_view')
  await world.page.evaluate(() => window.goldpan?.('identify', 'ann@acme.example'))
  await world.collector.until('identify')
  await world.open('')
  await world.fence()
  expect(world.collector.arrivals('identify')).toHaveLength(1)
  expect(world.collector.requests.at(-1)?.headers['content-type']).toBe('text/plain;charset=UTF-8')
})

test('without crypto ids are made all the same', async () => {
  await world.page.addInitScript('delete window.crypto')
  await world.open('')
  const [view] = await world.collector.until('page_view')
  expect(view?.envelope.visitor).toMatch(/^(?!0{32})[0-9a-f]{32}$/)
})

test('arrays stay arrays where an old library gave them a toJSON', async () => {
  await world.page.addInitScript(() => {
    Object.defineProperty(Array.prototype, 'toJSON', { value: () => 'broken', enumerable: false })
  })
  await world.open(`<form action="/thanks">${CONTACT}</form>`)
  await world.page.evaluate(() => window.goldpan?.('track', 'tags', { tags: ['a', ['b']] }))
  const [tags] = await world.collector.until('tags')
  expect(tags?.props).toEqual({ tags: ['a', ['b']] })
  await Promise.all([world.page.waitForURL('**/thanks?**'), world.page.click('button')])
  const [submit] = await world.collector.until('form_submit')
  expect(submit?.props?.fields).toHaveLength(2)
})

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

test('a page that forbids changes to its forms and history is recorded all the same', async () => {
  await world.page.addInitScript(() => {
    for (const [target, name] of [
      [HTMLFormElement.prototype, 'submit'],
      [history, 'pushState'],
    ] as const)
      Object.defineProperty(target, name, {
        get: () => () => {},
        set: () => {
          throw new TypeError('read only')
        },
      })
    Object.freeze(HTMLFormElement.prototype)
    Object.freeze(history)
  })
  await world.open(`<a href="/a.pdf">a</a><form>${CONTACT}</form>`)
  await world.page.evaluate(() => {
    for (const type of ['click', 'submit'])
      document.body.addEventListener(type, event => {
        if (event.target instanceof HTMLButtonElement) return
        event.preventDefault()
      })
    window.goldpan?.('track', 'early')
  })
  await world.page.click('a')
  await world.page.click('button')
  await world.fence()
  const types = world.collector.kept().map(({ type }) => type)
  expect(new Set(types)).toEqual(
    new Set([
      ...types.filter(type => type === 'engagement'),
      'page_view',
      'early',
      'download',
      'form_submit',
      'fence',
    ]),
  )
})

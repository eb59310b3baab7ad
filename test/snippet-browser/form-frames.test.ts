import { beforeEach, expect, test } from 'vitest'
import { html, useWorld } from './world.ts'

const world = useWorld()
beforeEach(() => world.hurry())

/** Opens a page, and waits for what watches its frames. */
const open = async (body: string): Promise<void> => {
  await world.open(body)
  await world.part('forms')
}

const form = (id: string) =>
  `<form id="${id}" action="/stay/sent"><input name="company" value="Acme"><button>Send</button></form>`
const login =
  '<form id="login" action="/stay/login"><input name="user"><input type="password" autocomplete="current-password"><button>Go</button></form>'

const submitted = () => world.collector.kept('form_submit').map(({ props }) => Object(props?.form).id)

/** A frame whose page has not the tag, how it comes about, and the ids of the forms sent in it. */
const frames: readonly (readonly [what: string, body: string, add?: string])[] = [
  ['there at load', '<iframe src="/frame"></iframe>'],
  ['slow to load', '<iframe src="/frame" loading="lazy"></iframe>'],
  ['its text in the page', `<iframe srcdoc='${form('framed')}'></iframe>`],
  ['added later', '', '<iframe src="/frame"></iframe>'],
  ['added later with its text in the page', '', `<iframe srcdoc='${form('framed')}'></iframe>`],
]

test.each(frames)('a form in a frame counts once: %s', async (_, body = '', add = '') => {
  world.site.pages.set('/frame', form('framed') + login)
  await open(body)
  await world.page.evaluate(text => document.body.insertAdjacentHTML('beforeend', text), add)
  const frame = world.page.frameLocator('iframe')
  await frame.locator('#framed button').click()
  await world.fence()
  expect(submitted()).toEqual(['framed'])
  expect(world.collector.kept('page_view')).toHaveLength(1)
})

test('a frame that moves to another page keeps counting', async () => {
  world.site.pages.set('/frame', `<a href="/frame2">next</a>${login}`)
  world.site.pages.set('/frame2', form('second'))
  await open('<iframe src="/frame"></iframe>')
  const frame = world.page.frameLocator('iframe')
  await frame.locator('[type=password]').fill('correct-horse-battery')
  await frame.locator('#login button').click()
  await frame.locator('a').click()
  await frame.locator('#second button').click()
  await world.fence()
  expect(submitted()).toEqual(['second'])
})

test('a form whose answer comes into a frame counts once', async () => {
  await open(`<iframe name="sink"></iframe>${form('sunk').replace('action', 'target="sink" action')}`)
  await world.page.click('button')
  await world.fence()
  expect(submitted()).toEqual(['sunk'])
})

test('a frame that has the tag itself counts its forms once', async () => {
  world.site.pages.set('/frame', html(world.collector, form('framed')))
  await open('<iframe src="/frame"></iframe>')
  await world.page.frames()[1]?.waitForFunction(() => window.goldpan?.live)
  await world.page.frameLocator('iframe').locator('#framed button').click()
  await world.collector.until('form_submit')
  await world.fence()
  expect(submitted()).toEqual(['framed'])
})

test('a frame of another site is none of ours, and breaks nothing', async () => {
  world.site.pages.set('/frame', form('foreign'))
  await open(`<iframe src="${world.site.url.replace('127.0.0.1', 'other.localhost')}/frame"></iframe>`)
  await world.page.frameLocator('iframe').locator('#foreign button').click()
  await world.fence()
  expect(submitted()).toEqual([])
})

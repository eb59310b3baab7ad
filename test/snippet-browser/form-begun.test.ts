import { beforeEach, expect, test } from 'vitest'
import { CONTACT, PASSWORD, useWorld } from './world.ts'

const world = useWorld()
beforeEach(() => world.hurry())

/** Opens a page, and waits for what watches how its forms are begun. */
const open = async (body: string, path = '/'): Promise<void> => {
  await world.open(body, { path })
  await world.part('forms')
}

const form = (id: string, attributes = '', fields = CONTACT) =>
  `<form id="${id}" action="/stay/sent" ${attributes}>${fields}</form>`

/** What was told of forms, oldest first: `start demo`. */
const told = () =>
  world.collector
    .kept()
    .filter(({ type }) => type.startsWith('form_'))
    .map(({ type, props }) => `${type.slice('form_'.length)} ${Object(props?.form).id}`)

const leave = async () => {
  await world.page.goto(`${world.site.url}/elsewhere`)
  await world.open('', { path: '/last' })
  await world.fence()
}

test('a form begun and left is told once each, with the page it was on', async () => {
  await open(form('a') + form('b') + form('untouched'), '/contact')
  await world.page.fill('#a [name=company]', '')
  await world.page.locator('#a [name=company]').pressSequentially('Acme')
  await world.page.locator('#a [name=email]').pressSequentially('x')
  await world.page.locator('#b [name=company]').pressSequentially('y')
  await world.fence()
  expect(told()).toEqual(['start a', 'start b'])
  await leave()
  expect(told().sort()).toEqual(['abandon a', 'abandon b', 'start a', 'start b'])
  const [abandoned] = world.collector.kept('form_abandon')
  expect(abandoned?.props?.form).toMatchObject({ id: 'a' })
  expect(abandoned?.page?.url).toBe(`${world.site.url}/contact`)
})

test('a form that was sent is not abandoned', async () => {
  await open(form('a') + form('b'))
  for (const id of ['a', 'b']) {
    await world.page.locator(`#${id} [name=company]`).pressSequentially('x')
    const sent = world.page.waitForResponse('**/stay/sent**')
    if (id === 'a') await world.page.click('#a button')
    else await world.page.evaluate(() => document.querySelector<HTMLFormElement>('#b')!.submit())
    await sent
  }
  await leave()
  expect(told()).toEqual(['start a', 'submit a', 'start b', 'submit b'])
})

test('a look into another tab is no leave', async () => {
  await open(form('a'))
  await world.page.locator('[name=company]').pressSequentially('x')
  await world.page.evaluate(() => {
    for (const hidden of [true, false]) {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
      Object.defineProperty(document, 'visibilityState', {
        value: hidden ? 'hidden' : 'visible',
        configurable: true,
      })
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    }
  })
  await Promise.all([world.page.waitForResponse('**/stay/sent**'), world.page.click('button')])
  await leave()
  expect(told()).toEqual(['start a', 'submit a'])
})

test('choosing begins a form, and so does typing in a shadow root or a frame', async () => {
  world.site.pages.set('/frame', form('framed'))
  await open(`<form id="chosen"><select name="size"><option>1<option>2</select></form>
    <form id="ticked"><input type="checkbox" name="news"></form>
    <div><template shadowrootmode="open">${form('shadow')}</template></div><iframe src="/frame"></iframe>`)
  await world.page.press('select', 'ArrowDown')
  await world.page.check('#ticked input')
  await world.page.locator('#shadow [name=company]').pressSequentially('x')
  await world.page.frameLocator('iframe').locator('[name=company]').pressSequentially('x')
  await leave()
  const ids = ['chosen', 'ticked', 'shadow', 'framed']
  expect(told().sort()).toEqual([...ids.map(id => `start ${id}`), ...ids.map(id => `abandon ${id}`)].sort())
})

/** Forms a person or a page does something to, of which nothing may be told. */
const silent: readonly (readonly [what: string, body: string, type: string])[] = [
  [
    'a log-in',
    `<input name="user"><input type="password" value="${PASSWORD}"><button>Go</button>`,
    '[name=user]',
  ],
  [
    'a log-in begun with the password',
    '<input name="user"><input type="password"><button>Go</button>',
    '[type=password]',
  ],
  [
    'a new password',
    '<input type="password" autocomplete="new-password" name="password_reset"><button>Reset password</button>',
    '[type=password]',
  ],
]

test.each(silent)('%s is neither begun nor abandoned', async (_, fields, field) => {
  await open(form('login', '', fields))
  await world.page.locator(field).pressSequentially('ann')
  await leave()
  expect(told()).toEqual([])
})

test('what the page fills in, what is only looked at and what is to be left alone begins nothing', async () => {
  await open(
    `${form('filled') + form('looked')}${form('ignored', 'data-goldpan-ignore')}
      <div data-goldpan-ignore>${form('around')}</div><input id="loose">`,
  )
  await world.page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>('#filled [name=company]')!
    field.value = 'by the page'
    for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }))
  })
  await world.page.click('#looked [name=company]')
  for (const field of ['#ignored [name=company]', '#around [name=company]', '#loose'])
    await world.page.locator(field).pressSequentially('x')
  await leave()
  expect(told()).toEqual([])
})

test('with data-forms="off" nothing is told', async () => {
  await world.open(form('a', 'class="x"'), { attributes: 'data-forms="off"' })
  // what is loaded later has had its time
  await world.part('vitals')
  await world.page.locator('[name=company]').pressSequentially('x')
  await Promise.all([world.page.waitForResponse('**/stay/sent**'), world.page.click('button')])
  await leave()
  expect(told()).toEqual([])
})

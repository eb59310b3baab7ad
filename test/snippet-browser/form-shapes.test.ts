import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useWorld } from './world.ts'

const world = useWorld()

const FIELDS = '<input name="company" value="Acme"><button>Send</button>'

/** A form that is sent natively to a path which answers 204, so that the page stays, and what is done to send it. */
interface Shape {
  readonly what: string
  readonly body: string
  /** `form` is the form's id */
  readonly act: (page: Page, form: string) => Promise<unknown>
}

const press = (page: Page, form: string) => page.click(`#${form} button`)
const byScript = (script: (form: HTMLFormElement) => void) => (page: Page, form: string) =>
  page.locator(`#${form}`).evaluate(script as (form: Element) => void)
const form = (attributes: string, fields = FIELDS) =>
  `<form id="{}" action="/stay/sent" ${attributes}>${fields}</form>`
const inShadow = (attributes = '', mode = 'open') =>
  `<div><template shadowrootmode="${mode}">${form(attributes)}</template></div>`

const shapes: readonly Shape[] = [
  { what: 'a button', body: form(''), act: press },
  { what: 'Enter', body: form(''), act: (page, id) => page.press(`#${id} input`, 'Enter') },
  { what: 'a post', body: form('method="post"'), act: press },
  { what: 'a form in a dialog', body: `<dialog open>${form('method="dialog"')}</dialog>`, act: press },
  { what: 'the page sends it itself', body: form('class="ajax"'), act: press },
  { what: 'a page that stops the event at the document', body: form('class="stopped"'), act: press },
  { what: 'requestSubmit', body: form(''), act: byScript(it => it.requestSubmit()) },
  { what: 'submit()', body: form(''), act: byScript(it => it.submit()) },
  {
    what: 'submit() of an invalid form',
    body: form('', '<input name="a" required><input name="b" value="1">'),
    act: byScript(it => it.submit()),
  },
  {
    what: 'submit() after a check',
    body: form('class="checked"'),
    act: press,
  },
  { what: 'added later', body: `<div class="later"><!--${form('')}--></div>`, act: press },
  {
    what: 'novalidate, and invalid',
    body: form('novalidate', `<input name="mail" type="email" value="x">${FIELDS}`),
    act: press,
  },
  {
    what: 'formnovalidate',
    body: form('', '<input name="company" type="email" value="x"><button formnovalidate>Send</button>'),
    act: press,
  },
  {
    what: 'formaction',
    body: form('', '<input name="company" value="Acme"><button formaction="/stay/other">Send</button>'),
    act: press,
  },
  {
    what: 'a picture for a button',
    body: form('', '<input name="company" value="Acme"><input type="image" alt="Go" width="40" height="20">'),
    act: (page, id) => page.click(`#${id} [type=image]`),
  },
  {
    what: 'a button elsewhere',
    body: `${form('', '')}<input form="{}" name="company" value="Acme"><button form="{}" id="{}-go">Send</button>`,
    act: (page, id) => page.click(`#${id}-go`),
  },
  { what: 'a target', body: form('target="_blank"'), act: press },
  { what: 'shadow root, a button', body: inShadow(), act: press },
  { what: 'shadow root, Enter', body: inShadow(), act: (page, id) => page.press(`#${id} input`, 'Enter') },
  { what: 'shadow root, the page sends it itself', body: inShadow('class="ajax"'), act: press },
  { what: 'shadow root, submit()', body: inShadow(), act: byScript(it => it.submit()) },
  {
    what: 'shadow root in a shadow root',
    body: `<div><template shadowrootmode="open">${inShadow()}</template></div>`,
    act: press,
  },
  { what: 'shadow root added later', body: '<div id="grown"></div>', act: press },
]

const submitted = () => world.collector.kept('form_submit').map(({ props }) => Object(props?.form).id)

/** Puts all the forms on one page of a site that does to them what sites do. */
const open = async (bodies: readonly string[]) => {
  await world.open(bodies.join(''))
  await world.page.evaluate(
    shadowForm => {
      for (const element of document.querySelectorAll('.later'))
        element.innerHTML = element.innerHTML.replace(/<!--|-->/g, '')
      const grown = document.querySelector('#grown')
      if (grown) grown.attachShadow({ mode: 'open' }).innerHTML = shadowForm
      const roots = [
        document,
        ...[...document.querySelectorAll('div')].flatMap(({ shadowRoot }) => shadowRoot ?? []),
      ]
      for (const element of roots.flatMap(root => [...root.querySelectorAll('.ajax')]))
        element.addEventListener(
          'submit',
          event => {
            event.preventDefault()
            event.stopImmediatePropagation()
          },
          true,
        )
      document.querySelector('.checked')?.addEventListener('submit', event => {
        event.preventDefault()
        setTimeout(() => HTMLFormElement.prototype.submit.call(event.target))
      })
      document.addEventListener(
        'submit',
        event => {
          if (event.target instanceof Element && event.target.matches('.stopped'))
            event.stopImmediatePropagation()
        },
        true,
      )
    },
    form('').replaceAll('{}', `f${shapes.findIndex(({ body }) => body.includes('grown'))}`),
  )
}

test('a form counts once, however it is sent and wherever it is', async () => {
  await open(shapes.map(({ body }, n) => body.replaceAll('{}', `f${n}`)))
  for (const [n, { act }] of shapes.entries()) await act(world.page, `f${n}`)
  await world.fence()
  const name = (id: unknown) => shapes[Number(`${id}`.slice(1))]?.what ?? id
  expect(submitted().map(name)).toEqual(shapes.map(({ what }) => what))
  const elsewhere =
    world.collector.kept('form_submit')[shapes.findIndex(({ what }) => what === 'a button elsewhere')]
  expect(elsewhere?.props?.fields).toMatchObject([{ name: 'company', value: 'Acme' }])
})

/** Names of fields that stand in for what a form has or can do. */
const HOSTILE =
  'id action name submit elements method target title length reset noValidate parentNode attributes children dataset style'

test('fields named as what a form has or can do do not hide it', async () => {
  const names = HOSTILE.split(' ')
  await open(
    names.map((name, n) =>
      form('', `<input name="${name}" value="Acme"><button>Send</button>`).replaceAll('{}', `f${n}`),
    ),
  )
  await world.page.evaluate(() => {
    for (const button of document.querySelectorAll('button')) button.click()
  })
  await world.fence()
  expect(submitted().map(id => names[Number(`${id}`.slice(1))])).toEqual(names)
})

/** Forms that are not sent, and how; then, if at all, how they are. */
const refused: readonly (readonly [what: string, attributes: string, act: Shape['act']])[] = [
  ['the browser finds it invalid', '', press],
  ['the browser finds it invalid when asked', '', byScript(it => it.requestSubmit())],
  ['the page finds it invalid', 'novalidate class="bootstrap"', press],
  ['the page finds it invalid and stops everything', 'novalidate class="bootstrap stops"', press],
  ['the page finds it invalid in a shadow root', 'novalidate class="bootstrap shadow"', press],
]

test.each(refused)('%s: no event until it is valid, then one', async (_, attributes, act) => {
  const body = form(attributes, `<input name="company" required>${FIELDS.slice(FIELDS.indexOf('<button'))}`)
  const inside = attributes.includes('shadow')
    ? `<div><template shadowrootmode="open">${body}</template></div>`
    : body
  await world.open(inside.replaceAll('{}', 'f'))
  await world.page.locator('#f').evaluate(it =>
    it.addEventListener('submit', event => {
      if (!it.matches('.bootstrap') || (it instanceof HTMLFormElement && it.checkValidity())) return
      event.preventDefault()
      if (it.matches('.stops')) event.stopImmediatePropagation()
      it.classList.add('was-validated')
    }),
  )
  await act(world.page, 'f')
  await act(world.page, 'f')
  await world.fence()
  expect(submitted()).toEqual([])
  await world.page.fill('#f input', 'Acme')
  await act(world.page, 'f')
  await world.fence()
  expect(submitted()).toEqual(['f'])
})

test('a form in a closed shadow root never breaks the page, and counts at most once', async () => {
  await world.open(inShadow('', 'closed').replaceAll('{}', 'f'))
  await world.page.click('div')
  await world.page.keyboard.press('Tab')
  await world.page.keyboard.press('Enter')
  await world.fence()
  expect(submitted().length).toBeLessThanOrEqual(1)
})

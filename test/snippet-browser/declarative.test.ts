import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { CONTACT, useWorld } from './world.ts'

const world = useWorld()

/** Markup that declares the event `it`, what a person does to it, and the props it comes with; none: it is silent. */
interface Markup {
  readonly what: string
  readonly body: string
  readonly act: (page: Page) => Promise<unknown>
  readonly props?: Readonly<Record<string, string>>
}

const click = (selector: string) => (page: Page) => page.click(selector)
const press = (selector: string, key: string) => (page: Page) => page.press(selector, key)

const markups: readonly Markup[] = [
  {
    what: 'props, their names as a script would write them',
    body: '<button data-goldpan="it" data-goldpan-seat-type="vip" data-goldpan-price="12" data-other="x">b</button>',
    act: click('button'),
    props: { seatType: 'vip', price: '12' },
  },
  { what: 'any element', body: '<p data-goldpan="it">p</p>', act: click('p'), props: {} },
  {
    what: 'an element within',
    body: '<div data-goldpan="it"><p>a <b>b</b></p></div>',
    act: click('b'),
    props: {},
  },
  {
    what: 'the innermost of two',
    body: '<div data-goldpan="outer"><p data-goldpan="it" data-goldpan-a="1">p</p></div>',
    act: click('p'),
    props: { a: '1' },
  },
  {
    what: 'a part of a picture',
    body: '<svg data-goldpan="it" width="40" height="40"><circle cx="20" cy="20" r="20"></circle></svg>',
    act: click('circle'),
    props: {},
  },
  {
    what: 'a shadow root',
    body: '<div><template shadowrootmode="open"><button data-goldpan="it">b</button></template></div>',
    act: click('button'),
    props: {},
  },
  { what: 'Enter', body: '<button data-goldpan="it">b</button>', act: press('button', 'Enter'), props: {} },
  {
    what: 'the space bar',
    body: '<button data-goldpan="it">b</button>',
    act: press('button', 'Space'),
    props: {},
  },
  {
    what: 'a click the page stops',
    body: '<button data-goldpan="it" onclick="event.stopImmediatePropagation()">b</button>',
    act: click('button'),
    props: {},
  },
  {
    what: 'a double click',
    body: '<button data-goldpan="it">b</button>',
    act: page => page.dblclick('button'),
    props: {},
  },
  {
    what: 'a form that is sent',
    body: `<form action="/stay/sent" data-goldpan="it" data-goldpan-seat="2">${CONTACT}</form>`,
    act: click('form button'),
    props: { seat: '2' },
  },
  {
    what: 'a form that is only clicked',
    body: `<form action="/stay/sent" data-goldpan="it">${CONTACT}<p>text</p></form>`,
    act: click('form p'),
  },
  {
    what: 'a form that is not valid',
    body: '<form action="/stay/sent" data-goldpan="it"><input required><button>b</button></form>',
    act: click('form button'),
  },
  {
    what: 'right click',
    body: '<p data-goldpan="it">p</p>',
    act: page => page.click('p', { button: 'right' }),
  },
  { what: 'left alone', body: '<p data-goldpan="it" data-goldpan-ignore>p</p>', act: click('p') },
  {
    what: 'left alone from above',
    body: '<div data-goldpan-ignore><p data-goldpan="it">p</p></div>',
    act: click('p'),
  },
  {
    what: 'left alone from below',
    body: '<p data-goldpan="it"><b data-goldpan-ignore>b</b></p>',
    act: click('b'),
  },
  { what: 'no name', body: '<p data-goldpan="" data-goldpan-a="1">p</p>', act: click('p') },
  { what: 'props alone', body: '<p data-goldpan-it="it">p</p>', act: click('p') },
]

test.each(markups)('declared: $what', async ({ body, act, props }) => {
  await world.open(body)
  await act(world.page)
  await world.fence()
  const own = world.collector
    .kept()
    .filter(({ type }) => !/page_view|engagement|web_vital|form_|fence/.test(type))
  expect(own.map(({ type, props: of }) => [type, of])).toEqual(props ? [['it', props]] : [])
})

test('a declared link arrives although the page goes, beside the download it is', async () => {
  await world.open('<a href="/away.pdf" data-goldpan="brochure" data-goldpan-lang="en">a</a>')
  await Promise.all([world.page.waitForURL('**/away.pdf'), world.page.click('a')])
  const [brochure] = await world.collector.until('brochure')
  expect(brochure?.props).toEqual({ lang: 'en' })
  await world.collector.until('download')
})

test('a declared form is told beside its answers', async () => {
  await world.open(`<form action="/stay/sent" data-goldpan="it">${CONTACT}</form>`)
  await world.page.click('button')
  await world.fence()
  expect(['it', 'form_submit'].map(type => world.collector.kept(type).length)).toEqual([1, 1])
})

test('a field says which trait it is', async () => {
  await world.open(`<form action="/stay/sent"><input name="field_7" data-goldpan-field="company" value="Acme">
    <input name="field_8" value="Sofia"><button>b</button></form>`)
  await world.page.click('button')
  const [submit] = await world.collector.until('form_submit')
  expect(submit?.props?.fields).toMatchObject([
    { name: 'field_7', 'data-goldpan-field': 'company', value: 'Acme' },
    { name: 'field_8', value: 'Sofia' },
  ])
})

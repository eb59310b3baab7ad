import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useWorld } from './world.ts'

const world = useWorld()

const click = (id: string) => (page: Page) => page.click(`#${id}`)
const press = (id: string) => (page: Page) => page.press(`#${id}`, 'Enter')
const clickWith = (id: string, options: Parameters<Page['click']>[1]) => (page: Page) =>
  page.click(`#${id}`, options)

/**
 * One link and what a person does to it. `{}` stands for its address up to the file's name: it answers 204, so that the
 * page stays, as it does when a file is saved.
 */
interface Shape {
  readonly what: string
  readonly body: string
  readonly act: (page: Page) => Promise<unknown>
}

const shapes: readonly Shape[] = [
  { what: 'a link', body: '<a id="a" href="{}">a</a>', act: click('a') },
  {
    what: 'an element in a link',
    body: '<a href="{}"><span>the <b id="b">file</b></span></a>',
    act: click('b'),
  },
  { what: 'a picture in a link', body: '<a href="{}"><img id="c" alt="the file"></a>', act: click('c') },
  {
    what: 'middle click',
    body: '<a id="d" href="{}">d</a>',
    act: clickWith('d', { button: 'middle' }),
  },
  {
    what: 'click for a new tab',
    body: '<a id="e" href="{}">e</a>',
    act: clickWith('e', { modifiers: ['Control'] }),
  },
  {
    what: 'click to a new tab',
    body: '<a id="e2" target="_blank" rel="noopener" href="{}">e</a>',
    act: click('e2'),
  },
  { what: 'keyboard', body: '<a id="f" href="{}">f</a>', act: press('f') },
  {
    what: 'double click',
    body: '<a id="g" href="{}" onclick="return false">g</a>',
    act: clickWith('g', { clickCount: 2 }),
  },
  {
    what: 'area',
    body: '<map name="m"><area shape="default" href="{}"></map><img id="h" usemap="#m" width="40" height="40" alt="">',
    act: click('h'),
  },
  {
    what: 'SVG link',
    body: '<svg width="60" height="20"><a href="{}"><text id="i" y="15">svg</text></a></svg>',
    act: click('i'),
  },
  {
    what: 'SVG link of old',
    body: '<svg width="60" height="20"><a xlink:href="{}"><text id="j" y="15">old</text></a></svg>',
    act: click('j'),
  },
  {
    what: 'shadow root',
    body: '<div><template shadowrootmode="open"><a id="k" href="{}"><i>k</i></a></template></div>',
    act: click('k i'),
  },
  {
    what: 'slotted into a link of a shadow root',
    body: '<div><template shadowrootmode="open"><a href="{}"><slot></slot></a></template><b id="l">l</b></div>',
    act: click('l'),
  },
  { what: 'stopped by the link', body: '<a id="m" class="stops" href="{}">m</a>', act: click('m') },
  { what: 'stopped by its parent', body: '<p class="stops"><a id="n" href="{}">n</a></p>', act: click('n') },
  { what: 'added later', body: '<div class="later"><!--<a id="o" href="{}">o</a>--></div>', act: click('o') },
  { what: 'clicked by the page', body: '<a id="p" href="{}">p</a>', act: page => pageClick(page, '#p') },
]

const pageClick = (page: Page, selector: string) =>
  page.evaluate(of => document.querySelector<HTMLElement>(of)!.click(), selector)

/** Opens all the shapes on one page of a site that stops what it can, and does to each what is to be done. */
const actOn = async (bodies: readonly string[], acts: readonly Shape['act'][], attributes = '') => {
  await world.open(bodies.join('<br>'), { attributes })
  await world.page.evaluate(() => {
    const stop = (event: Event) => event.stopImmediatePropagation()
    for (const type of ['click', 'auxclick']) {
      for (const element of document.querySelectorAll('.stops')) element.addEventListener(type, stop, true)
      document.addEventListener(type, stop)
    }
    for (const element of document.querySelectorAll('.later'))
      element.innerHTML = element.innerHTML.replace(/<!--|-->/g, '')
  })
  for (const act of acts) await act(world.page)
  await world.fence()
}

const told = (type: string) => world.collector.kept(type).map(({ props }) => props?.url)

test('a file counts once, whatever leads to it and whoever stops the event', async () => {
  const url = (n: number) => `${world.site.url}/stay/${n}.pdf`
  await actOn(
    shapes.map(({ body }, n) => body.replace('{}', `/stay/${n}.pdf?token=private#page=2`)),
    shapes.map(({ act }) => act),
  )
  expect(told('download')).toEqual(shapes.map((_, n) => url(n)))
  expect(world.collector.kept('outbound_click')).toEqual([])
  const [first] = world.collector.kept('download')
  expect(first?.props).toEqual({ url: url(0) })
})

test('a link to another host counts once, whatever leads to it and whoever stops the event', async () => {
  const out = world.site.url.replace('127.0.0.1', 'other.localhost')
  await actOn(
    shapes.map(({ body }, n) => body.replace('{}', `${out}/stay/${n}?token=private#private`)),
    shapes.map(({ act }) => act),
  )
  expect(told('outbound_click')).toEqual(shapes.map((_, n) => `${out}/stay/${n}`))
  expect(world.collector.kept('download')).toEqual([])
})

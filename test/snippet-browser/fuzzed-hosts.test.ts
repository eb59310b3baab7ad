import { expect, test } from 'vitest'
import { expectAllTold, FLOW, flowPage, MARKS, PROTOTYPE, useFlow } from './flow.ts'
import { tag, useWorld } from './world.ts'

const world = useWorld()

/** What a page may lack or have broken, and whether the events arrive all the same: when it is gone, when it fails. */
const parts: readonly (readonly [of: string, names: string, gone: boolean, fails: boolean])[] = [
  ['window', 'localStorage', true, true],
  ['window', 'sessionStorage performance Intl MutationObserver', true, true],
  ['Document.prototype', 'cookie', true, true],
  ['window', 'crypto', true, false],
  ['Crypto.prototype', 'getRandomValues()', false, false],
  ['window', 'fetch()', false, false],
  ['Navigator.prototype', 'sendBeacon()', true, true],
  ['Navigator.prototype', 'locks', true, true],
  ['LockManager.prototype', 'request()', true, true],
  ['window', 'navigation', false, false],
  ['window', 'requestIdleCallback()', true, true],
  ['window', 'setInterval() setTimeout()', false, false],
  ['window', 'queueMicrotask()', true, true],
  ['window', 'URL()', false, false],
  ['window', 'WeakSet()', false, false],
  ['window', 'Blob()', true, true],
  ['window', 'Promise()', false, false],
  ['Element.prototype', 'closest()', false, false],
  ['Element.prototype', 'matches()', false, false],
  ['Element.prototype', 'checkVisibility()', true, false],
  ['JSON', 'stringify()', false, false],
  ['JSON', 'parse()', false, false],
]

/** Takes a part away; or lets a function throw when it is called, and anything else when it is asked for. */
const sabotage = (of: string, names: string, isGone: boolean): string =>
  names
    .split(' ')
    .map(name => {
      const fails = name.endsWith('()')
        ? "value: function () { throw new TypeError('broken') }"
        : "get: function () { throw new DOMException('no', 'SecurityError') }"
      return `Object.defineProperty(${of}, '${name.replace('()', '')}', { ${isGone ? 'value: undefined' : fails} })`
    })
    .join('\n')

const cases = parts.flatMap(([of, names, gone, fails]) => [
  [names, 'gone', sabotage(of, names, true), gone] as const,
  [names, 'failing', sabotage(of, names, false), fails] as const,
])

test.each(cases)('%s %s: the page works, in silence', async (names, _, script, arrives) => {
  // what measures the vitals is not ours, and cannot do without microtasks
  const attributes = names.startsWith('queue') ? 'data-vitals="off"' : ''
  world.site.pages.set(FLOW, flowPage(world, { script: tag(world.collector, attributes) }))
  await world.page.addInitScript(script)
  expect(await useFlow(world)).toEqual({ marks: MARKS, said: [] })
  if (arrives) await expectAllTold(world)
})

/** What libraries and other tags do to a page, under which everything must arrive. */
const hosts: readonly (readonly [what: string, script: string, before?: string])[] = [
  ['Prototype 1.6', PROTOTYPE],
  ['keys on every object', "Object.prototype.extra = function () {}; Object.prototype.other = 'everywhere'"],
  ['keys on every list', "Array.prototype.extra = 'everywhere'"],
  [
    'fetch in a wrapper that reads what it gets',
    'const own = fetch; fetch = function (to, options) { options.headers = new Headers(options.headers); return own(to, options) }',
  ],
  ['promises of a library', 'window.Promise = class Promised extends Promise {}'],
  [
    'locks that are refused',
    "LockManager.prototype.request = function () { return Promise.reject(new DOMException('no', 'SecurityError')) }",
  ],
  [
    'submit() that may not be replaced',
    "Object.defineProperty(HTMLFormElement.prototype, 'requestSubmit', { writable: false })",
  ],
  ['a goldpan that is something else', "window.goldpan = 'a pan'"],
  ['a goldpan with a queue that is none', 'window.goldpan = { q: 5 }'],
  ['a goldpan that may not be replaced', "Object.defineProperty(window, 'goldpan', { value: 1 })"],
  ['an element called goldpan', '', '<div id="goldpan"></div>'],
  ['a tag that does not know itself', "Object.defineProperty(document, 'currentScript', { value: null })"],
  ['a form called as the title', '', '<form name="title"></form><form name="cookie"></form>'],
]

test.each(hosts)('%s: the page works, in silence, and all arrives', async (_, script = '', before = '') => {
  world.site.pages.set(FLOW, flowPage(world, { before }))
  await world.page.addInitScript(script)
  expect(await useFlow(world)).toEqual({ marks: MARKS, said: [] })
  await expectAllTold(world)
  expect(world.collector.bodies.join()).not.toContain('everywhere')
})

test('forms and history that are frozen: the page works, in silence, and what a person does arrives', async () => {
  world.site.pages.set(FLOW, flowPage(world))
  await world.page.addInitScript(() => {
    for (const of of [HTMLFormElement.prototype, History.prototype, history]) Object.freeze(of)
  })
  expect(await useFlow(world)).toEqual({ marks: MARKS, said: [] })
  await world.collector.until('page_view', 2)
  const [submit] = await world.collector.until('form_submit')
  expect(submit?.props?.form).toMatchObject({ id: 'ajax' })
})

test('a list whose methods all throw stops the snippet, not the page', async () => {
  world.site.pages.set(FLOW, flowPage(world))
  await world.page.addInitScript(() => {
    for (const name of ['map', 'filter', 'find', 'flatMap', 'forEach', 'includes', 'push', 'slice', 'sort'])
      Object.defineProperty(Array.prototype, name, {
        value: () => {
          throw new TypeError(name)
        },
      })
  })
  expect(await useFlow(world)).toEqual({ marks: MARKS, said: [] })
})

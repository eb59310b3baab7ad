import { expect, test } from 'vitest'
import { expectAllTold, FLOW, flowPage, MARKS, useFlow } from './flow.ts'
import { SITE, STUB, tag, useWorld } from './world.ts'

const world = useWorld()

const PROXIED = `<script async src="/proxy/goldpan.js" data-site="${SITE}"></script>`

interface Host {
  readonly what: string
  /** `{collector}` stands for where the collector is */
  readonly policy?: string
  readonly script?: string
  readonly head?: string
}

const hosts: readonly Host[] = [
  { what: "script-src 'self' with a path of the site's own", policy: "default-src 'self'", script: PROXIED },
  {
    what: 'the collector by name',
    policy: "default-src 'self'; script-src 'self' {collector}; connect-src {collector}",
  },
  {
    what: 'a nonce',
    policy: "default-src 'self'; script-src 'self' 'nonce-abc'; connect-src {collector}",
    head: `<script nonce="abc">${STUB}</script>`,
  },
  {
    what: 'a nonce, and scripts that such scripts load',
    policy: "default-src 'self'; script-src 'self' 'nonce-abc' 'strict-dynamic'; connect-src {collector}",
  },
  {
    what: 'Trusted Types',
    policy: "require-trusted-types-for 'script'; trusted-types 'none'",
  },
  { what: 'a base that leads elsewhere', head: '<base href="https://elsewhere.example/sub/">' },
  {
    what: 'a path of its own and a base',
    head: '<base href="/proxy/">',
    script: PROXIED.replace('/proxy/', ''),
  },
  { what: 'a tag that is a module', script: 'module' },
  { what: 'a tag that a script puts in', script: 'injected' },
]

const scripts: Readonly<Record<string, () => string>> = {
  module: () => tag(world.collector).replace('async', 'type="module" async'),
  injected: () =>
    `<script>{ const of = document.createElement('script'); of.async = true; of.dataset.site = '${SITE}'
      of.src = '${world.collector.url}/goldpan.js'; document.head.append(of) }</script>`,
}

test.each(hosts)('$what: all arrives, in silence', async ({ policy, script = '', head = '' }) => {
  const own = scripts[script]?.() ?? (script || tag(world.collector))
  const tagged = policy?.includes('nonce') ? own.replace('<script', '<script nonce="abc"') : own
  // what the page itself loads and sends is not the point
  const page = flowPage(world, { head, script: tagged })
    .replace('src="/flow.js"', `src="${world.site.url}/flow.js" nonce="abc"`)
    .replaceAll(/(action|href)="\/(stay|left)/g, `$1="${world.site.url}/$2`)
  world.site.pages.set(FLOW, page)
  if (policy)
    world.site.headers.set(FLOW, {
      'Content-Security-Policy': policy.replaceAll('{collector}', world.collector.url),
    })
  const result = await useFlow(world)
  world.site.headers.delete(FLOW)
  expect(result).toEqual({ marks: MARKS, said: [] })
  await expectAllTold(world)
})

test('connect-src that forbids the collector: the page works, and nothing is thrown', async () => {
  world.site.pages.set(FLOW, flowPage(world))
  world.site.headers.set(FLOW, { 'Content-Security-Policy': "connect-src 'none'" })
  const { marks } = await useFlow(world)
  world.site.headers.delete(FLOW)
  const own = marks.split(' ').filter(mark => !mark.startsWith('violation:connect-src'))
  expect(own.join(' ')).toBe(MARKS)
  expect(world.collector.requests).toEqual([])
})

/** A page in a frame of another page. */
const frames: readonly (readonly [what: string, attributes: string, host: string])[] = [
  ['a sandbox, where nothing may be stored', 'sandbox="allow-scripts allow-forms"', '127.0.0.1'],
  ['another site', '', 'other.localhost'],
  ['the same site', '', '127.0.0.1'],
]

test.each(frames)('a page in a frame of %s: it works, and all arrives', async (_, attributes, host) => {
  world.site.pages.set('/framed', flowPage(world))
  world.site.pages.set(
    '/frames',
    `<title>outer</title><iframe ${attributes} src="${world.site.url.replace('127.0.0.1', host)}/framed"></iframe>`,
  )
  const said: string[] = []
  world.page.on('console', message => said.push(message.text()))
  await world.page.goto(`${world.site.url}/frames`)
  const frame = world.page.frameLocator('iframe')
  await frame.locator('html[data-loaded]').waitFor({ state: 'attached' })
  for (const id of ['#go', '#ajax button', '#script']) await frame.locator(id).click()
  await frame.locator('html[data-marks$="submit script "]').waitFor({ state: 'attached' })
  expect(await frame.locator('html').getAttribute('data-marks')).toBe(`${MARKS} `)
  const submits = await world.collector.until('form_submit', 2)
  const [pressed] = await world.collector.until('pressed')
  expect(submits.map(({ props }) => Object(props?.form).id)).toEqual(['ajax', 'native'])
  expect(pressed?.page?.url).toContain('/framed')
  expect(said).toEqual([])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fact } from '../../collector/contracts/facts.ts'
import { NO_BEHAVIOUR } from '../../collector/enrich/behaviour.ts'
import { startReading } from '../../collector/enrich/reading.ts'
import { AT, fact, model, submit } from './fixtures.ts'

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'

const MODEL = model({
  pages: [
    { name: 'pricing', globs: ['/pricing/**', '/цени'] },
    { name: 'all', globs: ['/**'] },
  ],
  assets: [{ name: 'deep', globs: ['*guide*'] }],
  forms: [
    { name: 'demo', globs: ['*demo*'] },
    { name: 'newsletter', globs: ['newsletter*'] },
  ],
  lists: { staff: { domains: ['our.example'], emails: [], companies: [], ips: ['203.0.113.0/24'] } },
  needs: [
    { tag: 'rebranding', words: ['rebrand', 'ребрандинг'], pages: ['/brand-strategy'], assets: ['*brand*'] },
    { tag: 'pricing', words: ['price'], pages: ['/pricing'], assets: [] },
  ],
})

const onPage = (url: string, given: Partial<Fact> = {}): Fact =>
  fact({ page: { url: `https://www.site.example${url}` }, ...given })

const read = (...facts: readonly Fact[]) => facts.map(startReading(MODEL, NO_BEHAVIOUR))

test('a page view has its page and its view', () => {
  const view = fact({
    page: {
      url: 'https://Site.example/Pricing/?utm_source=x#top',
      title: 'Prices',
      referrer: 'https://a.example/',
    },
  })
  const [evidence] = read(view)
  expect(evidence).toMatchObject({
    at: AT,
    traffic: { kind: 'human', evidence: null },
    page: {
      url: 'https://Site.example/Pricing/?utm_source=x#top',
      host: 'site.example',
      path: '/pricing',
      title: 'Prices',
      category: 'pricing',
      referrer: 'https://a.example/',
    },
    view: { id: view.id, engagedMs: 0, scrollPct: 0 },
  })
})

test('paths are read decoded', () => {
  expect(read(onPage('/%D1%86%D0%B5%D0%BD%D0%B8/'))[0]?.page).toMatchObject({
    path: '/цени',
    category: 'pricing',
  })
})

test('a page that is no URL is no page', () => {
  expect(
    read(fact({ page: { url: 'http://' } }), fact({ page: { url: 'pricing' } })).map(({ page }) => page),
  ).toEqual([null, null])
  expect(read(fact({ page: { url: '/pricing' } }))[0]?.page).toMatchObject({
    host: '',
    path: '/pricing',
    category: 'pricing',
  })
})

const report = (view: string, engagedMs: number, afterMs: number, scrollPct = 0): Fact =>
  fact({ type: 'engagement', occurredAt: AT + afterMs, props: { view, engagedMs, scrollPct } })

test('reports belong to the page of their view, their totals only grow', () => {
  const view = onPage('/pricing')
  const elsewhere = onPage('/blog', { occurredAt: AT + 1 })
  const [, , first, lower, last] = read(
    view,
    elsewhere,
    report(view.id, 5_000, 10_000, 40),
    report(view.id, 3_000, 20_000, 90),
    report(view.id, 12_000, 30_000, 20),
  )
  expect(first).toMatchObject({
    page: { path: '/pricing' },
    view: { id: view.id, engagedMs: 5_000, scrollPct: 40 },
  })
  expect(lower?.view).toEqual({ id: view.id, engagedMs: 5_000, scrollPct: 90 })
  expect(last?.view).toEqual({ id: view.id, engagedMs: 12_000, scrollPct: 90 })
})

test('nobody is engaged for longer than the time since the view began', () => {
  const view = onPage('/pricing')
  expect(read(view, report(view.id, 3_600_000, 7_000, 400))[1]?.view).toEqual({
    id: view.id,
    engagedMs: 7_000,
    scrollPct: 100,
  })
})

test('a report of an unknown view has neither view nor page', () => {
  const stray = onPage('/pricing', { type: 'engagement', props: { view: 'unknown', engagedMs: 9_000 } })
  expect(read(stray)[0]).toMatchObject({ page: null, view: null })
})

test('a download has its file and depth', () => {
  const download = (file: string) =>
    onPage('/', { type: 'download', props: { url: `https://site.example/${file}`, file } })
  expect(read(download('10-Strategies%20Guide.pdf'), download('logo.png')).map(({ asset }) => asset)).toEqual(
    [
      { file: '10-Strategies Guide.pdf', depth: 'deep' },
      { file: 'logo.png', depth: null },
    ],
  )
  expect(read(onPage('/guide'))[0]?.asset).toBeNull()
})

test.each([
  [
    'its id',
    { id: 'newsletter-footer', action: '/demo' },
    '/demo',
    { id: 'newsletter-footer', kind: 'newsletter' },
  ],
  ['its name', { name: 'request_demo' }, '/', { id: 'request_demo', kind: 'demo' }],
  [
    'where it is sent',
    { id: 'f1', action: 'https://x.example/go/Demo-Request/?a=1' },
    '/',
    { id: 'f1', kind: 'demo' },
  ],
  ['the page it stands on', { id: 'f1' }, '/en/book-a-demo/', { id: 'f1', kind: 'demo' }],
  ['nothing', {}, '/contact', { id: null, kind: null }],
  ['not a folder of the page', { id: 'f1' }, '/demo/thanks', { id: 'f1', kind: null }],
])('a form is known by %s', (_by, form, path, expected) => {
  expect(read(onPage(path, { type: 'form_submit', props: { form, fields: [] } }))[0]?.form).toEqual(expected)
})

test('the touchpoint of a session is made by its first event with a page', () => {
  const landing = fact({
    page: {
      url: 'https://site.example/lp?utm_source=google&utm_medium=cpc&utm_term=crm&gclid=abc',
      referrer: 'https://www.google.com/',
    },
  })
  const [before, first, second, other] = read(
    fact({ type: 'ping' }),
    landing,
    onPage('/pricing', { occurredAt: AT + 1 }),
    onPage('/', { session: 'session-2', occurredAt: AT + 2 }),
  )
  expect(before?.touchpoint).toBeNull()
  expect(first?.touchpoint).toEqual({
    at: AT,
    channel: 'paid_search',
    source: 'google',
    referrer: 'https://www.google.com/',
    utm: { source: 'google', medium: 'cpc', term: 'crm' },
    clickId: 'gclid',
    landingPath: '/lp',
  })
  expect(second?.touchpoint).toBe(first?.touchpoint)
  expect(other?.touchpoint).toMatchObject({ channel: 'direct', landingPath: '/' })
})

test('events without a session are each their own', () => {
  const [first, second] = read(
    onPage('/?utm_medium=email', { session: null }),
    onPage('/b', { session: null }),
  )
  expect([first?.touchpoint?.channel, second?.touchpoint?.channel]).toEqual(['email', 'direct'])
})

test('robots are known by their user agent, whoever hands it on', () => {
  const [person, robot, log, operator] = read(
    fact({ userAgent: CHROME }),
    fact({ userAgent: GOOGLEBOT }),
    fact({ userAgent: GOOGLEBOT, origin: 'server' }),
    fact({ userAgent: GOOGLEBOT, origin: 'operator' }),
  )
  expect(person?.traffic.kind).toBe('human')
  expect(robot?.traffic).toEqual({
    kind: 'bot',
    evidence: 'user agent names Googlebot, a crawler of a search engine',
  })
  expect(log?.traffic.kind).toBe('bot')
  expect(operator?.traffic.kind).toBe('human')
})

test.each([
  [
    'a field to be left empty',
    { fields: [{ label: 'Leave this field blank', name: 'q', value: 'x' }] },
    'Leave this field blank',
  ],
  ['an unseen field named like a trap', { fields: [], traps: ['utm_source', 'hp_name'] }, 'hp_name'],
  [
    'the trap of a mailing list',
    { fields: [], traps: ['b_0123456789abcdef0123_ab12cd34ef'] },
    'b_0123456789abcdef0123_ab12cd34ef',
  ],
])('who fills in %s is a robot', (_what, props, trap) => {
  const [evidence] = read(fact({ type: 'form_submit', props }))
  expect(evidence?.traffic).toEqual({ kind: 'bot', evidence: `filled in a trap for robots, "${trap}"` })
})

test.each([
  [
    'an unseen field the page may have filled',
    { fields: [], traps: ['company', 'utm_source', 'website'] },
    'browser',
  ],
  [
    'a question asked of people',
    { fields: [{ label: 'Anti-spam: 3 + 4 =', name: 'q', value: '7' }] },
    'browser',
  ],
  ['what comes from a server', { fields: [], traps: ['hp_name'] }, 'server'],
] as const)('%s is no trap', (_what, props, origin) => {
  const [evidence] = read(fact({ type: 'form_submit', props, origin }))
  expect(evidence?.traffic.kind).toBe('human')
})

test('what came too late is marked', () => {
  expect(read(fact({ tooLate: true }))[0]?.traffic.kind).toBe('too_late')
})

test('our own network is internal', () => {
  const [own, other] = read(fact({ ip: '203.0.113.0' }), fact({ ip: '203.0.114.0' }))
  expect([own?.traffic.kind, other?.traffic.kind]).toEqual(['internal', 'human'])
})

test('from the moment they give a staff address, what a person does is internal', () => {
  const identify = fact({ type: 'identify', props: { email: 'me@our.example' } })
  expect(read(onPage('/'), identify, onPage('/pricing')).map(({ traffic }) => traffic.kind)).toEqual([
    'human',
    'internal',
    'internal',
  ])
})

test('needs are found in messages, searches, pages and files', () => {
  const message = submit([
    { label: 'Message', type: 'textarea', value: 'Търсим помощ за РЕБРАНДИНГ. What is your price?' },
  ])
  const found = read(
    message,
    submit([{ label: 'Company', value: 'Rebrand Inc' }]),
    onPage('/brand-strategy/'),
    onPage('/?utm_term=rebranding+agency', { session: 's2' }),
    onPage('/', { type: 'search', props: { query: 'how to rebrand' } }),
    onPage('/', { type: 'download', props: { file: 'Brand-Positioning.pdf', url: '' } }),
    onPage('/blog'),
  ).map(({ needs }) => needs)
  expect(found).toEqual([
    ['rebranding', 'pricing'],
    [],
    ['rebranding'],
    ['rebranding'],
    ['rebranding'],
    ['rebranding'],
    [],
  ])
})

test('the same facts read the same, and one person’s reading knows nothing of another’s', () => {
  const types = ['page_view', 'engagement', 'download', 'form_submit', 'identify', 'constructor']
  const anyFact = fc.record({
    type: fc.constantFrom(...types),
    session: fc.constantFrom('s1', 's2', null),
    page: fc.option(fc.record({ url: fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string()) })),
    props: fc.record({
      view: fc.string(),
      engagedMs: fc.integer(),
      file: fc.string(),
      form: fc.jsonValue(),
      fields: fc.array(fc.record({ label: fc.string(), value: fc.string() })),
      email: fc.emailAddress(),
    }),
    ip: fc.option(fc.ipV4()),
    userAgent: fc.option(fc.string()),
    origin: fc.constantFrom('browser' as const, 'server' as const),
  })
  const twin = structuredClone(MODEL)
  fc.assert(
    fc.property(fc.array(anyFact, { maxLength: 12 }), given => {
      const facts = given.map((one, i) => fact({ ...one, occurredAt: AT + i }))
      const once = read(...facts)
      startReading(MODEL, NO_BEHAVIOUR)(fact({ type: 'identify', props: { email: 'me@our.example' } }))
      expect(facts.map(startReading(twin, NO_BEHAVIOUR))).toEqual(once)
    }),
    { numRuns: 40 },
  )
})

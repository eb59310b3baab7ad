import { describe, expect, it } from 'vitest'
import { routesOf } from '../../collector/app.ts'
import { cookieScope, type Tracked, visitorCookies } from '../../collector/http/visitor-cookie.ts'
import { envelopeOf, eventOf, VISITOR } from '../ingest/wire-samples.ts'
import { startHarness } from './harness.ts'

const HOST_ONLY = null
const NOBODY = undefined

describe('cookieScope, as the collector sees it', () => {
  it.each([
    // page, collector, domain of the cookie
    ['https://www.example.com', 'https://go.example.com', 'example.com'],
    ['https://example.com', 'https://go.example.com', 'example.com'],
    ['https://www.example.com', 'https://example.com', 'example.com'],
    ['https://www.example.com', 'https://www.example.com/gp', HOST_ONLY],
    ['https://example.com', 'https://example.com:8443', HOST_ONLY],
    ['https://www.example.com:8443', 'https://go.example.com', 'example.com'],
    ['https://a.b.example.co.uk', 'https://go.example.co.uk', 'example.co.uk'],
    ['https://one.co.uk', 'https://two.co.uk', NOBODY],
    ['https://ann.github.io', 'https://bob.github.io', NOBODY],
    ['https://ann.github.io', 'https://ann.github.io', HOST_ONLY],
    ['https://blog.ann.github.io', 'https://go.ann.github.io', 'ann.github.io'],
    ['https://github.io', 'https://ann.github.io', NOBODY],
    ['https://пример.бг', 'https://go.пример.бг', 'xn--e1afmkfd.xn--90ae'],
    ['https://www.example.com', 'https://www.example.org', NOBODY],
    ['https://example.com.evil.example', 'https://go.example.com', NOBODY],
    ['https://notexample.com', 'https://go.example.com', NOBODY],
    ['http://www.example.com', 'http://go.example.com', 'example.com'],
    ['http://www.example.com', 'https://go.example.com', NOBODY],
    ['https://www.example.com', 'http://go.example.com', NOBODY],
    ['http://localhost:3000', 'http://localhost:8787', HOST_ONLY],
    ['http://localhost:3000', 'http://127.0.0.1:8787', NOBODY],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:8787', HOST_ONLY],
    ['http://10.0.0.1', 'http://11.0.0.1', NOBODY],
    ['http://[::1]:3000', 'http://[::1]:8787', HOST_ONLY],
    ['http://[::1]', 'http://[::2]', NOBODY],
    ['http://intranet', 'http://intranet:8787', HOST_ONLY],
    ['http://intranet', 'http://collector', NOBODY],
    ['null', 'https://go.example.com', NOBODY],
    [null, 'https://go.example.com', NOBODY],
    ['https://www.example.com', null, NOBODY],
    ['file://', 'https://go.example.com', NOBODY],
    ['moz-extension://1234', 'https://go.example.com', NOBODY],
  ])('page %s, collector %s: %s', (origin, ownUrl, domain) => {
    const scope = cookieScope({ origin, fetchSite: null, ownUrl })
    expect(scope?.domain).toBe(domain)
    if (scope) expect(scope.secure).toBe(origin?.startsWith('https:'))
  })
})

describe('cookieScope, when the browser tells', () => {
  it.each([
    ['same-origin', 'https://www.acme.example', 'https://go.example.com', HOST_ONLY],
    ['same-site', 'https://www.acme.com', 'https://go.example.com', 'acme.com'],
    ['same-site', 'https://www.acme.com', 'http://go.acme.com', 'acme.com'],
    ['same-site', 'http://localhost:3000', 'http://localhost:8787', HOST_ONLY],
    ['cross-site', 'https://www.example.com', 'https://go.example.com', NOBODY],
    ['none', 'https://www.example.com', 'https://go.example.com', NOBODY],
    ['same-origin', 'null', 'https://go.example.com', NOBODY],
  ])('%s from %s to %s: %s', (fetchSite, origin, ownUrl, domain) => {
    expect(cookieScope({ origin, fetchSite, ownUrl })?.domain).toBe(domain)
  })
})

describe('visitorCookies', () => {
  const page = { origin: 'https://www.example.com', fetchSite: null, ownUrl: 'https://go.example.com' }
  const tracked: Tracked = { publicKey: 'pk_live_x', consent: 'granted', visitor: VISITOR, denied: false }
  const carried = `a=1; goldpan.pk_live_x.visitor=${VISITOR}`
  const set = [
    `goldpan.pk_live_x.visitor=${VISITOR}; Path=/; Max-Age=34560000; SameSite=Lax; Domain=example.com; Secure`,
  ]
  const expired = [
    'goldpan.pk_live_x.visitor=; Path=/; Max-Age=0; SameSite=Lax; Secure',
    'goldpan.pk_live_x.visitor=; Path=/; Max-Age=0; SameSite=Lax; Domain=example.com; Secure',
  ]
  it.each<[string, string | null, Partial<Tracked>, readonly string[]]>([
    ['a visitor has one', null, {}, set],
    ['and keeps it', carried, {}, set],
    ['required: whoever comes with an id has agreed', null, { consent: 'required' }, set],
    ['nobody without an id has one', null, { visitor: null }, []],
    ['who comes with one and no id loses it', carried, { visitor: null }, expired],
    ['who refuses loses it', carried, { denied: true }, expired],
    ['even if it is not seen', null, { denied: true, visitor: null }, expired],
    ['cookieless: none is set', null, { consent: 'cookieless' }, []],
    ['cookieless: an old one goes', carried, { consent: 'cookieless' }, expired],
    ['another site’s is left alone', 'goldpan.pk_live_xy.visitor=v', { visitor: null }, []],
  ])('%s', (_, cookies, changes, lines) => {
    expect(visitorCookies({ ...page, cookies }, { ...tracked, ...changes })).toEqual(lines)
  })

  it.each([
    [`${VISITOR}.session-1.1700000000000`, `${VISITOR}.session-1.1700000000000`],
    [`${VISITOR}x.session-1`, VISITOR],
    ['somebody-else.session-1', VISITOR],
    [`${VISITOR}."; Domain=com`, VISITOR],
    [`${VISITOR}.${'x'.repeat(300)}`, VISITOR],
  ])('what the snippet wrote behind the same visitor is kept: %s', (value, kept) => {
    const cookies = `goldpan.pk_live_x.visitor=${value}`
    const [line] = visitorCookies({ ...page, cookies }, tracked)
    expect(line?.split('; ')[0]).toBe(`goldpan.pk_live_x.visitor=${kept}`)
  })

  it('never for a page of another site', () => {
    const from = { ...page, origin: 'https://shop.example', cookies: carried }
    expect(visitorCookies(from, tracked)).toEqual([])
    expect(visitorCookies(from, { ...tracked, denied: true })).toEqual([])
  })
})

describe('POST /v1/events', () => {
  const page = { origin: 'https://www.acme.example' }
  const publicUrl = 'https://go.acme.example'
  const ready = async () => {
    const collector = await startHarness({ publicUrl })
    const { publicKey } = collector.site.site
    const name = `goldpan.${publicKey}.visitor`
    const cookiesOf = async (body: unknown, headers: Readonly<Record<string, string>> = page) =>
      (await collector.send(body, headers)).headers.getSetCookie()
    return { ...collector, publicKey, name, cookiesOf }
  }

  it('keeps a visitor known to the page’s site', async () => {
    const { publicKey, name, cookiesOf } = await ready()
    expect(await cookiesOf(envelopeOf(undefined, publicKey))).toEqual([
      `${name}=${VISITOR}; Path=/; Max-Age=34560000; SameSite=Lax; Domain=acme.example; Secure`,
    ])
  })

  it('as Host says, when nothing is configured', async () => {
    const { send, url, site } = await startHarness()
    const answer = await send(envelopeOf(undefined, site.site.publicKey), { origin: url })
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/visitor=visitor-0001; Path=\/; Max-Age=\d+; SameSite=Lax$/),
    ])
  })

  it('forgets who refuses, unless they then agree', async () => {
    const { publicKey, name, cookiesOf } = await ready()
    const consent = (state: string) => eventOf({ type: 'consent', props: { state } })
    const cookie = `${name}=${VISITOR}`
    const gone = [expect.stringContaining(`${name}=; Path=/; Max-Age=0`), expect.stringMatching(/Max-Age=0/)]
    expect(await cookiesOf(envelopeOf([eventOf(), consent('denied')], publicKey))).toEqual(gone)
    expect(await cookiesOf(envelopeOf([consent('denied'), consent('granted')], publicKey))).toHaveLength(1)
    const { visitor: _, ...anonymous } = envelopeOf(undefined, publicKey)
    expect(await cookiesOf(anonymous, { ...page, cookie })).toEqual(gone)
    expect(await cookiesOf(anonymous)).toEqual([])
  })

  it('gives none to other sites, to programs, to servers, and for what was not taken', async () => {
    const { publicKey, site, cookiesOf } = await ready()
    const envelope = () => envelopeOf(undefined, publicKey)
    expect(await cookiesOf(envelope(), { origin: 'https://www.acme.example.evil.example' })).toEqual([])
    expect(await cookiesOf(envelope(), { origin: 'null' })).toEqual([])
    expect(await cookiesOf(envelope(), {})).toEqual([])
    const authorization = `Bearer ${site.secretKey}`
    expect(await cookiesOf(envelope(), { ...page, authorization })).toEqual([])
    expect(await cookiesOf(envelopeOf([{ nonsense: 1 }], publicKey))).toEqual([])
    expect(await cookiesOf(envelopeOf(undefined, 'pk_live_unknown'))).toEqual([])
  })

  it('is told nothing by a cookie, nor by Basic that a browser added', async () => {
    const { store, publicKey, send } = await ready()
    const { visitor: _, session: __, ...anonymous } = envelopeOf(undefined, publicKey)
    const basic = `Basic ${Buffer.from('admin:of another page').toString('base64')}`
    const cookie = `goldpan.${publicKey}.visitor=${VISITOR}; session=admin`
    await send(anonymous, { ...page, cookie, authorization: basic })
    expect(await store.factsSince('acme', 0, 10)).toMatchObject([{ visitor: null, origin: 'browser' }])
  })
})

it('no other route takes credentials of a page', async () => {
  const { deps, url, token } = await startHarness()
  const headers = {
    origin: 'https://www.acme.example',
    authorization: `Bearer ${await token('read', 'admin')}`,
  }
  for (const { method, path } of routesOf(deps)) {
    if (path === '/v1/events' && method !== 'GET') continue
    const answer = await fetch(url + path.replace(':id', 'x'), { method, headers })
    await answer.body?.cancel()
    expect(answer.headers.get('access-control-allow-credentials'), `${method} ${path}`).toBeNull()
    expect(answer.headers.getSetCookie(), `${method} ${path}`).toEqual([])
  }
})

import { describe, expect, it } from 'vitest'
import type { AppDeps } from '../../collector/app.ts'
import type { GroupCommit } from '../../collector/ingest/group-commit.ts'
import { StoreError } from '../../collector/storage/store.ts'
import { CHROME_USER_AGENT } from '../support/chromium.ts'
import { ADMIN, installIn, startIn } from '../support/collector.ts'
import { tempDir } from '../support/temp-dir.ts'
import { startHarness } from './harness.ts'

const VISITOR = 'visitor-0001'
const PAGE = 'https://www.acme.example/pricing'

type Headers = Readonly<Record<string, string>>

async function ready(
  site: {
    readonly origins?: readonly string[]
    readonly consent?: 'granted' | 'required' | 'cookieless'
  } = {},
  changes: Partial<AppDeps> = {},
) {
  let now = Date.UTC(2026, 2, 2, 12)
  const world = await startHarness({ clock: () => now, ...changes })
  const acme = await world.sites.ensure({ id: 'acme', name: 'Acme', origins: [], ...site })
  const cookie = `goldpan.${acme.publicKey}.visitor=${VISITOR}`
  const get = (query: object = {}, headers: Headers = {}, method = 'GET') => {
    const said = new URLSearchParams({ site: acme.publicKey, ...query })
    return fetch(`${world.url}/v1/p.gif?${said}`, {
      method,
      headers: { 'user-agent': CHROME_USER_AGENT, referer: PAGE, ...headers },
    })
  }
  const facts = () => world.store.factsSince('acme', 0, 100)
  return { ...world, acme, cookie, get, facts, wait: (ms: number) => (now += ms) }
}

async function isTheGif(answer: Response): Promise<void> {
  const bytes = new Uint8Array(await answer.arrayBuffer())
  expect(bytes).toHaveLength(43)
  expect(Buffer.from(bytes).toString('latin1')).toMatch(/^GIF89a.*;$/s)
  expect(answer.headers.get('content-type')).toBe('image/gif')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
}

describe('GET /v1/p.gif', () => {
  it('records a view of the page that the Referer names, without a visitor, and answers a GIF', async () => {
    const { get, facts } = await ready()
    const answer = await get()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toBeNull()
    await isTheGif(answer)
    const [view] = await facts()
    expect(view).toMatchObject({
      type: 'page_view',
      visitor: null,
      session: null,
      origin: 'browser',
      page: { url: PAGE },
      ip: '127.0.0.0',
      userAgent: CHROME_USER_AGENT,
    })
    expect(view?.subject).toBe(`fact:${view?.id}`)
  })

  it('scrubs what comes: address, title, campaign', async () => {
    const { get, facts } = await ready()
    await get({ url: `${PAGE}?email=anna@acme.example&utm_source=x`, title: 'Mail of anna@acme.example' })
    await get({ type: 'email_open', campaign: 'to anna@acme.example' })
    expect(await facts()).toMatchObject([
      { page: { url: `${PAGE}?utm_source=x`, title: 'Mail of [email]' } },
      { props: { campaign: 'to [email]' }, page: null },
    ])
  })

  it('a test key makes a test timeline', async () => {
    const { get, facts, acme } = await ready()
    expect((await get({ site: acme.testKey })).status).toBe(200)
    expect(await facts()).toMatchObject(
      [{ noted: { test: true }, subject: /^test:fact:/ }].map(one => ({
        ...one,
        subject: expect.stringMatching(one.subject),
      })),
    )
  })

  it('the same request again within seconds is one event, a reload later another', async () => {
    const { get, facts, wait } = await ready()
    await Promise.all([get(), get()])
    wait(4_000)
    expect((await get()).status).toBe(200)
    expect(await facts()).toHaveLength(1)
    await get({}, { 'accept-language': 'bg' })
    await get({ r: '17' })
    await get({}, { 'user-agent': `${CHROME_USER_AGENT} Edg/141.0.0.0` })
    expect(await facts()).toHaveLength(4)
    wait(5_000)
    await get()
    expect(await facts()).toHaveLength(5)
  })

  it('HEAD and what is fetched in advance record nothing', async () => {
    const { get, facts } = await ready()
    const head = await get({}, {}, 'HEAD')
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '43'])
    for (const headers of [
      { 'sec-purpose': 'prefetch;prerender' },
      { purpose: 'prefetch' },
      { 'x-moz': 'prefetch' },
      { 'x-purpose': 'preview' },
    ] as const satisfies readonly Headers[]) {
      const answer = await get({}, headers)
      expect([answer.status, await answer.text()]).toEqual([204, ''])
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
    expect(await facts()).toEqual([])
  })
})

describe('whose view it is', () => {
  it('the visitor’s whom the collector’s cookie names, and the cookie goes on', async () => {
    const { get, facts, cookie } = await ready()
    const answer = await get({}, { cookie: `a=b; ${cookie}`, 'sec-fetch-site': 'same-site' })
    expect(await facts()).toMatchObject([{ visitor: VISITOR, subject: VISITOR }])
    expect(answer.headers.get('set-cookie')).toMatch(
      new RegExp(`^${cookie}; Path=/; Max-Age=34560000; .*Domain=acme.example; Secure$`),
    )
  })

  it.each(['required', 'cookieless'] as const)('nobody’s on a %s site, cookie or not', async consent => {
    const { get, facts, cookie } = await ready({ consent })
    const answer = await get({}, { cookie, 'sec-fetch-site': 'same-site' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await facts()).toMatchObject([{ visitor: null, session: null }])
  })

  it('nobody’s under Global Privacy Control', async () => {
    const { get, facts, cookie } = await ready()
    const answer = await get({}, { cookie, 'sec-gpc': '1', 'sec-fetch-site': 'same-site' })
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await facts()).toMatchObject([{ visitor: null }])
  })

  it.each(['x', `${'v'.repeat(7)}`, '"; drop', ''])('nobody’s with the cookie %j', async value => {
    const { get, facts, acme } = await ready()
    await get({}, { cookie: `goldpan.${acme.publicKey}.visitor=${value}` })
    expect(await facts()).toMatchObject([{ visitor: null }])
  })

  it('a signed link’s token in the address of the page proves no click and names nobody', async () => {
    const { get, facts, cookie, url, token, store } = await ready()
    const authorization = `Bearer ${await token('write')}`
    const body = JSON.stringify({ email: 'anna@acme.example', url: PAGE })
    const made = await fetch(`${url}/v1/email-links`, { method: 'POST', headers: { authorization }, body })
    const link: string = (await made.json()).links[0].url
    const landed = (await fetch(link, { redirect: 'manual' })).headers.get('location') ?? ''
    expect(landed).toContain('utm_goldpan=')
    await get({}, { cookie, referer: landed })
    await get({ url: landed }, { cookie })
    expect((await facts()).map(({ type, page }) => [type, page?.url])).toEqual([
      ['page_view', PAGE],
      ['page_view', PAGE],
    ])
    expect(JSON.stringify(await store.factsSince('acme', 0, 100))).not.toContain('anna')
  })
})

describe('an e-mail that is opened', () => {
  it('is stored with its campaign, of nobody, wherever it is read', async () => {
    const { get, facts, cookie } = await ready({ origins: ['https://www.acme.example'] })
    const query = { type: 'email_open', campaign: 'spring', mail: '2', utm_source: 'newsletter' }
    const answer = await get(query, { referer: 'https://mail.example.net/', cookie })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toBeNull()
    await isTheGif(answer)
    expect(await facts()).toMatchObject([
      {
        type: 'email_open',
        visitor: null,
        page: null,
        props: { campaign: 'spring', mail: 2, utm_source: 'newsletter' },
      },
    ])
  })
})

describe('what follows from it', () => {
  const MODEL = `goldpan: 1
name: Opens
engagement:
  rules:
    - { id: open, on: email_open, points: 50 }
    - { id: view, on: page_view, points: 5 }
mql:
  when: { engagement: { from: 40 } }
`
  it('opens make no lead and qualify nobody; programs are flagged, as everywhere', async () => {
    const collector = await startIn(installIn(tempDir(), MODEL))
    const { publicKey } = await collector.ensureSite({ id: 'acme', name: 'Acme', origins: [] })
    const proxy = 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)'
    const ask = async (path: string, headers: Headers = ADMIN) => fetch(collector.url + path, { headers })
    for (const agent of [CHROME_USER_AGENT, proxy])
      for (const nth of [1, 2, 3])
        await ask(`/v1/p.gif?site=${publicKey}&type=email_open&campaign=spring&r=${nth}`, {
          'user-agent': agent,
        })
    await ask(`/v1/p.gif?site=${publicKey}&url=https://acme.example/`, { 'user-agent': 'Googlebot/2.1' })
    await collector.settle()
    expect((await (await ask('/v1/leads')).json()).data).toEqual([])
    expect((await (await ask('/v1/handoffs')).json()).data).toEqual([])
    const { data } = await (await ask('/v1/events?type=email_open')).json()
    const kinds: readonly string[] = data.map(
      (event: { readonly traffic: { readonly kind: string } }) => event.traffic.kind,
    )
    expect(kinds.toSorted()).toEqual([...Array(3).fill('human'), ...Array(3).fill('link_preview')])
    expect(data).toMatchObject(Array(6).fill({ props: { campaign: 'spring' }, visitor: null }))
    const views = await (await ask('/v1/events?type=page_view')).json()
    expect(views.data).toMatchObject([{ traffic: { kind: 'bot' } }])
  })
})

describe('what is not taken', () => {
  const refused = async (answer: Response, status: number, drop: string | null) => {
    expect([answer.status, answer.headers.get('x-goldpan-drop')]).toEqual([status, drop])
    await isTheGif(answer)
  }

  it('is answered with the image and an honest status', async () => {
    const { get, facts, site } = await ready()
    await refused(await get({ site: 'pk_live_nobody' }), 401, 'unknown_key')
    await refused(await get({ site: '' }), 400, 'invalid_envelope')
    await refused(await get({ site: 'x'.repeat(900) }), 400, 'invalid_envelope')
    await refused(await get({ site: site.secretKey }), 403, 'secret_key_exposed')
    await refused(await get({ type: 'identify' }), 400, 'invalid_event')
    await refused(await get({ url: 'javascript:alert(1)' }), 400, 'invalid_event')
    expect(await facts()).toEqual([])
  })

  it('is kept aside when it does not fit: 202', async () => {
    const { get, facts, store } = await ready()
    await refused(await get({ type: 'email_open', campaign: 'x'.repeat(1_025) }), 202, 'string_too_long')
    expect(await facts()).toEqual([])
    expect(await store.aside('acme', 10)).toHaveLength(1)
  })

  it('holds to the site’s origins by the Referer; who sends none may, as programs may', async () => {
    const { get, facts } = await ready({ origins: ['https://www.acme.example'] })
    await refused(await get({}, { referer: 'https://evil.example/' }), 403, 'origin_not_allowed')
    expect((await get({}, { referer: 'https://www.acme.example/' })).status).toBe(200)
    expect((await get({ url: PAGE }, { referer: '' })).status).toBe(200)
    expect(await facts()).toHaveLength(2)
  })

  it('is to be sent again while there is too much, or no store', async () => {
    const overloaded: GroupCommit = {
      submit: () => 'overloaded',
      waiting: () => ({ events: 0, bytes: 0 }),
      turn: async () => {},
      drain: async () => {},
    }
    const busy = await (await ready({}, { commits: overloaded })).get()
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '1'])
    await isTheGif(busy)
    const broken = { ...overloaded, submit: () => Promise.reject(new StoreError('full', 'no room')) }
    const full = await (await ready({}, { commits: broken })).get()
    expect([full.status, full.headers.get('retry-after')]).toEqual([503, '30'])
    const quota = await (await ready({}, { siteQuota: () => 7 })).get()
    expect([quota.status, quota.headers.get('retry-after')]).toEqual([429, '7'])
    await isTheGif(quota)
  })

  it('counts against the quota of its sender’s address, which answers in words', async () => {
    const place = installIn(tempDir())
    const env = { ...place.env, GOLDPAN_TRUSTED_PROXIES: '127.0.0.0/8', GOLDPAN_QUOTA_ADDRESS: '1' }
    const { url } = await startIn({ ...place, env })
    const ask = (ip: string) => fetch(`${url}/v1/p.gif?site=x`, { headers: { 'x-forwarded-for': ip } })
    expect((await ask('203.0.113.1')).status).toBe(401)
    const turnedAway = await ask('203.0.113.1')
    expect([turnedAway.status, turnedAway.headers.get('retry-after')]).toEqual([429, '60'])
    expect(turnedAway.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect((await ask('203.0.113.2')).status).toBe(401)
  })

  it('no address breaks it', async () => {
    const { url, acme, warnings } = await ready()
    for (const query of [
      '%',
      '%00',
      '%E0%A4',
      'site',
      '&&&=',
      `title=%ED%A0%80`,
      'x='.repeat(3_000),
      `url=https://%00`,
    ]) {
      const answer = await fetch(`${url}/v1/p.gif?site=${acme.publicKey}&${query}`)
      expect(answer.status, query).toBeLessThan(500)
      await isTheGif(answer)
    }
    expect(warnings).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { startHarness } from './harness.ts'

async function start(changes: Parameters<typeof startHarness>[0] = {}) {
  const collector = await startHarness(changes)
  const { publicKey } = collector.site.site
  const path = `${collector.url}/v1/opt-out`
  const choose = (own: string, headers: Readonly<Record<string, string>> = { origin: collector.url }) =>
    fetch(`${path}?site=${publicKey}&own=${own}`, { method: 'POST', headers, redirect: 'manual' })
  /** what is noted of an event of a browser with this Cookie header */
  async function notedWith(cookie: string, headers: Readonly<Record<string, string>> = {}) {
    await collector.send(envelopeOf(undefined, publicKey), { cookie, ...headers })
    return (await collector.store.factsSince('acme', 0, 100)).at(-1)?.noted
  }
  return { ...collector, publicKey, path, choose, notedWith, name: `goldpan.${publicKey}.own` }
}

/** As a browser sends back what it was given. */
const carried = (answer: Response): string => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''

describe('GET /v1/opt-out', () => {
  it('is a page of two buttons that needs no script and sets nothing', async () => {
    const { path, publicKey } = await start()
    const answer = await fetch(`${path}?site=${publicKey}`)
    const html = await answer.text()
    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*form-action 'self'/)
    expect(html.match(/<form method="post"/g)).toHaveLength(2)
    expect(html).not.toContain('<script')
    expect(html).toContain('This browser is counted.')
  })

  it('shows that the browser is marked', async () => {
    const { path, publicKey, name } = await start()
    const answer = await fetch(`${path}?site=${publicKey}`, { headers: { cookie: `${name}=1` } })
    expect(await answer.text()).toContain('This browser is not counted.')
  })

  it('writes a site’s name as text', async () => {
    const { path, sites } = await start()
    const made = await sites.create({ id: 'shop', name: '<b>"Shop"</b>', origins: [] })
    const key = made === 'conflict' ? '' : made.site.publicKey
    const html = await (await fetch(`${path}?site=${key}`)).text()
    expect(html).toContain('&lt;b&gt;&quot;Shop&quot;&lt;/b&gt;')
    expect(html).not.toContain('<b>')
  })

  it('knows no site but by its key', async () => {
    const { path, choose, url } = await start()
    for (const query of ['', '?site=pk_live_other', '?site=acme'])
      expect((await fetch(path + query)).status).toBe(404)
    expect((await choose('yes')).status).toBe(303)
    const unknown = await fetch(`${path}?site=acme&own=yes`, { method: 'POST', headers: { origin: url } })
    expect([unknown.status, unknown.headers.getSetCookie()]).toEqual([404, []])
  })
})

describe('POST /v1/opt-out', () => {
  it('marks the browser, and takes the mark back', async () => {
    const { choose, name } = await start()
    const marked = await choose('yes')
    expect(marked.headers.getSetCookie()).toEqual([
      `${name}=1; Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax`,
    ])
    const taken = await choose('no')
    expect(taken.headers.getSetCookie()).toEqual([`${name}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax`])
    expect(marked.headers.get('location')).toMatch(/^\?site=pk_live_/)
  })

  it('over https the mark goes along from pages of other sites', async () => {
    const publicUrl = 'https://go.acme.example'
    const { choose } = await start({ publicUrl })
    const [line] = (await choose('yes', { origin: publicUrl })).headers.getSetCookie()
    expect(line).toMatch(/HttpOnly; SameSite=None; Secure$/)
  })

  it.each([
    ['a form of another site', { origin: 'https://evil.example' }],
    ['another port of the host', { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed page', { origin: 'null' }],
    ['nobody in particular', {}],
    ['what a browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['what a browser calls same-site', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s', async (_, headers: Readonly<Record<string, string>>) => {
    const { choose } = await start()
    const answer = await choose('yes', headers)
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []])
  })
})

describe('events of a marked browser', () => {
  it('are noted so, until the mark is taken back', async () => {
    const { choose, notedWith } = await start()
    expect(await notedWith(carried(await choose('yes')))).toEqual({ optedOut: true })
    expect(await notedWith(carried(await choose('no')))).toBeNull()
  })

  it('are those of this site, and of a browser alone', async () => {
    const { name, notedWith, site } = await start()
    expect(await notedWith(`${name}x=1; goldpan.pk_live_other.own=1; ${name}=0`)).toBeNull()
    expect(await notedWith(`${name}=1`, { authorization: `Bearer ${site.secretKey}` })).toBeNull()
  })
})

describe('a link of the page to the site', () => {
  const ORIGIN = 'https://www.acme.example'

  async function open() {
    const { sites, path, url, store, send, ...rest } = await start()
    const made = await sites.create({ id: 'shop', name: 'Shop', origins: [ORIGIN] })
    if (made === 'conflict') throw new Error('a fresh store had a site')
    const { publicKey } = made.site
    const html = await (await fetch(`${path}?site=${publicKey}`)).text()
    const link = /href="(https:[^"]+)"/.exec(html)?.[1] ?? ''
    /** What is noted of a view of a page, and what is kept of its address. */
    async function view(
      page: Readonly<Record<string, string>>,
      changes: Readonly<Record<string, unknown>> = {},
    ) {
      await send({ ...envelopeOf([eventOf({ page: { url: link, ...page } })], publicKey), ...changes })
      const fact = (await store.factsSince('shop', 0, 100)).at(-1)
      return { noted: fact?.noted, url: fact?.page?.url }
    }
    return { ...rest, url, link, view, html }
  }

  it('marks the visitor who follows it, and is cut from the address', async () => {
    const { view, url, link } = await open()
    expect(link).toMatch(/^https:\/\/www\.acme\.example\/\?utm_goldpan_own=[\w-]+$/)
    const referrer = `${url}/`
    expect(await view({ referrer })).toEqual({ noted: { optedOut: true }, url: `${ORIGIN}/` })
    // a retry, a reload
    expect(await view({ referrer })).toMatchObject({ noted: { optedOut: true } })
  })

  it.each<[string, string, Readonly<Record<string, string>>, Readonly<Record<string, unknown>>]>([
    ['on a stranger’s page', 'https://evil.example/', {}, {}],
    ['in a mail or chat', '', {}, {}],
    ['that was changed', 'ours', { url: `${ORIGIN}/?utm_goldpan_own=AAAA` }, {}],
    ['for who may not be tracked', 'ours', {}, { visitor: undefined }],
  ])('%s marks nobody', async (_, from, page, changes) => {
    const { view, url } = await open()
    const referrer = from === 'ours' ? `${url}/` : from
    expect(await view({ referrer, ...page }, changes)).toMatchObject({ noted: null })
  })

  it('marks no second visitor', async () => {
    const { view, url } = await open()
    const referrer = `${url}/`
    expect(await view({ referrer })).toMatchObject({ noted: { optedOut: true } })
    expect(await view({ referrer }, { visitor: 'visitor-0002' })).toMatchObject({ noted: null })
  })

  it('is there only where the site names its origins', async () => {
    const { path, publicKey } = await start()
    expect(await (await fetch(`${path}?site=${publicKey}`)).text()).not.toContain('utm_goldpan_own')
  })
})

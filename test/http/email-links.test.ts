import { describe, expect, it } from 'vitest'
import type { AppDeps } from '../../collector/app.ts'
import { envelopeOf, eventOf, NOON } from '../ingest/wire-samples.ts'
import { CHROME_USER_AGENT } from '../support/chromium.ts'
import { startHarness } from './harness.ts'

const TARGET = 'https://www.acme.example/pricing?plan=pro#teams'
const ANNA = 'Anna@Acme.example'
const DAY = 86_400_000

async function ready(changes: Partial<AppDeps> = {}, origins = ['https://www.acme.example']) {
  let now = NOON
  const collector = await startHarness({ clock: () => now, ...changes })
  await collector.sites.ensure({ id: 'acme', name: 'Acme', origins })
  const token = await collector.token('write')

  const ask = (body: unknown, query = '') =>
    fetch(`${collector.url}/v1/email-links${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    })
  async function mint(body: unknown = { email: ANNA, url: TARGET, message: 'spring/2' }): Promise<string> {
    const { links } = await (await ask(body)).json()
    return links[0].url
  }
  const follow = (url: string, init: RequestInit = {}) => fetch(url, { redirect: 'manual', ...init })
  /** where a link leads now */
  const landing = async (url: string): Promise<string> => (await follow(url)).headers.get('location') ?? ''
  /** a browser shows a page: its tag sends the view */
  const open = (url: string, visitor = 'visitor-0001', over: object = {}) =>
    collector.send(
      {
        ...envelopeOf([eventOf({ page: { url } })], collector.site.site.publicKey),
        sentAt: now,
        visitor,
        ...over,
      },
      { 'user-agent': CHROME_USER_AGENT, origin: 'https://www.acme.example' },
    )
  const facts = () => collector.store.factsSince('acme', 0, 100)
  const clicks = async () => (await facts()).filter(({ type }) => type === 'email_click')
  return { ...collector, ask, mint, follow, landing, open, facts, clicks, wait: (ms: number) => (now += ms) }
}

describe('GET /v1/c/:token', () => {
  it('leads to the target, whose own query and fragment stay', async () => {
    const { mint, follow } = await ready()
    const answer = await follow(await mint())
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toMatch(
      /^https:\/\/www\.acme\.example\/pricing\?plan=pro&utm_goldpan=[\w-]+#teams$/,
    )
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await answer.text()).toBe('')
  })

  it('answers HEAD and robots the same, with another token each time', async () => {
    const { mint, follow, landing } = await ready()
    const link = await mint()
    const shape = (location: string | null) => location?.replace(/utm_goldpan=[\w-]+/, 'utm_goldpan=')
    const inits: readonly RequestInit[] = [
      {},
      { method: 'HEAD' },
      { headers: { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' } },
      { headers: { 'user-agent': 'curl/8.5.0' } },
    ]
    const answers = await Promise.all(inits.map(init => follow(link, init)))
    expect(
      new Set(answers.map(({ status, headers }) => `${status} ${shape(headers.get('location'))}`)).size,
    ).toBe(1)
    expect(await landing(link)).not.toBe(await landing(link))
  })

  it('records nothing, whoever follows every link of a mail', async () => {
    const { ask, follow, store } = await ready()
    const wanted = [1, 2, 3, 4, 5].map(index => ({ email: ANNA, url: `https://www.acme.example/${index}` }))
    const { links } = await (await ask({ links: wanted })).json()
    for (const { url } of links) expect((await follow(url)).status).toBe(302)
    expect(await store.counts('acme')).toMatchObject({ facts: 0, quarantined: 0, persons: 0, dirty: 0 })
  })

  it('still leads there when it is old, and says nothing', async () => {
    const { mint, landing, wait } = await ready()
    const link = await mint()
    wait(180 * DAY + 1)
    expect(await landing(link)).toBe(TARGET)
  })

  it.each(['x', 'A'.repeat(120), '%00', 'https%3A%2F%2Fevil.example%2F', 'A'.repeat(9_000)])(
    '%s is none, and a person can read so',
    async token => {
      const { url, follow } = await ready()
      const answer = await follow(`${url}/v1/c/${token}`)
      expect(answer.status).toBe(404)
      expect(answer.headers.get('location')).toBeNull()
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
      const text = await answer.text()
      expect(text).toContain('<h1>This link does not work</h1>')
      expect(text).not.toContain('evil')
    },
  )

  it('of another installation is none', async () => {
    const [one, other] = [await ready(), await ready()]
    const link = new URL(await one.mint())
    expect((await other.follow(other.url + link.pathname)).status).toBe(404)
  })
})

describe('the page event that follows', () => {
  it('makes one click of the person, and the token is stored nowhere', async () => {
    const { mint, landing, open, facts } = await ready()
    const url = await landing(await mint())
    expect((await open(url)).status).toBe(202)
    const [view, click] = await facts()
    expect(view).toMatchObject({ type: 'page_view', noted: null })
    expect(click).toMatchObject({
      type: 'email_click',
      visitor: 'visitor-0001',
      occurredAt: view?.occurredAt,
      page: { url: 'https://www.acme.example/pricing' },
      props: { campaign: 'spring', mail: 2, link: 'https://www.acme.example/pricing' },
      noted: { click: { email: 'anna@acme.example', message: 'spring/2', mintedAt: NOON } },
    })
    expect(JSON.stringify([view, click])).not.toMatch(/utm_goldpan/)
  })

  it('tells the browser nothing of it', async () => {
    const { mint, landing, open } = await ready()
    const answer = await open(await landing(await mint()))
    expect(await answer.json()).toMatchObject({ accepted: 1, duplicate: 0 })
  })

  it('makes no second one when the page is loaded again, here or in a copy of the address', async () => {
    const { mint, landing, open, clicks, wait } = await ready()
    const url = await landing(await mint())
    await open(url)
    wait(60_000)
    await open(url)
    await open(url, 'visitor-0002')
    expect(await clicks()).toMatchObject([{ visitor: 'visitor-0001', receivedAt: NOON }])
  })

  it('makes another when the mail’s link is followed again', async () => {
    const { mint, landing, open, clicks } = await ready()
    const link = await mint()
    await open(await landing(link))
    await open(await landing(link))
    expect(await clicks()).toHaveLength(2)
  })

  it('makes none after half an hour', async () => {
    const { mint, landing, open, facts, wait } = await ready()
    const url = await landing(await mint())
    wait(30 * 60_000 + 1)
    await open(url)
    expect(await facts()).toMatchObject([{ type: 'page_view' }])
  })

  it('makes none on another site, and none of who may not be tracked', async () => {
    const { mint, landing, open, sites, store, facts } = await ready()
    const [link, another] = [await mint(), await mint()]
    const other = await sites.ensure({ id: 'other', name: 'Other', origins: [] })
    await open(await landing(link), 'visitor-0001', { site: other.publicKey })
    expect(await store.factsSince('other', 0, 10)).toMatchObject([{ type: 'page_view' }])
    await open(await landing(another), undefined, { visitor: undefined, session: undefined })
    expect(await facts()).toMatchObject([{ type: 'page_view', visitor: null }])
  })

  it('sent with the test key stays apart', async () => {
    const { mint, landing, open, site, clicks } = await ready()
    await open(await landing(await mint()), 'visitor-0001', { site: site.site.testKey })
    expect(await clicks()).toMatchObject([{ subject: 'test:visitor-0001', noted: { test: true } }])
  })
})

describe('POST /v1/email-links', () => {
  it('makes one, on the collector’s address as people know it', async () => {
    const publicUrl = 'https://go.acme.example/goldpan'
    const { ask } = await ready({ publicUrl })
    const answer = await ask({ email: ANNA, url: TARGET })
    expect(answer.status).toBe(201)
    expect(await answer.json()).toEqual({
      site: 'acme',
      links: [{ url: expect.stringMatching(/^https:\/\/go\.acme\.example\/goldpan\/v1\/c\/[\w-]+$/) }],
    })
  })

  it('makes a thousand at once, in their order', async () => {
    const { ask, landing } = await ready()
    const links = Array.from({ length: 1_000 }, (_, index) => ({
      email: `p${index}@${'a'.repeat(60)}.example`,
      url: `https://www.acme.example/${'x'.repeat(200)}/${index}`,
    }))
    const answer = await (await ask({ links })).json()
    expect(answer.links).toHaveLength(1_000)
    for (const index of [0, 1, 999])
      expect(await landing(answer.links[index].url)).toMatch(new RegExp(`/${index}\\?utm_goldpan=`))
    expect((await ask({ links: [...links, ...links.slice(0, 1)] })).status).toBe(400)
  })

  it.each([
    [{}, /Expected \{email, url, message\?\}/],
    [{ links: [] }, /1 to 1000/],
    [{ email: ANNA, url: TARGET, campaign: 'x' }, /Expected/],
    [{ email: 'anna', url: TARGET }, /email: expected a person’s address/],
    [{ email: 'test@test.com', url: TARGET }, /email: expected/],
    [{ email: ANNA, url: '/pricing' }, /url: expected an absolute address/],
    [{ email: ANNA, url: 'javascript:alert(1)' }, /an http or https address/],
    [{ email: ANNA, url: 'https://evil.example/' }, /an address of the site/],
    [{ email: ANNA, url: 'https://www.acme.example.evil.example/' }, /an address of the site/],
    [{ email: ANNA, url: 'https://www.acme.example@evil.example/' }, /without user and password/],
    [{ email: ANNA, url: 'https://www.acme.example:444/' }, /an address of the site/],
    [{ email: ANNA, url: 'http://www.acme.example/pricing' }, /an address of the site/],
    [{ email: ANNA, url: 'https://www.acme.example/?utm_goldpan=x' }, /without utm_goldpan/],
    [{ email: ANNA, url: TARGET, message: 'two\nlines' }, /message: expected/],
    [{ email: ANNA, url: TARGET, message: 'm'.repeat(65) }, /message: expected at most 64/],
    [{ email: ANNA, url: `https://www.acme.example/${'p'.repeat(900)}` }, /leaves room for the token/],
  ])('%j is refused', async (body, words) => {
    const { ask } = await ready()
    const answer = await ask(body)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'invalid_body', detail: expect.stringMatching(words) })
  })

  it('says which of many is wrong, and makes none', async () => {
    const { ask } = await ready()
    const links = [
      { email: ANNA, url: TARGET },
      { email: 'nobody', url: TARGET },
    ]
    expect(await (await ask({ links })).json()).toMatchObject({ code: 'invalid_body', index: 1 })
  })

  it('leads to any https address while the site names no origins', async () => {
    const { ask } = await ready({}, [])
    expect((await ask({ email: ANNA, url: 'https://elsewhere.example/' })).status).toBe(201)
    expect((await ask({ email: ANNA, url: 'http://elsewhere.example/' })).status).toBe(400)
  })

  it('wants to know which site', async () => {
    const { ask, sites } = await ready()
    await sites.ensure({ id: 'other', name: 'Other', origins: ['https://other.example'] })
    expect(await (await ask({ email: ANNA, url: TARGET })).json()).toMatchObject({ code: 'site_required' })
    expect((await ask({ email: ANNA, url: TARGET }, '?site=acme')).status).toBe(201)
    expect((await ask({ email: ANNA, url: TARGET }, '?site=other')).status).toBe(400)
  })
})

import { describe, expect, it } from 'vitest'
import { TRAIT_NAMES } from '../../shared/traits.ts'
import { envelopeOf, eventOf, NOON } from '../ingest/wire-samples.ts'
import { CHROME_USER_AGENT } from '../support/chromium.ts'
import { startHarness } from './harness.ts'

const SHOP = 'https://shop.example'
const VISITOR = 'visitor-0123456789'
const BROWSER = { origin: SHOP, 'user-agent': CHROME_USER_AGENT } as const
const CEO = 'ceo@acme.example'

interface Sent {
  readonly visitor?: string
  readonly at?: number
  readonly key?: string
  readonly secret?: string
}

async function ready(
  settings: { readonly progressive?: boolean; readonly origins?: readonly string[] } = {},
) {
  let now = NOON
  const collector = await startHarness({ clock: () => now })
  const { progressive = true, origins = [] } = settings
  const site = await collector.sites.ensure({ id: 'acme', name: 'Acme', origins, progressive })
  const fill = async (
    fields: Readonly<Record<string, string>>,
    { visitor = VISITOR, at, key, secret }: Sent = {},
  ) => {
    now += 1_000
    const named = Object.entries(fields).map(([name, value]) => ({ name, 'data-goldpan-field': name, value }))
    const event = eventOf({ type: 'form_submit', at: at ?? now, props: { form: { id: 'f' }, fields: named } })
    const envelope = { ...envelopeOf([event], key ?? site.publicKey), sentAt: now, visitor }
    const headers = secret ? { authorization: `Bearer ${secret}` } : { ...BROWSER }
    expect(await (await collector.send(envelope, headers)).json()).toMatchObject({ accepted: 1 })
  }
  const post = (body: unknown, headers: Readonly<Record<string, string>> = BROWSER) =>
    fetch(`${collector.url}/v1/profile/unknown`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const unknown = async (
    over: Readonly<Record<string, unknown>> = {},
    headers?: Readonly<Record<string, string>>,
  ) => {
    const answer = await post({ site: site.publicKey, visitor: VISITOR, ...over }, headers)
    expect(answer.status).toBe(200)
    const body = await answer.json()
    expect(Object.keys(body)).toEqual(['unknown'])
    return body.unknown as readonly string[]
  }
  const without = (...known: readonly string[]) => TRAIT_NAMES.filter(name => !known.includes(name))
  return {
    ...collector,
    fill,
    post,
    unknown,
    without,
    pass: (ms: number) => (now += ms),
    publicKey: site.publicKey,
  }
}

describe('POST /v1/profile/unknown', () => {
  it('says what is still unknown of who is at the browser, never what is known', async () => {
    const { fill, unknown, without } = await ready()
    expect(await unknown()).toEqual(TRAIT_NAMES)
    await fill({ email: CEO, firstName: 'Ada', lastName: 'Lovelace', company: 'Acme', message: 'Hello' })
    expect(await unknown()).toEqual(without('email', 'firstName', 'lastName', 'fullName', 'company'))
    await fill({ companySize: '50-200', teamSize: '5' })
    expect(await unknown({ fields: ['company', 'company-size', 'TeamSize', 'industry', 'message'] })).toEqual(
      ['industry', 'message'],
    )
  })

  it('tells who types somebody else’s address nothing of them', async () => {
    const { fill, unknown, without } = await ready()
    await fill(
      { email: CEO, firstName: 'Ada', company: 'Acme', phone: '+359888123456' },
      { visitor: 'visitor-of-the-ceo' },
    )
    await fill({ email: CEO, jobTitle: 'CEO' }, { visitor: 'visitor-of-the-ceo' })
    await fill({ email: CEO })
    expect(await unknown()).toEqual(without('email'))
    await fill({ email: 'nobody.yet@acme.example' }, { visitor: 'visitor-of-another' })
    expect(await unknown({ visitor: 'visitor-of-another' })).toEqual(without('email'))
  })

  it('begins anew when somebody else is named at the browser', async () => {
    const { fill, unknown, without } = await ready()
    await fill({ company: 'Acme' })
    await fill({ email: CEO, firstName: 'Ada' })
    await fill({ phone: '+359888123456' })
    expect(await unknown()).toEqual(without('email', 'firstName', 'company', 'phone'))
    await fill({ email: 'bob@acme.example', industry: 'IT' })
    expect(await unknown()).toEqual(without('email', 'industry'))
    await fill({ email: CEO })
    expect(await unknown()).toEqual(without('email'))
  })

  it('counts nothing that a server said, nor what was dated back', async () => {
    const { fill, unknown, site } = await ready()
    await fill({ email: CEO, company: 'Acme' }, { secret: site.secretKey })
    await fill({ email: CEO, company: 'Acme' }, { at: NOON - 600_000 })
    expect(await unknown()).toEqual(TRAIT_NAMES)
  })

  it.each([
    ['a visitor nobody knows', { visitor: 'visitor-unheard-of' }, undefined],
    ['a robot', {}, { ...BROWSER, 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' }],
  ])('%s is answered alike: everything is unknown', async (_, over, headers) => {
    const { fill, unknown } = await ready()
    await fill({ email: CEO, company: 'Acme' })
    expect(await unknown(over, headers)).toEqual(TRAIT_NAMES)
    expect(await unknown({ ...over, fields: ['company', 'x'] }, headers)).toEqual(['company', 'x'])
  })

  it('is off unless the site says otherwise, and answers alike then', async () => {
    const { fill, unknown } = await ready({ progressive: false })
    await fill({ email: CEO, company: 'Acme' })
    expect(await unknown()).toEqual(TRAIT_NAMES)
    const { sites } = await ready()
    expect((await sites.create({ id: 'new', name: 'New', origins: [] })) as object).toMatchObject({
      site: { progressive: false },
    })
  })

  it('is for the pages of the site', async () => {
    const { post, publicKey } = await ready({ origins: [SHOP] })
    const body = { site: publicKey, visitor: VISITOR }
    const denied = await post(body, { ...BROWSER, origin: 'https://evil.example' })
    expect(denied.status).toBe(403)
    expect(denied.headers.get('access-control-allow-origin')).toBeNull()
    const allowed = await post(body)
    expect(allowed.headers.get('access-control-allow-origin')).toBe(SHOP)
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull()
    expect(allowed.headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    ['{', 400, 'invalid_json'],
    [{}, 400, 'invalid_body'],
    [{ site: 'pk', visitor: VISITOR, email: CEO }, 400, 'invalid_body'],
    [{ site: 'pk', visitor: VISITOR, fields: Array(100).fill('x') }, 400, 'invalid_body'],
    [{ site: 'pk_live_unknown', visitor: VISITOR }, 401, 'unknown_key'],
  ])('%j is refused: %i %s', async (body, status, code) => {
    const { post } = await ready()
    const answer = await post(body)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code })
  })
})

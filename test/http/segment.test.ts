import { describe, expect, it } from 'vitest'
import { DROP_HEADER } from '../../collector/http/cors.ts'
import { CALLS } from '../../collector/ingest/segment/event.ts'
import { MESSAGES_PER_BATCH } from '../../collector/ingest/segment/open.ts'
import { StoreError } from '../../collector/storage/store.ts'
import { NOON } from '../ingest/wire-samples.ts'
import { type Harness, startHarness } from './harness.ts'

const PAGE = 'https://www.acme.example'
const BROWSER = '5e9c1d34-1b1f-4c57-9d5e-0b1f6f3a7a01'
const AT = new Date(NOON - 5_000).toISOString()

const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` })

const post = (
  { url }: Harness,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const factsOf = ({ store }: Harness) => store.factsSince('acme', 0, 1_000)

const track = { type: 'track', event: 'Signed Up', messageId: 'm-1', anonymousId: BROWSER, timestamp: AT }

describe('the calls of Segment’s HTTP API', () => {
  it.each([
    [
      '/v1/track',
      '/v1/t',
      { event: 'Signed Up', properties: { plan: 'team' } },
      'Signed Up',
      { plan: 'team' },
    ],
    ['/v1/page', '/v1/p', { name: 'Pricing', properties: { path: '/p' } }, 'page_view', { name: 'Pricing' }],
    ['/v1/screen', '/v1/s', { name: 'Home' }, 'page_view', { name: 'Home' }],
    [
      '/v1/identify',
      '/v1/i',
      { userId: '42', traits: { email: 'anna@acme.example', name: 'Anna', company: { name: 'Acme' } } },
      'identify',
      { email: 'anna@acme.example', traits: { userId: '42', name: 'Anna', company: { name: 'Acme' } } },
    ],
    [
      '/v1/group',
      '/v1/g',
      { groupId: 7, traits: { name: 'Acme' } },
      'group',
      { group: '7', traits: { name: 'Acme' } },
    ],
    ['/v1/alias', '/v1/a', { userId: '42', previousId: '41' }, 'alias', { userId: '42', previousId: '41' }],
  ])('takes %s and %s', async (long, short, said, type, props) => {
    const collector = await startHarness()
    const message = {
      ...said,
      anonymousId: BROWSER,
      messageId: 'm-1',
      writeKey: collector.site.site.publicKey,
    }
    for (const path of [long, short]) {
      const answer = await post(collector, path, message)
      expect([answer.status, await answer.json()]).toEqual([200, { success: true }])
    }
    expect(await factsOf(collector)).toMatchObject([
      { type, props, visitor: BROWSER, subject: BROWSER, origin: 'browser', noted: null },
    ])
  })

  it('takes a batch in one commit, each message once, however often it comes', async () => {
    const collector = await startHarness()
    const batch = [track, { ...track, messageId: 'm-2', type: 'page', event: undefined }]
    for (const path of ['/v1/batch', '/v1/b']) {
      const sent = { batch, writeKey: collector.site.site.publicKey, sentAt: new Date(NOON).toISOString() }
      expect((await post(collector, path, sent)).status).toBe(200)
    }
    const facts = await factsOf(collector)
    expect(facts.map(({ type, occurredAt }) => [type, occurredAt])).toEqual([
      ['Signed Up', NOON - 5_000],
      ['page_view', NOON - 5_000],
    ])
  })

  it('keeps aside what does not fit, and takes its neighbours', async () => {
    const collector = await startHarness()
    const batch = [
      null,
      'text',
      { type: 'nonsense' },
      { ...track, messageId: 'another', event: undefined },
      { type: 'group' },
      track,
    ]
    const answer = await post(collector, '/v1/batch', { batch, writeKey: collector.site.site.publicKey })
    expect([answer.status, answer.headers.get(DROP_HEADER)]).toEqual([200, 'invalid_event'])
    expect(await collector.store.counts('acme')).toMatchObject({ facts: 1, quarantined: 5 })
  })

  it('says which calls there are when another comes', async () => {
    const collector = await startHarness()
    const batch = [{ ...track, type: 'trak' }, { ...track, type: 'anna@acme.example' }, { anonymousId: 'a' }]
    await post(collector, '/v1/batch', { batch, writeKey: collector.site.site.publicKey })
    const kept = await collector.store.aside('acme', 10)
    const expected = 'expected track, identify, page, screen, group or alias, came'
    expect(kept.map(({ code, path, message }) => `${code} ${path} ${message}`).sort()).toEqual([
      `invalid_event /type ${expected} a string of 17 characters. Send one of these.`,
      `invalid_event /type ${expected} nothing. Send one of these.`,
      `invalid_event /type ${expected} trak. Send one of these.`,
    ])
  })

  it('does not call a success what is kept nowhere', async () => {
    const collector = await startHarness()
    const writeKey = collector.site.site.publicKey
    const large = { ...track, messageId: 'large', properties: { list: Array(40).fill('x'.repeat(1_000)) } }
    const alone = await post(collector, '/v1/track', { ...large, writeKey })
    expect([alone.status, alone.headers.get(DROP_HEADER)]).toEqual([400, 'event_too_large'])
    expect((await alone.json()).detail).toMatch(
      /^expected at most 32768 bytes, came 4\d{4}\. Send less in it\.$/,
    )
    const beside = await post(collector, '/v1/batch', { batch: [track, large], writeKey })
    expect(beside.status).toBe(400)
    expect(await beside.json()).toMatchObject({
      code: 'event_too_large',
      path: '/batch/1',
      detail: expect.stringMatching(/This message is refused\. All others are kept\.$/),
    })
    expect(await collector.store.counts('acme')).toMatchObject({ facts: 1, quarantined: 0 })
  })

  it('cuts what a library’s caller could not know is too much', async () => {
    const collector = await startHarness()
    const deep = { a: { b: { c: { d: { e: { f: 1 } } } } }, long: 'x'.repeat(5_000) }
    const batch = [
      { ...track, properties: deep },
      { ...track, type: 'identify', messageId: 'm-2', traits: deep },
      { ...track, messageId: 'm-3', event: 'merge' },
    ]
    const answer = await post(collector, '/v1/batch', { batch, writeKey: collector.site.site.publicKey })
    expect(answer.headers.get(DROP_HEADER)).toBeNull()
    const [tracked, , merge] = await factsOf(collector)
    expect(tracked?.props.long).toHaveLength(1_024)
    expect(merge?.type).toBe('track:merge')
  })

  it.each(CALLS)(
    'refuses %s that is too deep to be looked at, whatever of it is, with or without an id',
    async call => {
      const collector = await startHarness()
      const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
      const { type: _, messageId: id, ...said } = { ...track, type: call, groupId: 'acme' }
      const key = collector.site.site.publicKey
      for (const where of [
        'traits',
        'properties',
        'context',
        'timestamp',
        'anonymousId',
        'anything',
        'messageId',
      ])
        for (const messageId of [undefined, id]) {
          const message = { messageId, ...said, [where]: 'DEEP', writeKey: key }
          const answer = await post(collector, `/v1/${call}`, JSON.stringify(message).replace('"DEEP"', deep))
          expect([where, answer.status, answer.headers.get(DROP_HEADER)]).toEqual([where, 400, 'too_deep'])
          const batch = { batch: [{ ...message, type: call }, track], writeKey: key }
          const beside = await post(collector, '/v1/batch', JSON.stringify(batch).replace('"DEEP"', deep))
          expect([where, beside.status]).toEqual([where, 400])
        }
      expect(await collector.store.counts('acme')).toMatchObject({ facts: 1, quarantined: 0 })
    },
  )

  it('takes the context of all for each message, but not so much that a small body is endless work', async () => {
    const collector = await startHarness()
    const send = (context: unknown, messages: number) => {
      const batch = Array.from({ length: messages }, (_, nth) => ({ ...track, messageId: `m-${nth}` }))
      return post(collector, '/v1/batch', { batch, context, writeKey: collector.site.site.publicKey })
    }
    const context = { traits: { list: Array(100_000).fill(0) } }
    const much = await send(context, 1_000)
    expect([much.status, much.headers.get(DROP_HEADER)]).toEqual([413, 'batch_too_large'])
    const deep = await send(JSON.parse(`${'{"a":'.repeat(70)}1${'}'.repeat(70)}`), 1)
    expect([deep.status, deep.headers.get(DROP_HEADER)]).toEqual([400, 'too_deep'])
    expect(await collector.store.counts('acme')).toMatchObject({ facts: 0 })
    expect((await send({ page: { url: `${PAGE}/${'x'.repeat(1_900)}` } }, 1_500)).status).toBe(200)
    expect((await send(context, 20)).status).toBe(200)
  })

  it('leaves out what is nested deeper than people do, and knows a message without an id by all it says', async () => {
    const collector = await startHarness()
    const { messageId: _, ...said } = track
    const nested = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`)
    const batch = [40, 40, 41].map(levels => ({ ...said, properties: { nested: nested(levels) } }))
    const answer = await post(collector, '/v1/batch', { batch, writeKey: collector.site.site.publicKey })
    expect(answer.headers.get(DROP_HEADER)).toBeNull()
    expect(await factsOf(collector)).toHaveLength(2)
  })

  it('reads the page, its query and its campaign', async () => {
    const collector = await startHarness()
    const context = {
      page: { url: `${PAGE}/pricing`, search: '?gclid=1', title: 'Prices', referrer: 'https://google.com/' },
      campaign: { name: 'spring', source: 'google' },
    }
    const message = { ...track, context, writeKey: collector.site.site.publicKey }
    await post(collector, '/v1/t', message)
    expect(await factsOf(collector)).toMatchObject([
      {
        page: {
          url: `${PAGE}/pricing?gclid=1&utm_campaign=spring&utm_source=google`,
          title: 'Prices',
          referrer: 'https://google.com/',
        },
      },
    ])
  })
})

describe('which key may what', () => {
  const told = {
    ...track,
    userId: '42',
    timestamp: new Date(NOON - 30 * 86_400_000).toISOString(),
    context: { ip: '203.0.113.77', userAgent: 'Mozilla/5.0 (Macintosh)' },
  }

  it('believes a secret key who the user was, where, and when', async () => {
    const collector = await startHarness()
    const { secretKey } = collector.site
    await post(collector, '/v1/batch', { batch: [told], writeKey: secretKey }, basic(secretKey))
    expect(await factsOf(collector)).toMatchObject([
      {
        origin: 'server',
        noted: { user: '42' },
        ip: '203.0.113.0',
        userAgent: 'Mozilla/5.0 (Macintosh)',
        occurredAt: NOON - 30 * 86_400_000,
        tooLate: false,
      },
    ])
  })

  it('takes the same with a public key, and believes none of it', async () => {
    const collector = await startHarness()
    const { publicKey } = collector.site.site
    await post(collector, '/v1/batch', { batch: [told] }, basic(publicKey))
    expect(await factsOf(collector)).toMatchObject([
      { origin: 'browser', noted: null, ip: '127.0.0.0', tooLate: true },
    ])
  })

  it('takes an alias from a secret key alone', async () => {
    const collector = await startHarness()
    const alias = { type: 'alias', userId: '42', previousId: '41', anonymousId: BROWSER }
    await post(collector, '/v1/alias', { ...alias, messageId: 'a' }, basic(collector.site.site.publicKey))
    await post(collector, '/v1/alias', { ...alias, messageId: 'b' }, basic(collector.site.secretKey))
    await post(collector, '/v1/alias', { userId: '42', previousId: BROWSER }, basic(collector.site.secretKey))
    expect((await factsOf(collector)).map(({ visitor, noted }) => [visitor, noted])).toEqual([
      [BROWSER, null],
      [BROWSER, { user: '42', formerUser: '41' }],
      [BROWSER, { user: '42', formerUser: BROWSER }],
    ])
  })

  it.each([
    ['no key', null, {}, 401, 'unknown_key'],
    ['an API token', null, { authorization: 'Bearer gp_x' }, 401, 'unknown_key'],
    ['a key of nobody', 'pk_live_none', {}, 401, 'unknown_key'],
    ['a secret key of nobody', 'sk_none', {}, 401, 'unknown_key'],
    ['a site’s id', 'acme', {}, 401, 'unknown_key'],
  ])('refuses %s', async (_, writeKey, headers, status, code) => {
    const collector = await startHarness()
    const answer = await post(collector, '/v1/t', { ...track, ...(writeKey && { writeKey }) }, headers)
    expect([answer.status, answer.headers.get(DROP_HEADER)]).toEqual([status, code])
    expect(await factsOf(collector)).toEqual([])
  })

  it('refuses a secret key beside the key of another site, and says nothing of that site', async () => {
    const collector = await startHarness()
    const other = await collector.sites.create({ id: 'other', name: 'Other', origins: [] })
    if (other === 'conflict') throw new Error('the id was taken')
    const headers = basic(collector.site.secretKey)
    const answers = await Promise.all(
      [other.site.publicKey, 'other', 'pk_live_nobodys'].map(async writeKey => {
        const answer = await post(collector, '/v1/batch', { batch: [track], writeKey }, headers)
        return { status: answer.status, ...(await answer.json()) }
      }),
    )
    expect(answers[0]).toMatchObject({ status: 403, code: 'key_mismatch', path: '/writeKey' })
    expect(answers).toEqual(Array(3).fill(answers[0]))
    expect(await collector.store.factsSince('other', 0, 10)).toEqual([])
  })

  it('says that no key came, rather than another', async () => {
    const answer = await post(await startHarness(), '/v1/t', track)
    expect(await answer.json()).toMatchObject({
      path: '/writeKey',
      detail: expect.stringMatching(/came none\. Give/),
    })
  })

  it('takes from the pages of a site alone what a page sends', async () => {
    const collector = await startHarness()
    const { publicKey } = await collector.sites.ensure({ id: 'acme', name: 'Acme', origins: [PAGE] })
    const from = (origin: string) => post(collector, '/v1/t', { ...track, writeKey: publicKey }, { origin })
    expect([(await from('https://evil.example')).status, (await from(PAGE)).status]).toEqual([403, 200])
  })
})

describe('ids', () => {
  it('keeps those of the wire, and makes others of what came', async () => {
    const collector = await startHarness()
    const uuid = '0F8FAD5B-D9CB-469F-A165-70867728950E'
    const batch = [
      { ...track, messageId: uuid },
      { ...track, messageId: 'ajs-next-1767225600000-0f8fad5b', anonymousId: 'a b' },
      { ...track, messageId: 'node-1', anonymousId: 'null' },
    ]
    await post(collector, '/v1/batch', { batch }, basic(collector.site.site.publicKey))
    const facts = await factsOf(collector)
    expect(facts[0]?.id).toBe(uuid.toLowerCase())
    expect(facts[1]?.id).toMatch(/^019b76da-a800-8/)
    expect(facts[1]?.visitor).toMatch(/^[0-9a-f]{32}$/)
    expect(facts[2]).toMatchObject({ visitor: null, id: expect.stringMatching(/-8[0-9a-f]{3}-8/) })
  })

  it('takes a message without id for the same when it says when it happened, else for another', async () => {
    const collector = await startHarness()
    const { messageId: _, ...timed } = track
    const { timestamp: __, ...bare } = timed
    const writeKey = collector.site.site.publicKey
    for (const message of [timed, timed, bare, bare]) await post(collector, '/v1/t', { ...message, writeKey })
    expect(await factsOf(collector)).toHaveLength(3)
  })
})

describe('what a library is answered', () => {
  it.each([
    ['no JSON', '{', 400],
    ['no object', '[]', 400],
    ['no list', '{"batch": {}}', 400],
    ['nothing', '', 400],
    // nothing of it can be lost: libraries that gather messages in files send one now and then
    ['an empty list', '{"batch": []}', 200],
    ['too many messages', { batch: Array(MESSAGES_PER_BATCH + 1).fill({}) }, 413],
    ['too much', { batch: [{ ...track, properties: { x: 'x'.repeat(500_000) } }] }, 413],
  ])('%s', async (_, body, status) => {
    const collector = await startHarness()
    expect((await post(collector, '/v1/batch', body, basic(collector.site.secretKey))).status).toBe(status)
  })

  it('503 with Retry-After when nothing can be kept, and success only after the commit', async () => {
    let isBroken = true
    const collector = await startHarness({
      wrap: store => ({
        ...store,
        recordUnlessErased: (...recorded) =>
          isBroken
            ? Promise.reject(new StoreError('full', 'no space'))
            : store.recordUnlessErased(...recorded),
      }),
    })
    const send = () =>
      post(collector, '/v1/t', track, { ...basic(collector.site.site.publicKey), origin: PAGE })
    const refused = await send()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([
      503,
      expect.stringMatching(/^\d+$/),
    ])
    expect(refused.headers.get('access-control-expose-headers')).toContain('retry-after')
    isBroken = false
    expect((await send()).status).toBe(200)
    expect(await factsOf(collector)).toHaveLength(1)
  })

  it('says to analytics.js where to send, for public keys alone', async () => {
    const collector = await startHarness()
    const ask = (key: string) => fetch(`${collector.url}/v1/projects/${key}/settings`)
    const { publicKey } = collector.site.site
    expect(await (await ask(publicKey)).json()).toMatchObject({
      integrations: {
        'Segment.io': {
          apiKey: publicKey,
          apiHost: `${collector.url.slice('http://'.length)}/v1`,
          protocol: 'http',
        },
      },
      metrics: { sampleRate: 0 },
    })
    for (const key of ['pk_none', collector.site.secretKey, 'acme']) expect((await ask(key)).status).toBe(404)
  })

  it('lets pages send with their headers', async () => {
    const collector = await startHarness()
    const preflight = await fetch(`${collector.url}/v1/b`, { method: 'OPTIONS', headers: { origin: PAGE } })
    expect(preflight.headers.get('access-control-allow-origin')).toBe(PAGE)
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization')
  })
})

import { expect, it } from 'vitest'
import { DROP_HEADER } from '../../collector/http/cors.ts'
import { envelopeOf } from '../ingest/wire-samples.ts'
import { type Harness, startHarness } from './harness.ts'

const PAGE = 'https://www.acme.example'

const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`

const TRACK = { type: 'track', event: 'Signed Up', anonymousId: 'visitor-1' }

/** Every place of a request where a secret key can stand: path, body, headers. */
const PLACES: readonly (readonly [
  where: string,
  path: string,
  body: (pub: string, secret: string) => unknown,
  headers: (secret: string) => Readonly<Record<string, string>>,
])[] = [
  [
    'Bearer on /v1/events',
    '/v1/events',
    pub => envelopeOf(undefined, pub),
    secret => ({ authorization: `Bearer ${secret}` }),
  ],
  [
    'Basic on /v1/events',
    '/v1/events',
    pub => envelopeOf(undefined, pub),
    secret => ({ authorization: basic(secret) }),
  ],
  ['the site of /v1/events', '/v1/events', (_, secret) => envelopeOf(undefined, secret), () => ({})],
  [
    'Bearer on /v1/validate',
    '/v1/validate',
    pub => envelopeOf(undefined, pub),
    secret => ({ authorization: `Bearer ${secret}` }),
  ],
  ['the write key of /v1/track', '/v1/track', (_, secret) => ({ ...TRACK, writeKey: secret }), () => ({})],
  [
    'the write key of /v1/batch',
    '/v1/batch',
    (_, secret) => ({ batch: [TRACK], writeKey: secret }),
    () => ({}),
  ],
  ['Basic on /v1/t', '/v1/t', () => TRACK, secret => ({ authorization: basic(secret) })],
  [
    'Basic on /v1/t beside the public key',
    '/v1/t',
    pub => ({ ...TRACK, writeKey: pub }),
    secret => ({ authorization: basic(secret) }),
  ],
  ['the site of /v1/link', '/v1/link', (_, secret) => ({ site: secret, visitor: 'visitor-1' }), () => ({})],
  [
    'the site of /v1/profile/unknown',
    '/v1/profile/unknown',
    (_, secret) => ({ site: secret, visitor: 'visitor-1' }),
    () => ({}),
  ],
]

const post = ({ url }: Harness, path: string, body: unknown, headers: Readonly<Record<string, string>>) =>
  fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })

it.each(PLACES)(
  'a page’s secret key is refused, and the page can read why: %s',
  async (...[, path, body, headers]) => {
    const collector = await startHarness()
    const { secretKey, site } = collector.site
    // whether the key is anybody's makes no difference
    for (const secret of [secretKey, 'sk_nobodys'])
      for (const origin of [PAGE, 'null']) {
        const sent = body(site.publicKey, secret)
        const answer = await post(collector, path, sent, { ...headers(secret), origin })
        expect([answer.status, answer.headers.get(DROP_HEADER)]).toEqual([403, 'secret_key_exposed'])
        expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
        const text = await answer.text()
        expect(JSON.parse(text).detail).toMatch(
          /^expected a public key .+ came a secret key.+ Put the public key/,
        )
        expect(text).not.toContain(secret)
      }
    expect(await collector.store.counts('acme')).toMatchObject({ facts: 0, quarantined: 0 })
  },
)

it('a server, which names no page, sends with it; Sec-Fetch-Mode, as Node’s fetch adds, is none', async () => {
  const collector = await startHarness()
  const { secretKey, site } = collector.site
  const authorization = `Bearer ${secretKey}`
  const headers = { authorization, 'sec-fetch-mode': 'cors' }
  const events = await post(collector, '/v1/events', envelopeOf(undefined, site.publicKey), headers)
  const track = await post(collector, '/v1/track', { ...TRACK, writeKey: secretKey }, {})
  expect([events.status, track.status]).toEqual([202, 200])
  expect(await collector.store.factsSince('acme', 0, 10)).toMatchObject(Array(2).fill({ origin: 'server' }))
})

it('analytics.js hears it when it asks where to send', async () => {
  const { url, site } = await startHarness()
  const answer = await fetch(`${url}/v1/projects/${site.secretKey}/settings`, { headers: { origin: PAGE } })
  expect([answer.status, (await answer.json()).code]).toEqual([403, 'secret_key_exposed'])
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
})

it('a Basic header that the browser added for another page of the host is none', async () => {
  const collector = await startHarness()
  const headers = { origin: PAGE, authorization: basic('admin') }
  const answer = await post(
    collector,
    '/v1/events',
    envelopeOf(undefined, collector.site.site.publicKey),
    headers,
  )
  expect(answer.status).toBe(202)
  expect(await collector.store.factsSince('acme', 0, 10)).toMatchObject([{ origin: 'browser' }])
})

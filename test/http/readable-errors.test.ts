import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { openQuotas } from '../../collector/http/quota.ts'
import { type Store, StoreError } from '../../collector/storage/store.ts'
import { envelopeOf } from '../ingest/wire-samples.ts'
import { startHarness } from './harness.ts'

const PAGE = 'https://www.acme.example'
const SENT_FROM_PAGES = [
  '/v1/events',
  '/v1/validate',
  '/v1/batch',
  '/v1/t',
  '/v1/link',
  '/v1/link/redeem',
  '/v1/profile/unknown',
]

/** A body that every one of those routes gets past reading with. */
const bodyFor = (site: string) =>
  JSON.stringify({
    ...envelopeOf(undefined, site),
    ...{ batch: [{ type: 'track', event: 'x' }], writeKey: site, event: 'x' },
  })

const post = (url: string, body: string) =>
  fetch(url, { method: 'POST', body, headers: { origin: PAGE, 'content-type': 'text/plain' } })

/** What a page must be able to read, and what it can then do. */
const seenBy = ({ status, headers }: Response) => ({
  status,
  origin: headers.get('access-control-allow-origin'),
  exposesRetryAfter: (headers.get('access-control-expose-headers') ?? '').includes('retry-after'),
  retries: /^\d+$/.test(headers.get('retry-after') ?? ''),
  corp: headers.get('cross-origin-resource-policy'),
})

const WAIT = { origin: PAGE, exposesRetryAfter: true, retries: true, corp: 'cross-origin' }

it('a page can read that it came too often, and when to come again, at every route for pages', async () => {
  const limits = { address: 1, token: null, site: null }
  const quotas = openQuotas({ limits, clock: () => 0, placeOf: ip => ip })
  const { url, site } = await startHarness({ quotas })
  await post(`${url}/v1/events`, bodyFor(site.site.publicKey))
  for (const path of SENT_FROM_PAGES) {
    const answer = await post(url + path, bodyFor(site.site.publicKey))
    expect([path, seenBy(answer)]).toEqual([path, { status: 429, ...WAIT }])
    expect([path, answer.headers.get('access-control-allow-credentials')]).toEqual([
      path,
      path === '/v1/events' ? 'true' : null,
    ])
  }
})

it('a page can read that the store does not answer, and that there is a bug; others cannot', async () => {
  const failing = async (error: Error) => {
    const { url, token } = await startHarness({
      findSite: () => Promise.reject(error),
      wrap: (store: Store) => ({ ...store, sites: () => Promise.reject(error) }),
    })
    const headers = { origin: PAGE, authorization: `Bearer ${await token('read')}` }
    return {
      events: await post(`${url}/v1/events`, bodyFor('pk')),
      leads: await fetch(`${url}/v1/leads`, { headers }),
    }
  }
  const away = await failing(new StoreError('unavailable', 'gone'))
  expect(seenBy(away.events)).toEqual({ status: 503, ...WAIT })
  expect(seenBy(away.leads)).toMatchObject({ status: 503, origin: null, retries: true })
  const bug = await failing(new Error('a bug'))
  expect(seenBy(bug.events)).toMatchObject({ status: 500, origin: PAGE })
  expect(seenBy(bug.leads)).toMatchObject({ status: 500, origin: null })
})

it('a page can read that a token is missing where it tried out an event', async () => {
  const { url } = await startHarness()
  const headers = { origin: PAGE, authorization: 'Bearer gp_none' }
  const answer = await fetch(`${url}/v1/validate`, { method: 'POST', body: '{}', headers })
  expect(seenBy(answer)).toMatchObject({ status: 401, origin: PAGE })
  expect(answer.headers.get('www-authenticate')).toBe('Bearer')
})

it.each([
  ['a Host that is none', 'GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n'],
  ['no path', 'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n'],
])('what makes no request is told what was expected: %s', async (_, text) => {
  const { url, warnings } = await startHarness()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(text)
  let got = ''
  for await (const chunk of socket) got += chunk
  expect(got).toMatch(/^HTTP\/1\.1 400 .+content-type: application\/problem\+json.+"code":"invalid_request"/s)
  expect(got).toContain("default-src 'none'")
  expect(warnings).toEqual([])
})

it('HEAD of the stream is answered, and follows nothing', async () => {
  let follows = 0
  const follow = async () => {
    follows += 1
  }
  const { url, token } = await startHarness({ feed: { follow, close: () => {} } })
  const authorization = `Bearer ${await token('read')}`
  const answer = await fetch(`${url}/v1/events/stream`, { method: 'HEAD', headers: { authorization } })
  const type = answer.headers.get('content-type')
  expect([answer.status, type, follows]).toEqual([200, 'text/event-stream; charset=utf-8', 0])
})

import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { DROP_HEADER } from '../../collector/http/cors.ts'
import { envelopeOf } from '../ingest/wire-samples.ts'
import { EXAMPLE, published } from '../support/model.ts'
import { startHarness } from './harness.ts'

const PAGE = 'https://www.acme.example'
const WITH_A_TOKEN = ['/v1/sites', '/v1/privacy/erase', '/v1/email-links', '/v1/model/preview']

/** Bodies that each route for keys takes. */
const bodiesFor = (key: string) =>
  new Map<string, unknown>([
    ['/v1/events', envelopeOf(undefined, key)],
    ['/v1/validate', envelopeOf(undefined, key)],
    ['/v1/batch', { batch: [{ type: 'track', event: 'x', anonymousId: 'visitor-1' }], writeKey: key }],
    ['/v1/t', { event: 'x', anonymousId: 'visitor-1', writeKey: key }],
    ['/v1/link', { site: key, visitor: 'visitor-1' }],
    ['/v1/profile/unknown', { site: key, visitor: 'visitor-1' }],
  ])

async function ready() {
  const collector = await startHarness()
  await collector.store.publishModel('acme', published(EXAMPLE))
  const send = async (path: string, body: string | Uint8Array, headers: Readonly<Record<string, string>>) => {
    const init = { method: 'POST', headers, body: body as BodyInit }
    return fetch(collector.url + path, init)
  }
  return { ...collector, send, bodies: bodiesFor(collector.site.site.publicKey) }
}

describe('Content-Encoding', () => {
  it.each(['gzip', 'GZIP', 'x-gzip', 'X-Gzip', '  gzip  ', 'gzip, identity', ', gzip'])(
    'takes %j for gzip, at every route',
    async encoding => {
      const { send, bodies } = await ready()
      for (const [path, body] of bodies) {
        const answer = await send(path, gzipSync(JSON.stringify(body)), { 'content-encoding': encoding })
        expect([path, answer.ok]).toEqual([path, true])
      }
    },
  )

  it.each(['', 'identity', 'Identity', 'identity, identity'])('takes %j for none', async encoding => {
    const { send, bodies } = await ready()
    for (const [path, body] of bodies) {
      const answer = await send(path, JSON.stringify(body), { 'content-encoding': encoding })
      expect([path, answer.ok]).toEqual([path, true])
    }
  })

  it.each(['br', 'deflate', 'zstd', 'gzip, gzip', 'br, gzip', 'gzip;q=1', 'utf-8'])(
    'answers 415 with what is taken to %j, at every route',
    async encoding => {
      const { send, bodies, store, token } = await ready()
      const authorization = `Bearer ${await token('admin', 'write', 'erase')}`
      const asked = [
        ...[...bodies.keys()].map(path => [path, { origin: PAGE }] as const),
        ...WITH_A_TOKEN.map(path => [path, { authorization }] as const),
      ]
      for (const [path, headers] of asked) {
        const body = brotliCompressSync(JSON.stringify(bodies.get(path) ?? {}))
        const answer = await send(path, body, { ...headers, 'content-encoding': encoding })
        expect([path, answer.status, answer.headers.get('accept-encoding')]).toEqual([path, 415, 'gzip'])
        expect(await answer.json()).toMatchObject({ code: 'unsupported_encoding' })
        const reader = 'origin' in headers ? PAGE : null
        expect([path, answer.headers.get('access-control-allow-origin')]).toEqual([path, reader])
      }
      expect(await store.counts('acme')).toMatchObject({ facts: 0, quarantined: 0 })
    },
  )

  it('names the reason in the header, too', async () => {
    const { send } = await ready()
    for (const path of ['/v1/events', '/v1/batch', '/v1/validate'])
      expect((await send(path, '{}', { 'content-encoding': 'br' })).headers.get(DROP_HEADER)).toBe(
        'unsupported_encoding',
      )
  })
})

it.each([
  'text/plain',
  'text/plain;charset=UTF-8',
  'application/json',
  'Application/JSON; charset=utf-8',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
  '',
])('the body says what it is, whatever Content-Type a sender gives it: %j', async type => {
  const { send, bodies } = await ready()
  for (const [path, body] of bodies) {
    const answer = await send(path, Buffer.from(JSON.stringify(body)), { 'content-type': type })
    expect([path, answer.ok]).toEqual([path, true])
  }
})

describe('a byte order mark', () => {
  const marked = (body: unknown) => Buffer.from(`\ufeff${JSON.stringify(body)}`)

  it('before the body is passed over at every route, compressed or not', async () => {
    const { send, bodies, store, token } = await ready()
    for (const [path, body] of bodies) {
      const plain = await send(path, marked(body), {})
      expect([path, plain.ok]).toEqual([path, true])
      const packed = await send(path, gzipSync(marked(body)), { 'content-encoding': 'gzip' })
      expect([path, packed.ok]).toEqual([path, true])
    }
    expect((await store.counts('acme')).facts).toBeGreaterThan(0)
    const authorization = `Bearer ${await token('admin', 'read')}`
    const made = await send('/v1/sites', marked({ id: 'second', name: 'Second' }), { authorization })
    expect(made.status).toBe(201)
    const preview = async (body: Buffer, type: string) =>
      (await send('/v1/model/preview?site=acme', body, { authorization, 'content-type': type })).text()
    const source = 'goldpan: 2'
    const plain = await preview(Buffer.from(JSON.stringify({ source })), 'application/json')
    expect(await preview(marked({ source }), 'application/json')).toBe(plain)
  })

  it('anywhere else, or a second one, is no JSON', async () => {
    const { send, bodies } = await ready()
    const body = JSON.stringify(bodies.get('/v1/events'))
    for (const text of [`\ufeff\ufeff${body}`, `${body}\ufeff`, ` \ufeff${body}`, '\ufeff'])
      expect((await send('/v1/events', Buffer.from(text), {})).status).toBe(400)
  })
})

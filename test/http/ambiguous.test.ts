import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { installIn, startIn } from '../support/collector.ts'
import { tempDir } from '../support/temp-dir.ts'
import { startHarness } from './harness.ts'

/** What comes back to bytes as they are, until the collector closes the connection. */
function raw(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  return new Promise(resolve => {
    let got = ''
    socket.on('data', chunk => (got += chunk.toString('latin1')))
    socket.on('error', () => {})
    socket.once('close', () => resolve(got))
    socket.write(text)
  })
}

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)

interface Asked {
  readonly line: string
  readonly headers?: readonly string[]
  readonly body?: string
  /** headers of no meaning before the others */
  readonly padding?: number
}

const request = ({ line, headers = [], body = '', padding = 0 }: Asked): string =>
  [
    `${line} HTTP/1.1`,
    'Host: x',
    ...Array.from({ length: padding }, () => 'a:1'),
    'Connection: close',
    `Content-Length: ${body.length}`,
    ...headers,
    '',
    body,
  ].join('\r\n')

describe('headers behind others', () => {
  it.each([0, 190])('name the sender, whose quota holds: behind %i', async padding => {
    const place = installIn(tempDir())
    const env = { ...place.env, GOLDPAN_TRUSTED_PROXIES: '127.0.0.0/8', GOLDPAN_QUOTA_ADDRESS: '1' }
    const { url, ensureSite } = await startIn({ ...place, env })
    const { publicKey } = await ensureSite({ id: 'acme', name: 'Acme', origins: [] })
    const headers = ['X-Forwarded-For: 203.0.113.1']
    const body = JSON.stringify(envelopeOf([eventOf()], publicKey))
    const ask = async (asked: Asked) => statusOf(await raw(url, request({ headers, padding, ...asked })))
    expect(await ask({ line: 'POST /v1/events', body })).toBe(202)
    expect(await ask({ line: 'POST /v1/events', body })).toBe(429)
    expect(await ask({ line: 'POST /v1/batch', body: '{}' })).toBe(429)
    expect(await ask({ line: `GET /v1/p.gif?site=${publicKey}` })).toBe(429)
    expect(await ask({ line: 'GET /v1/leads' })).toBe(429)
    expect(await ask({ line: 'GET /v1/leads', headers: ['X-Forwarded-For: 203.0.113.2'] })).toBe(401)
  })

  it.each([0, 190])('name the page and the key that send: behind %i', async padding => {
    const { url, sites, token } = await startHarness()
    const site = await sites.create({ id: 'shut', name: 'Shut', origins: ['https://www.acme.example'] })
    if (site === 'conflict') throw new Error('there was such a site')
    const { publicKey } = site.site
    const ask = async (line: string, body: string, ...headers: readonly string[]) =>
      statusOf(await raw(url, request({ line, body, headers, padding })))
    const events = JSON.stringify(envelopeOf([eventOf()], publicKey))
    const track = JSON.stringify({ type: 'track', event: 'x', anonymousId: 'visitor-0001' })
    const basic = (key: string) => `Authorization: Basic ${Buffer.from(`${key}:`).toString('base64')}`
    const [foreign, own] = ['Origin: https://evil.example', 'Origin: https://www.acme.example']

    expect(await ask('POST /v1/events', events, foreign)).toBe(403)
    expect(await ask('POST /v1/events', events, own)).toBe(202)
    expect(await ask('POST /v1/events', events, `Authorization: Bearer ${site.secretKey}`)).toBe(202)
    expect(await ask('POST /v1/events', events, 'Authorization: Bearer sk_another')).toBe(401)
    expect(await ask('POST /v1/track', track, basic(publicKey), foreign)).toBe(403)
    expect(await ask('POST /v1/track', track, basic(publicKey), own)).toBe(200)
    expect(await ask('POST /v1/track', track, basic(site.secretKey), own)).toBe(403)
    expect(await ask('POST /v1/track', track)).toBe(401)
    const pixel = `GET /v1/p.gif?site=${publicKey}&url=https%3A%2F%2Fwww.acme.example%2F`
    expect(await ask(pixel, '', 'Referer: https://evil.example/')).toBe(403)

    const admin = `Authorization: Bearer ${await token('read', 'write', 'admin')}`
    expect(await ask('GET /v1/sites', '')).toBe(401)
    expect(await ask('GET /v1/sites', '', admin)).toBe(200)
    expect(await ask('POST /v1/sites', '{}', admin, foreign)).toBe(403)
    expect(await ask('POST /v1/sites', '{}', admin)).toBe(400)
  })

  // Node would forget all behind the 1,000th
  it.each([200, 995, 1_000, 3_000, 8_000])('are never lost: behind %i they are refused', async padding => {
    const { url, site, token, store } = await startHarness()
    const headers = [
      'X-Forwarded-For: 203.0.113.1',
      'Origin: https://www.acme.example',
      `Authorization: Bearer ${await token('read', 'admin')}`,
    ]
    const body = JSON.stringify(envelopeOf([eventOf()], site.site.publicKey))
    const pixel = `GET /v1/p.gif?site=${site.site.publicKey}&url=https%3A%2F%2Fwww.acme.example%2F`
    for (const line of ['POST /v1/events', 'POST /v1/batch', 'POST /v1/validate', pixel, 'GET /v1/sites']) {
      const answer = await raw(url, request({ line, headers, body, padding }))
      expect([line, statusOf(answer)]).toEqual([line, 431])
      expect(answer.toLowerCase()).toContain('connection: close')
    }
    const late = ['GET /v1/sites HTTP/1.1', ...Array(padding).fill('a:1'), 'Host: x', 'Host: x', '', '']
    expect([400, 431]).toContain(statusOf(await raw(url, late.join('\r\n'))))
    expect((await store.counts('acme')).facts).toBe(0)
  })
})

describe('a head that says two things is refused, and nothing behind it is read', () => {
  const NEXT = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'
  const CHUNKED = '0\r\n\r\n'
  it.each([
    ['two hosts', 400, `Host: x\r\nHost: y\r\nContent-Length: 0\r\n\r\n`],
    ['one host twice, in other letters', 400, `Host: x\r\nHOST: x\r\nContent-Length: 0\r\n\r\n`],
    ['gzip inside chunks', 501, `Host: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n${CHUNKED}`],
    ['chunks in chunks', 400, `Host: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n${CHUNKED}`],
    [
      'codings in two headers',
      501,
      `Host: x\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n${CHUNKED}`,
    ],
  ])('%s', async (_, status, rest) => {
    const { url } = await startHarness()
    for (const line of ['POST /v1/events', 'POST /v1/batch', 'POST /v1/sites']) {
      const answer = await raw(url, `${line} HTTP/1.1\r\n${rest}${NEXT}`)
      expect(statusOf(answer)).toBe(status)
      expect(answer.toLowerCase()).toContain('connection: close')
      expect(answer).not.toContain('alive')
    }
  })

  it('chunks of HTTP/1.0, which knows none', async () => {
    const { url } = await startHarness()
    const head = 'POST /v1/events HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked'
    const answer = await raw(url, `${head}\r\n\r\n${CHUNKED}${NEXT}`)
    expect(statusOf(answer)).toBe(400)
    expect(answer).not.toContain('alive')
  })

  it('while chunks alone are taken, in whatever letters', async () => {
    const { url, site } = await startHarness()
    const body = JSON.stringify(envelopeOf([eventOf()], site.site.publicKey))
    const chunks = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
    const head =
      'POST /v1/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: Chunked\r\n\r\n'
    expect(statusOf(await raw(url, head + chunks))).toBe(202)
  })
})

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { HttpEnv } from '../../collector/http/route.ts'
import { listen, SERVER_LIMITS, type ServerLimits } from '../../collector/http/server.ts'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { startHarness } from './harness.ts'

/** A socket to a collector, what it has answered, and what ends it. */
function dial(url: string, text = '') {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let got = ''
  socket.on('data', chunk => {
    got += chunk.toString('latin1')
  })
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  if (text !== '') socket.write(text)
  const closed = new Promise<string>(resolve => socket.once('close', () => resolve(got)))
  return { socket, closed, answer: () => got }
}

/** The answer to bytes as they are, on a connection of its own. */
async function raw(url: string, text: string): Promise<string> {
  const { socket, closed } = dial(url, text)
  socket.end()
  return closed
}

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)

async function listening(handle: () => Response | Promise<Response>, limits: Partial<ServerLimits> = {}) {
  const app = new Hono<HttpEnv>().all('*', handle)
  const server = await listen(app, '127.0.0.1', 0, { ...SERVER_LIMITS, ...limits })
  onTestFinished(() => server.close())
  return { ...server, url: `http://127.0.0.1:${server.port}` }
}

describe('slow senders', () => {
  it('a thousand of them hold up nobody, and little memory', async () => {
    const { send, site, url, warnings } = await startHarness()
    const head = 'POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 400000\r\n\r\n{"v":1'
    const slow: Socket[] = []
    const before = process.memoryUsage()
    for (let nth = 0; nth < 1_000; nth += 1) slow.push(dial(url, head).socket)
    await Promise.all(slow.map(socket => socket.connecting && once(socket, 'connect')))
    for (let nth = 0; nth < 20; nth += 1) {
      const answer = await send(envelopeOf([eventOf()], site.site.publicKey))
      expect(await answer.json()).toMatchObject({ accepted: 1 })
    }
    const { arrayBuffers, heapUsed } = process.memoryUsage()
    expect(arrayBuffers - before.arrayBuffers).toBeLessThan(100 * 1024 * 1024)
    // both ends of the sockets are of this process
    expect(heapUsed - before.heapUsed).toBeLessThan(150 * 1024 * 1024)
    for (const socket of slow) socket.destroy()
    expect(warnings).toEqual([])
  })

  it('are let go: who does not finish the headers, or the body', async () => {
    const short = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 }
    const { url } = await listening(() => new Promise<Response>(() => {}), short)
    expect(statusOf(await dial(url, 'GET / HTTP/1.1\r\nHost:').closed)).toBe(408)
    expect(statusOf(await dial(url, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx').closed)).toBe(
      408,
    )
  })

  it('are let go: who asks and never reads the answer', async () => {
    const chunk = new Uint8Array(65_536)
    let isAsked = false
    const cut = new Promise<void>(resolve => {
      const endless = () => new ReadableStream({ pull: out => out.enqueue(chunk), cancel: () => resolve() })
      void listening(
        () => {
          isAsked = true
          return new Response(endless())
        },
        { unreadTimeout: 200 },
      ).then(({ url }) => dial(url, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n').socket.pause())
    })
    await cut
    expect(isAsked).toBe(true)
  })

  it('are let go: who keeps a connection for later', async () => {
    const { url } = await listening(() => new Response('here'), { keepAliveTimeout: 20 })
    const { closed, answer } = dial(url, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await closed
    expect(answer()).toMatch(/here$/)
  })

  it('are not those who wait for an answer that is long in the making', async () => {
    const unreadTimeout = 50
    const made = async () => {
      await sleep(6 * unreadTimeout)
      return new Response('made')
    }
    const { url } = await listening(made, { unreadTimeout })
    expect(await (await fetch(url)).text()).toBe('made')
  })

  it('no more connections are taken than there is room for', async () => {
    const { url } = await listening(() => new Response('here'), { maxConnections: 2 })
    const [one, two] = [dial(url), dial(url)]
    await Promise.all([one, two].map(({ socket }) => once(socket, 'connect')))
    expect(await dial(url, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n').closed).toBe('')
    one.socket.destroy()
    await one.closed
    await expect.poll(async () => statusOf(await raw(url, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'))).toBe(200)
  })
})

describe('requests that two programs could read differently', () => {
  const BODY = '0\r\n\r\n'
  it.each([
    ['two lengths', `Content-Length: 5\r\nContent-Length: 6\r\n\r\n${BODY}`],
    ['a length and chunks', `Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${BODY}`],
    ['chunks and a length', `Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n${BODY}`],
    ['an unknown coding', `Transfer-Encoding: xchunked\r\n\r\n${BODY}`],
    ['chunks that are not the last coding', `Transfer-Encoding: chunked, gzip\r\n\r\n${BODY}`],
    ['a space before the colon', `Transfer-Encoding : chunked\r\n\r\n${BODY}`],
    ['a folded header', `X-A: b\r\n c: d\r\n\r\n`],
    ['a bare line feed', `X-A: b\nX-C: d\r\n\r\n`],
    ['a length that is no number', `Content-Length: +5\r\n\r\n${BODY}`],
    ['a chunk size that is none', `Transfer-Encoding: chunked\r\n\r\n5;\nxxxxx\r\n0\r\n\r\n`],
    ['a NUL in a header', `X-A: b\0c\r\n\r\n`],
    ['headers beyond the limit', `X-A: ${'b'.repeat(20_000)}\r\n\r\n`],
  ])('with %s are refused, and nothing behind them is read', async (_, rest) => {
    const { url } = await startHarness()
    const answer = await raw(
      url,
      `POST /v1/events HTTP/1.1\r\nHost: x\r\n${rest}GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`,
    )
    expect([400, 431, 501]).toContain(statusOf(answer))
    expect(answer).not.toContain('alive')
  })

  it('without a host, or with two, are refused', async () => {
    const { url } = await startHarness()
    expect(statusOf(await raw(url, 'GET /healthz HTTP/1.1\r\n\r\n'))).toBe(400)
  })
})

describe('paths', () => {
  const TRICKS = [
    '//v1/leads',
    '/v1//leads',
    '/v1%2Fleads',
    '/v1/./leads',
    '/x/../v1/leads',
    '/%2e%2e/v1/leads',
    '/v1/leads%00',
    '/v1/leads/..%2f..%2fetc%2fpasswd',
    '/v1/leads%0d%0aSet-Cookie:%20a=b',
    '/V1/LEADS',
    '/v1/leads;admin',
    '/goldpan.%2e%2e%2fpackage.json',
    '/%c0%ae',
    '/%',
    '\\v1\\leads',
    'http://other.example/v1/leads',
  ]
  it.each(TRICKS)('%s reaches nothing that it may not', async path => {
    const { url, warnings } = await startHarness()
    const answer = await raw(url, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect([400, 401, 404]).toContain(statusOf(answer))
    expect(answer).not.toMatch(/^set-cookie: a=b/im)
    expect(warnings).toEqual([])
  })
})

describe('bombs', () => {
  it('48 KB that inflate to 50 MB are refused for a body’s memory', async () => {
    const { send } = await startHarness()
    const bomb = gzipSync(Buffer.alloc(50_000_000), { level: 9 })
    expect(bomb.length).toBeLessThan(50_000)
    const before = process.memoryUsage().arrayBuffers
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send(new Uint8Array(bomb), { 'content-encoding': 'gzip' })),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(413))
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60_000_000)
  })

  it('200,000 levels of JSON are refused by every route that reads one', async () => {
    const { send, url, token, site } = await startHarness()
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
    expect((await send(deep(200_000))).status).toBe(400)
    const envelope = JSON.stringify(envelopeOf(['DEEP'], site.site.publicKey))
    const inside = envelope.replace('"DEEP"', deep(200_000))
    expect(await (await send(inside)).json()).toMatchObject({ refused: 1, errors: [{ code: 'too_deep' }] })
    const authorization = `Bearer ${await token('read', 'write', 'admin', 'erase', 'export')}`
    for (const path of [
      '/v1/validate',
      '/v1/link',
      '/v1/sites',
      '/v1/quarantine/1/release',
      '/v1/privacy/erase',
    ]) {
      const init = { method: 'POST', headers: { authorization }, body: deep(15_000) }
      expect((await fetch(`${url}${path}`, init)).status).toBeLessThan(500)
    }
  })
})

describe('closing', () => {
  it('finishes what is under way, answers new requests 503, and is not ready', async () => {
    const asked: ((response: Response) => void)[] = []
    const { url, close } = await listening(
      () =>
        new Promise<Response>(resolve => {
          asked.push(resolve)
        }),
    )
    const kept = dial(url)
    await once(kept.socket, 'connect')
    const request = fetch(`${url}/slow`)
    await expect.poll(() => asked.length).toBe(1)
    const closing = close()
    for (const path of ['/v1/events', '/readyz']) {
      const refused = await fetch(`${url}${path}`, { headers: { origin: 'https://www.acme.example' } })
      expect(refused.status).toBe(503)
      expect(refused.headers.get('retry-after')).toBe('5')
      expect(refused.headers.get('access-control-allow-origin')).toBe('https://www.acme.example')
      expect(refused.headers.get('access-control-allow-credentials')).toBe('true')
      expect(refused.headers.get('access-control-expose-headers')).toContain('retry-after')
      expect(await refused.json()).toMatchObject({ code: 'stopping' })
    }
    kept.socket.write('POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}')
    expect(statusOf(await kept.closed)).toBe(503)
    asked[0]?.(new Response('done'))
    expect(await (await request).text()).toBe('done')
    await closing
    await expect(fetch(url)).rejects.toThrow()
  })

  it('cuts what does not finish in its time', async () => {
    let isAsked = false
    const hang = (): Promise<Response> => {
      isAsked = true
      return new Promise(() => {})
    }
    const { url, close } = await listening(hang, { graceMs: 50 })
    const request = fetch(url).catch(() => 'cut')
    await expect.poll(() => isAsked).toBe(true)
    await close()
    expect(await request).toBe('cut')
  })
})

import { once } from 'node:events'
import { connect } from 'node:net'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import type { HttpEnv } from '../../collector/http/route.ts'
import { listen, SERVER_LIMITS, type ServerLimits } from '../../collector/http/server.ts'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { installIn, startIn } from '../support/collector.ts'
import { tempDir } from '../support/temp-dir.ts'
import { type Answer, lane, post } from './lane.ts'

async function collector() {
  const started = await startIn(installIn(tempDir()))
  const { publicKey } = await started.ensureSite({ id: 'acme', name: 'Acme', origins: [] })
  const events = (): string => post('/v1/events', JSON.stringify(envelopeOf([eventOf()], publicKey)))
  return { ...started, events }
}

async function listening(limits: Partial<ServerLimits>) {
  const app = new Hono<HttpEnv>().all('*', () => new Response('here'))
  const server = await listen(app, '127.0.0.1', 0, { ...SERVER_LIMITS, ...limits })
  return { ...server, url: `http://127.0.0.1:${server.port}` }
}

describe('a stop', () => {
  it('under load answers everything that was sent, and each connection’s last answer closes it', async () => {
    const { url, events, close } = await collector()
    let taken = 0
    let closing: Promise<void> | null = null
    const sendUntilClosed = async (): Promise<readonly (Answer | null)[]> => {
      const send = lane(url)
      const answers: (Answer | null)[] = []
      for (let isOpen = true; isOpen; ) {
        const answer = await send(events())
        answers.push(answer)
        taken += Number(answer?.status === 202)
        if (taken >= 300) closing ??= close()
        isOpen = answer !== null && !answer.closes
      }
      return answers
    }
    const lanes = await Promise.all(Array.from({ length: 50 }, sendUntilClosed))
    await closing
    const all = lanes.flat()
    expect(all.filter(answer => answer === null)).toEqual([])
    expect(new Set(all.map(answer => answer?.status))).toEqual(new Set([202, 503]))
    for (const answer of all.filter(answer => answer?.status === 503)) {
      expect(answer?.closes).toBe(true)
      expect(answer?.text).toMatch(/retry-after: 5.*"code":"stopping"/is)
    }
    expect(lanes.every(answers => answers.at(-1)?.closes)).toBe(true)
  })

  it('answers what was on its way on kept connections when it began', async () => {
    const { url, events, close } = await collector()
    const lanes = Array.from({ length: 20 }, () => lane(url))
    const before = await Promise.all(lanes.map(send => send(events())))
    expect(before.map(answer => [answer?.status, answer?.closes])).toEqual(Array(20).fill([202, false]))
    const sent = lanes.map(send => send(events()))
    const closing = close()
    for (const answer of await Promise.all(sent)) {
      expect([202, 503]).toContain(answer?.status)
      expect(answer?.closes).toBe(true)
    }
    await closing
  })

  it('does not wait for what was asked behind a request that closed its connection', async () => {
    const { port, close } = await listening({ graceMs: 60_000 })
    const socket = connect(port, '127.0.0.1').resume()
    const refused = 'POST / HTTP/1.1\r\nHost: x\r\nHost: y\r\nContent-Length: 0\r\n\r\n'
    socket.write(`${refused}GET / HTTP/1.1\r\nHost: x\r\n\r\n`)
    await once(socket, 'close')
    await close()
  })

  it('answers what it is at with a connection that closes', async () => {
    const { url, events, close } = await collector()
    const send = lane(url)
    await send(events())
    const request = events()
    const [body = ''] = request.split('\r\n\r\n').slice(1)
    const half = request.length - body.length + 10
    const answered = send(request.slice(0, half))
    const other = lane(url)
    expect((await other('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'))?.status).toBe(200)
    const closing = close()
    expect((await other('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'))?.closes).toBe(true)
    const rest = send(request.slice(half))
    expect(await Promise.race([answered, rest])).toMatchObject({ status: 202, closes: true })
    await closing
  })

  it('reads a large body before it refuses it, so that the answer is not lost', async () => {
    const { url, close } = await listening({})
    const lanes = Array.from({ length: 5 }, () => lane(url))
    await Promise.all(lanes.map(send => send(post('/', ''))))
    const sent = lanes.map(send => send(post('/v1/events', ' '.repeat(450_000))))
    const closing = close()
    for (const answer of await Promise.all(sent)) expect(answer?.closes).toBe(true)
    await closing
  })

  it('is told to whoever comes anew, for as long as somebody comes: a load balancer sees that it is not ready', async () => {
    const { url, close } = await listening({ quietMs: 1_000, graceMs: 60_000 })
    await lane(url)(post('/', ''))
    const closing = close()
    for (let nth = 0; nth < 30; nth += 1) {
      const answer = await lane(url)('GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n')
      expect(answer).toMatchObject({ status: 503, closes: true })
    }
    await closing
    expect(await lane(url)('GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n')).toBeNull()
  })

  it('ends in its time, however many come', async () => {
    const { url, close } = await listening({ quietMs: 60_000, graceMs: 700 })
    const statuses = new Set<number>()
    const hammer = async (): Promise<void> => {
      for (;;) {
        const answer = await lane(url)('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
        if (answer === null) return
        statuses.add(answer.status)
      }
    }
    const lanes = [hammer(), hammer()]
    await expect.poll(() => statuses.has(200)).toBe(true)
    await close()
    await Promise.all(lanes)
    expect(statuses).toEqual(new Set([200, 503]))
  })
})

import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../collector/storage/open.ts'
import { WIRE_VERSION } from '../../shared/wire.ts'
import { eventOf } from '../ingest/wire-samples.ts'
import { ADMIN, installIn } from '../support/collector.ts'
import { buildProgram, serve } from '../support/program.ts'
import { tempDir } from '../support/temp-dir.ts'

/** The whole program is told to stop: what it answered is there, what it did not is said so, and nobody waits for ever. */

let program: string
beforeAll(async () => {
  program = await buildProgram('stop')
})

async function ready() {
  const place = installIn(tempDir())
  const serving = await serve(program, place)
  const { url } = serving
  const made = await fetch(`${url}/v1/sites`, {
    method: 'POST',
    headers: ADMIN,
    body: JSON.stringify({ id: 'acme', name: 'Acme', origins: [] }),
  })
  const { publicKey, secretKey } = await made.json()
  const bodyOf = (events: readonly { readonly id: string }[], visitor = 'visitor-0001'): string =>
    JSON.stringify({ v: WIRE_VERSION, site: publicKey, sentAt: Date.now(), visitor, events })
  const some = (count: number) =>
    Array.from({ length: count }, () =>
      eventOf({ at: Date.now(), page: { url: 'https://acme.example/demo' } }),
    )
  const send = (events: readonly { readonly id: string }[], visitor?: string) =>
    fetch(`${url}/v1/events`, { method: 'POST', body: bodyOf(events, visitor) })
  /** what is in its database once it is gone */
  const left = async () => {
    const store = await openStore(`sqlite:${join(place.cwd, 'data/goldpan.db')}`)
    try {
      const facts = await store.factsSince('acme', 0, 100_000)
      return { ids: facts.map(({ id }) => id), dirty: (await store.figures()).dirty }
    } finally {
      await store.close()
    }
  }
  return { ...serving, secretKey: String(secretKey), bodyOf, some, send, left }
}

/** A connection on which bytes are sent as a test likes. */
async function dial(url: string, text: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let got = ''
  socket.on('data', chunk => {
    got += chunk.toString('latin1')
  })
  socket.on('error', () => {})
  const closed = new Promise<string>(resolve => socket.once('close', () => resolve(got)))
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  socket.write(text)
  return { socket, closed, answer: () => got }
}

const headOf = (body: string): string =>
  `POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`

describe('SIGTERM', { timeout: 90_000 }, () => {
  it('lets who is sending finish, tells others to come again, ends streams and idle connections, and exits 0', async () => {
    const { url, end, bodyOf, some, left } = await ready()
    const idle = await dial(url, 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
    await expect.poll(idle.answer).toContain('alive')
    const unused = await dial(url, '')
    const hearing = await fetch(`${url}/v1/events/stream`, { headers: ADMIN })
    const heard = hearing.text()
    const late = some(3)
    const body = bodyOf(late)
    const slow = await dial(url, headOf(body) + body.slice(0, 100))
    await fetch(`${url}/healthz`)

    const exited = end('SIGTERM')
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(503)
    for (const path of ['/v1/events', '/v1/p.gif', '/readyz']) {
      const refused = await fetch(url + path, { method: path === '/v1/events' ? 'POST' : 'GET' })
      expect(refused.status, path).toBe(503)
      expect(refused.headers.get('retry-after'), path).toBe('5')
      expect(await refused.json()).toMatchObject({ code: 'stopping' })
    }
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect(await heard).toContain('retry:')

    slow.socket.write(body.slice(100))
    expect(await slow.closed).toMatch(/^HTTP\/1\.1 202 .*"accepted":3/s)
    expect(await exited).toBe(0)
    expect(await idle.closed).toContain('alive')
    expect(await unused.closed).toBe('')
    await expect(fetch(url)).rejects.toThrow()
    expect((await left()).ids.sort()).toEqual(late.map(({ id }) => id).sort())
  })

  it('loses nothing that was acknowledged under load, and leaves nobody without an answer', async () => {
    const { end, some, send, left } = await ready()
    const acknowledged: string[] = []
    const statuses = new Set<number>()
    const lanes = Array.from({ length: 16 }, async (_, lane) => {
      for (;;) {
        const events = some(5)
        // a refused or closed connection is an answer, too: these events are to be sent again
        const answer = await send(events, `visitor-${lane}-0001`).catch(() => null)
        if (answer === null) return
        statuses.add(answer.status)
        await answer.text().catch(() => '')
        if (answer.status === 202) acknowledged.push(...events.map(({ id }) => id))
      }
    })
    await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(500)
    expect(await end('SIGTERM')).toBe(0)
    await Promise.all(lanes)
    expect([...statuses].filter(status => status !== 202 && status !== 503)).toEqual([])
    const { ids } = await left()
    expect(new Set(ids).size).toBe(ids.length)
    expect(acknowledged.filter(id => !ids.includes(id))).toEqual([])
  })

  it('does not wait for the qualifier: what is dirty stays so, for the next start', async () => {
    const { url, end, left, secretKey } = await ready()
    // each event on a timeline of its own: to be qualified is a multiple of the work of being recorded
    const batch = (from: number) =>
      Array.from({ length: 100 }, (_, nth) => ({
        type: 'track',
        event: 'Looked',
        anonymousId: `visitor-${from + nth}-0001`,
        messageId: `message-${from + nth}`,
      }))
    const authorization = `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`
    const sent = Array.from({ length: 80 }, (_, nth) => {
      const body = JSON.stringify({ batch: batch(nth * 100) })
      return fetch(`${url}/v1/batch`, { method: 'POST', headers: { authorization }, body })
    })
    const statuses = (await Promise.all(sent)).map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(await end('SIGTERM')).toBe(0)
    const { ids, dirty } = await left()
    expect(ids).toHaveLength(8_000)
    expect(dirty).toBeGreaterThan(0)
  })

  it('cuts who never finishes when the grace is over, and exits 0', async () => {
    const { url, end, bodyOf, some, send, left } = await ready()
    const kept = some(2)
    expect((await send(kept)).status).toBe(202)
    const body = bodyOf(some(1))
    const slow = await dial(url, headOf(body) + body.slice(0, 10))
    const headless = await dial(url, 'POST /v1/events HTTP/1.1\r\nHost:')
    await fetch(`${url}/healthz`)
    expect(await end('SIGTERM')).toBe(0)
    expect(await slow.closed).not.toContain('202')
    await headless.closed
    expect((await left()).ids.sort()).toEqual(kept.map(({ id }) => id).sort())
  })

  it('a second one ends it at once', async () => {
    const { url, child, end, bodyOf, some, send, left } = await ready()
    const kept = some(2)
    expect((await send(kept)).status).toBe(202)
    const body = bodyOf(some(1))
    await dial(url, headOf(body) + body.slice(0, 10))
    await fetch(`${url}/healthz`)
    child.kill('SIGTERM')
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(503)
    expect(await end('SIGTERM')).toBe(130)
    expect((await left()).ids.sort()).toEqual(kept.map(({ id }) => id).sort())
  })
})

import { createServer, type Server, type Socket } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { listen } from '../../delivery/listen.ts'
import { quantileOf } from '../quantiles.ts'
import { type Answer, answerReader } from './answers.ts'
import { closedLoop } from './closed-loop.ts'
import type { Target } from './connection.ts'
import { openLoop } from './open-loop.ts'
import { IDLE_MS, poolOf } from './pool.ts'
import { eachOf, postBytes } from './traffic.ts'

const OK = 'HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\n{}'
const request = { bytes: postBytes('/v1/events', 'Host: a.example\r\n', '{"n":1}') }

/** A server that does as told with whatever comes on a connection. */
async function serverThat(onData: (socket: Socket, bytes: Buffer) => void): Promise<Target> {
  const sockets = new Set<Socket>()
  const server: Server = createServer(socket => {
    sockets.add(socket)
    socket.on('data', bytes => onData(socket, bytes)).on('error', () => {})
  })
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { host: '127.0.0.1', port: await listen(server) }
}

test('answers are read however the bytes are cut', () => {
  const bytes = Buffer.from(
    `${OK}HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 503 Not now\r\nConnection: close\r\nContent-Length: 3\r\n\r\nlow`,
  )
  for (const size of [1, 7, bytes.length]) {
    const answers: Answer[] = []
    const read = answerReader(answer => answers.push(answer))
    for (let at = 0; at < bytes.length; at += size) read(bytes.subarray(at, at + size))
    const seen = answers.map(({ status, closes, body }) => [status, closes, body.toString()])
    expect(seen).toEqual([
      [202, false, '{}'],
      [204, false, ''],
      [503, true, 'low'],
    ])
  }
})

test('an answer whose end nobody can tell is an error', () => {
  const read = answerReader(() => {})
  expect(() => read(Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'))).toThrow(
    'Content-Length',
  )
})

test('a closed loop sends each request once, and so many at a time', async () => {
  let waiting: Socket[] = []
  let most = 0
  const target = await serverThat(socket => {
    waiting.push(socket)
    most = Math.max(most, waiting.length)
    if (waiting.length < 4) return
    for (const one of waiting) one.write(OK)
    waiting = []
  })
  const outcomes: string[] = []
  const tally = await closedLoop({
    target,
    connections: 4,
    next: eachOf(Array.from({ length: 40 }, () => request)),
    onOutcome: (_, { kind }) => outcomes.push(kind),
  })
  expect(most).toBe(4)
  expect(tally).toMatchObject({ statuses: { 202: 40 }, answered: 40, lost: {} })
  expect(outcomes).toHaveLength(40)
})

test('a connection that goes is a loss, and another takes its place', async () => {
  let number = 0
  const target = await serverThat(socket => {
    number += 1
    if (number === 2) socket.destroy()
    else socket.write(number === 3 ? OK.replace('\r\n', '\r\nConnection: close\r\n') : OK)
  })
  const next = eachOf(Array.from({ length: 5 }, () => request))
  expect(await closedLoop({ target, connections: 1, next })).toMatchObject({
    statuses: { 202: 4 },
    lost: { closed: 1 },
  })
})

test('that nobody listens, or nobody answers, ends in time', async () => {
  const server = createServer()
  const port = await listen(server)
  await new Promise(resolve => server.close(resolve))
  const twice = () => eachOf([request, request])
  const gone = await closedLoop({ target: { host: '127.0.0.1', port }, connections: 1, next: twice() })
  expect(gone).toMatchObject({ answered: 0, lost: { refused: 2 } })

  const silent = await serverThat(() => {})
  const late = await closedLoop({ target: silent, connections: 1, next: twice(), timeoutMs: 20 })
  expect(late).toMatchObject({ answered: 0, lost: { timed_out: 2 } })
})

test('an open loop counts from the instant a request was meant to go', async () => {
  const target = await serverThat(socket => void setTimeout(() => socket.write(OK), 20))
  const next = eachOf(Array.from({ length: 10 }, () => request))
  const tally = await openLoop({ target, perSecond: 1_000, seconds: 0.01, connections: 1, next })
  expect(tally.statuses).toEqual({ 202: 10 })
  // one connection, 20 ms each: the last has waited for nine others
  expect(quantileOf(tally.latencies, 1)).toBeGreaterThan(9 * 19)
})

test('what an open loop could not send, or got no answer to, is told', async () => {
  const target = await serverThat(() => {})
  const next = eachOf(Array.from({ length: 5 }, () => request))
  const { answered, lost } = await openLoop({
    target,
    perSecond: 1_000,
    seconds: 0.005,
    connections: 2,
    next,
    timeoutMs: 30,
  })
  expect(answered).toBe(0)
  expect(Object.values(lost).reduce((sum, count) => sum + count, 0)).toBe(5)
})

test('an open loop makes no more requests than it can send, however many are due', async () => {
  const target = await serverThat(() => {})
  let made = 0
  const next = () => {
    made += 1
    return request
  }
  const given = { target, perSecond: 100_000, seconds: 0.01, connections: 2, timeoutMs: 30 }
  const { lost } = await openLoop({ ...given, next })
  expect(Object.values(lost).reduce((sum, count) => sum + count, 0)).toBe(1_000)
  expect(made).toBe(1_000 - (lost.unsent ?? 0))
  expect(made).toBeLessThan(10)
})

test('an open loop that is ended early sends what was due by then, and no more', async () => {
  const over = new AbortController()
  let came = 0
  const target = await serverThat(socket => {
    came += 1
    if (came === 3) over.abort()
    socket.write(OK)
  })
  const given = { target, perSecond: 100, seconds: 3_600, connections: 1, next: () => request }
  const { answered, lost } = await openLoop({ ...given, signal: over.signal })
  expect(answered).toBe(came)
  expect(came).toBeLessThan(1_000)
  expect(lost).toEqual({})
})

test('a connection that was idle for long is closed, and another one taken', async () => {
  const target = await serverThat(() => {})
  const clock = vi.spyOn(performance, 'now')
  onTestFinished(() => clock.mockRestore())
  const pool = poolOf(target, 1, 1_000)
  const first = pool.take()
  if (first === null) throw new Error('expected a connection')
  expect(pool.take()).toBeNull()
  clock.mockReturnValue(1_000)
  pool.giveBack(first)
  clock.mockReturnValue(1_000 + IDLE_MS - 1)
  expect(pool.take()).toBe(first)
  pool.giveBack(first)
  clock.mockReturnValue(1_000 + 3 * IDLE_MS)
  expect(pool.take()).not.toBe(first)
  pool.close()
})

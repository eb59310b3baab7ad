import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openLog } from '../../collector/http/log.ts'
import { startWatching } from '../../collector/http/watching.ts'
import { createSignals } from '../../collector/signals.ts'
import { StoreError } from '../../collector/storage/store.ts'
import { envelopeOf, NOON } from '../ingest/wire-samples.ts'
import { startHarness } from './harness.ts'
import { parseMetrics } from './prometheus.ts'

type Changes = Parameters<typeof startHarness>[0]

/** A collector whose figures and log are read: what it turned away, by reason, and the events it warned of. */
async function watched(changes: Changes = {}) {
  const said: string[] = []
  const log = openLog({ format: 'json', clock: () => NOON, write: line => said.push(line) })
  const { ingest, figures } = startWatching({ clock: () => NOON, signals: createSignals(), log })
  const harness = await startHarness({ watch: ingest, figures, ...changes })
  const turnedAway = () => {
    const families = parseMetrics(figures.text([]))
    const { samples = [] } = families.find(({ name }) => name === 'goldpan_requests_turned_away_total') ?? {}
    return Object.fromEntries(samples.map(({ labels, value }) => [labels.reason, value]))
  }
  const post = (path: string, body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}) =>
    fetch(harness.url + path, { method: 'POST', headers, body: body as BodyInit })
  return { ...harness, post, turnedAway, warned: () => said.map(line => JSON.parse(line).event) }
}

const GZIP = { 'content-encoding': 'gzip' }
const UNREAD = [
  ['too large as it says', 413, 'batch_too_large', ' '.repeat(500_001), {}],
  ['too large when inflated', 413, 'batch_too_large', gzipSync(Buffer.alloc(5_000_000)), GZIP],
  ['no gzip', 400, 'invalid_json', '{}', GZIP],
  ['of another coding', 415, 'unsupported_encoding', '{}', { 'content-encoding': 'br' }],
] as const

describe.each(['/v1/events', '/v1/batch', '/v1/i'])('%s: a delivery whose body is', path => {
  it.each(UNREAD)(
    '%s is counted as turned away, once, by its reason',
    async (_, status, reason, body, headers) => {
      const { post, turnedAway, warned } = await watched()
      expect((await post(path, body, headers)).status).toBe(status)
      expect(turnedAway()).toEqual({ [reason]: 1 })
      expect((await post(path, body, headers)).status).toBe(status)
      expect(turnedAway()).toEqual({ [reason]: 2 })
      expect(warned()).toEqual([])
    },
  )
})

it.each([
  ['/v1/events', 64],
  ['/v1/batch', 16],
])(
  '%s: what comes while %i MB of bodies are being read is counted, and said in the log',
  async (path, megabytes) => {
    const { url, turnedAway, warned } = await watched()
    const part = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n${' '.repeat(499_999)}`
    const answered = new Promise<string>(resolve => {
      for (let nth = 0; nth < 2 * megabytes + 1; nth += 1) {
        const socket = connect(Number(new URL(url).port), '127.0.0.1')
        onTestFinished(() => void socket.destroy())
        socket.on('error', () => {}).once('data', chunk => resolve(chunk.toString('latin1')))
        socket.write(part)
      }
    })
    expect(await answered).toMatch(/^HTTP\/1\.1 503 /)
    expect(turnedAway()).toEqual({ overloaded: 1 })
    expect(warned()).toEqual(['overload'])
  },
)

it('a pixel, events or a call for which the store cannot be asked are counted, and said in the log', async () => {
  const findSite = () => Promise.reject(new StoreError('unavailable', 'gone'))
  const { url, post, turnedAway, warned, site } = await watched({ findSite })
  const key = site.site.publicKey
  expect((await post('/v1/events', JSON.stringify(envelopeOf(undefined, key)))).status).toBe(503)
  expect(turnedAway()).toEqual({ store: 1 })
  expect((await post('/v1/batch', JSON.stringify({ batch: [], writeKey: key }))).status).toBe(503)
  expect((await fetch(`${url}/v1/p.gif?site=${key}`)).status).toBe(503)
  expect(turnedAway()).toEqual({ store: 3 })
  expect(warned()).toEqual(['overload'])
})

it('a pixel that cannot be read, and one of nobody, are counted once each', async () => {
  const { url, turnedAway } = await watched()
  expect((await fetch(`${url}/v1/p.gif?site=pk_live_nobody&url=https://a.example/`)).status).toBe(401)
  expect(turnedAway()).toEqual({ unknown_key: 1 })
})

it('what is only tried out, of a management call, or cut off by its sender is not counted', async () => {
  const { url, post, turnedAway, token } = await watched()
  expect((await post('/v1/validate', '{}', { 'content-encoding': 'br' })).status).toBe(415)
  const authorization = `Bearer ${await token('admin')}`
  expect((await post('/v1/sites', '{}', { 'content-encoding': 'br', authorization })).status).toBe(415)
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.end('POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{')
  socket.resume()
  await once(socket, 'close')
  expect(turnedAway()).toEqual({})
})

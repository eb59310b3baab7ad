import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidV7Maker } from '../../shared/ids.ts'
import { WIRE_VERSION } from '../../shared/wire.ts'

/**
 * Durable acknowledgements against a server that does nothing, in one run on one machine, and the time from an
 * acknowledgement to the MQL on the stream. Absolute figures move with the machine; the ratios are what counts.
 */

const CONNECTIONS = 64
const REQUESTS = 12_000
const QUALIFICATIONS = 200
const TOKEN = 'bench-admin-token-of-this-run'
const NO_OP = `require('node:http').createServer((q, s) => { q.resume(); q.on('end', () => {
  s.writeHead(202, { 'content-type': 'application/json' }); s.end('{}') }) }).listen(0, '127.0.0.1', function () { console.log('http://127.0.0.1:' + this.address().port) })`

interface Server {
  readonly url: string
  readonly child: ChildProcess
}

async function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Server> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  for await (const chunk of child.stdout) {
    printed += chunk
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0]
    if (url) {
      child.stdout.resume()
      return { url, child }
    }
  }
  throw new Error(`the server ended before it listened: ${printed}`)
}

async function stop({ child }: Server): Promise<void> {
  child.kill('SIGTERM')
  await once(child, 'exit')
}

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })

function post(url: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', agent, headers: { 'content-type': 'text/plain' } },
      answer => {
        answer.resume()
        answer.on('end', () => resolve(answer.statusCode ?? 0))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

const nextId = uuidV7Maker(length => randomBytes(length))

function envelope(site: string, visitor: string, events: readonly object[]): string {
  const now = Date.now()
  const full = events.map(event => ({
    id: nextId(now),
    at: now,
    page: { url: 'https://a.example/pricing' },
    ...event,
  }))
  return JSON.stringify({
    v: WIRE_VERSION,
    site,
    sentAt: now,
    visitor,
    session: `${visitor}-s`,
    events: full,
  })
}

const visitorId = (): string => randomBytes(16).toString('hex')

/** CPU seconds of a process so far, where the system tells (Linux). */
function cpuSeconds({ child }: Server): number {
  try {
    const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return Number.NaN
  }
}

interface Load {
  readonly perSecond: number
  readonly cpuMicros: number
}

/** Sends the bodies over all connections and waits for every answer. */
async function load(server: Server, path: string, bodies: readonly string[]): Promise<Load> {
  const cpu = cpuSeconds(server)
  const began = performance.now()
  const statuses = await Promise.all(bodies.map(body => post(server.url + path, body)))
  const seconds = (performance.now() - began) / 1_000
  const bad = statuses.find(status => status !== 202)
  if (bad) throw new Error(`expected 202 for every request, came ${bad}`)
  return { perSecond: bodies.length / seconds, cpuMicros: ((cpuSeconds(server) - cpu) / bodies.length) * 1e6 }
}

async function createSite(server: Server): Promise<string> {
  const answer = await fetch(`${server.url}/v1/sites`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'bench', name: 'Bench', origins: [] }),
  })
  const created: unknown = await answer.json()
  if (typeof created === 'object' && created && 'publicKey' in created) return String(created.publicKey)
  throw new Error(`no site was created: ${JSON.stringify(created)}`)
}

/**
 * Milliseconds from the 202 for the event that qualifies to the MQL on the stream, one lead after the other. The first one
 * waits behind the backlog that the load has left: the time to drain it.
 */
async function qualifyingTimes(
  server: Server,
  site: string,
): Promise<{ drained: number; times: readonly number[] }> {
  const abort = new AbortController()
  const stream = await fetch(`${server.url}/v1/events/stream?site=bench`, {
    headers: { authorization: `Bearer ${TOKEN}` },
    signal: abort.signal,
  })
  const moves = mqlMoves(stream)
  const times: number[] = []
  let drained = 0
  for (let n = 0; n <= QUALIFICATIONS; n++) {
    const fields = [
      ['email', `lead${n}@acme${n}.example`],
      ['jobTitle', 'Head of Marketing'],
      ['industry', 'IT'],
      ['company', 'Acme'],
    ].map(([trait, value]) => ({ name: trait, trait, value }))
    const demo = { type: 'form_submit', props: { form: { id: 'demo-request' }, fields } }
    await post(`${server.url}/v1/events`, envelope(site, visitorId(), [demo]))
    const acknowledged = performance.now()
    await moves.next()
    const took = performance.now() - acknowledged
    if (n === 0) drained = took
    else times.push(took)
  }
  abort.abort()
  return { drained, times: times.sort((a, b) => a - b) }
}

async function* mqlMoves(stream: Response): AsyncGenerator<void, void> {
  let text = ''
  for await (const chunk of stream.body ?? []) {
    text += Buffer.from(chunk).toString()
    const messages = text.split('\n\n')
    text = messages.pop() ?? ''
    for (const message of messages)
      if (/^event: transition$/m.test(message) && /"to":"mql"/.test(message)) yield
  }
}

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.floor(sorted.length * q)] ?? Number.NaN

const folder = mkdtempSync(join(tmpdir(), 'goldpan-bench-'))
try {
  const noOp = await start(['-e', NO_OP])
  const collector = await start(['dist/goldpan.js', 'serve'], {
    PORT: '0',
    DATABASE_URL: `sqlite:${folder}/goldpan.db`,
    GOLDPAN_ADMIN_TOKEN: TOKEN,
  })
  const site = await createSite(collector)
  const single = () =>
    Array.from({ length: REQUESTS }, () => envelope(site, visitorId(), [{ type: 'page_view' }]))
  const tens = () => {
    const ten = Array.from({ length: 10 }, () => ({ type: 'page_view' }))
    return Array.from({ length: REQUESTS / 10 }, () => envelope(site, visitorId(), ten))
  }
  await load(noOp, '/', single().slice(0, 2_000))
  await load(collector, '/v1/events', single().slice(0, 2_000))

  const nothing = await load(noOp, '/', single())
  const durable = await load(collector, '/v1/events', single())
  const batches = await load(collector, '/v1/events', tens())
  const { drained, times } = await qualifyingTimes(collector, site)

  console.table({
    'no-op node:http': {
      'requests/s': Math.round(nothing.perSecond),
      'CPU µs/request': Math.round(nothing.cpuMicros),
    },
    'durable ack': {
      'requests/s': Math.round(durable.perSecond),
      'CPU µs/request': Math.round(durable.cpuMicros),
    },
    'durable ack, ten events': {
      'requests/s': Math.round(batches.perSecond),
      'CPU µs/request': Math.round(batches.cpuMicros),
    },
  })
  console.log(`durable ack / no-op: ${(durable.perSecond / nothing.perSecond).toFixed(2)} of its requests/s`)
  console.log(
    `events/s, ten a request: ${Math.round(batches.perSecond * 10)} (qualification runs beside it, in the same process)`,
  )
  console.log(`backlog of the load drained in ${(drained / 1_000).toFixed(1)} s more`)
  console.log(
    `acknowledged → MQL on the stream: p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms (${times.length} leads)`,
  )
  await Promise.all([stop(noOp), stop(collector)])
} finally {
  agent.destroy()
  rmSync(folder, { recursive: true, force: true })
}

import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { expect } from 'vitest'
import type { Snippet } from '../../scripts/lib/bundle-snippet.mjs'
import type { TypedEnvelope, WireEvent } from '../../shared/wire.ts'

const WAIT_MS = 10_000

/** One event as it came, with what its envelope said. */
export interface Arrival extends WireEvent {
  readonly envelope: TypedEnvelope
}

/** A little collector that keeps what it is sent and answers as it is told. */
export interface Collector {
  readonly url: string
  readonly bodies: readonly string[]
  /** every event that came with an answer of 2xx, one a time it came */
  arrivals(type?: string): readonly Arrival[]
  /** the same, one an id, as a collector that knows its ids would keep them */
  kept(type?: string): readonly Arrival[]
  /** resolves with the kept events of a type when `count` have come; fails after ten seconds */
  until(type: string, count?: number): Promise<readonly Arrival[]>
  answer(status: number, headers?: Readonly<Record<string, string>>): void
  /** keeps everybody waiting for an answer until the returned function is called */
  hold(): () => void
  /** requests refused or taken so far */
  readonly requests: readonly IncomingMessage[]
  close(): Promise<void>
}

const listenOnFreePort = async (server: Server): Promise<string> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address)
    throw new Error(`expected the address of a port, got ${address}`)
  return `http://127.0.0.1:${address.port}`
}

const close = async (server: Server): Promise<void> => {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** The snippet sends with credentials, for the collector may keep a cookie: then CORS wants the origin named. */
const corsFor = (origin = '*') => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Expose-Headers': 'Retry-After',
})

export async function startCollector({ code, chunks, chunkVersion }: Snippet): Promise<Collector> {
  const files = new Map([
    ['/goldpan.js', code],
    ...Object.entries(chunks).map(([name, text]) => [`/goldpan.${name}.${chunkVersion}.js`, text] as const),
  ])
  const bodies: string[] = []
  const requests: IncomingMessage[] = []
  const taken: Arrival[] = []
  let status = 202
  let extra: Readonly<Record<string, string>> = {}
  let held = Promise.resolve()
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      const text = files.get(request.url ?? '')
      response
        .writeHead(text === undefined ? 404 : 200, {
          ...corsFor(request.headers.origin),
          'Content-Type': 'text/javascript; charset=utf-8',
        })
        .end(text)
      return
    }
    const body = await readBody(request)
    requests.push(request)
    bodies.push(body)
    if (status === 202) {
      const envelope: TypedEnvelope = JSON.parse(body)
      taken.push(...envelope.events.map(event => ({ ...event, envelope })))
    }
    await held
    response.writeHead(status, { ...corsFor(request.headers.origin), ...extra }).end('{}')
  })
  const url = await listenOnFreePort(server)
  const arrivals = (type?: string): Arrival[] => taken.filter(event => !type || event.type === type)
  const kept = (type?: string): Arrival[] => [
    ...new Map(arrivals(type).map(event => [event.id, event])).values(),
  ]
  return {
    url,
    bodies,
    requests,
    arrivals,
    kept,
    until: async (type, count = 1) => {
      await expect
        .poll(() => kept(type).length, { timeout: WAIT_MS, interval: 10 })
        .toBeGreaterThanOrEqual(count)
      return kept(type)
    },
    answer: (next, headers = {}) => {
      status = next
      extra = headers
    },
    hold: () => {
      let release = (): void => {}
      held = new Promise(resolve => {
        release = resolve
      })
      return release
    },
    close: () => close(server),
  }
}

/** A site whose pages a test writes; `/never` never answers, any other path says thank you. */
export interface Site {
  readonly url: string
  /** HTML by path */
  readonly pages: Map<string, string>
  close(): Promise<void>
}

export async function startSite(): Promise<Site> {
  const pages = new Map<string, string>()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site')
    request.resume()
    if (pathname === '/never') return
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
    response.end(pages.get(pathname) ?? '<title>Thanks</title><p>Thank you')
  })
  const url = await listenOnFreePort(server)
  return { url, pages, close: () => close(server) }
}

import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { expect } from 'vitest'
import { listOf } from '../../collector/ingest/tolerate.ts'
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
  answer(status: number): void
  /** keeps everybody waiting for an answer until the returned function is called */
  hold(): () => void
  /** events' requests, refused or taken so far */
  readonly requests: readonly IncomingMessage[]
  /** paths of the scripts asked for so far */
  readonly fetched: readonly string[]
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

/** A body when it came whole; nothing of a request that broke off, as when its page is closed. */
const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk)
  } catch {
    return undefined
  }
  return Buffer.concat(chunks).toString()
}

/** The snippet sends with credentials, for the collector may keep a cookie: then CORS wants the origin named. */
const corsFor = (origin = '*') => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Allow-Credentials': 'true',
})

/** What came in a body: nothing when it is none of ours. Lists that came as strings are read, as the collector does. */
const arrivalsOf = (body: string): Arrival[] => {
  const envelope: TypedEnvelope = JSON.parse(body)
  const events: unknown = listOf(envelope.events)
  if (!Array.isArray(events)) return []
  return events.map(event => {
    const { props } = event
    return {
      ...event,
      ...(props?.fields && { props: { ...props, fields: listOf(props.fields) } }),
      envelope,
    }
  })
}

export async function startCollector({ code, chunks, chunkVersion }: Snippet): Promise<Collector> {
  const files = new Map([
    ['/goldpan.js', code],
    ...Object.entries(chunks).map(([name, text]) => [`/goldpan.${name}.${chunkVersion}.js`, text] as const),
  ])
  const bodies: string[] = []
  const fetched: string[] = []
  const requests: IncomingMessage[] = []
  const taken: Arrival[] = []
  let status = 202
  let held = Promise.resolve()
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      fetched.push(request.url ?? '')
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
    if (body === undefined) return
    requests.push(request)
    bodies.push(body)
    if (status === 202) taken.push(...arrivalsOf(body))
    await held
    response.writeHead(status, corsFor(request.headers.origin)).end('{}')
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
    fetched,
    arrivals,
    kept,
    until: async (type, count = 1) => {
      await expect
        .poll(() => kept(type).length, { timeout: WAIT_MS, interval: 10 })
        .toBeGreaterThanOrEqual(count)
      return kept(type)
    },
    answer: next => {
      status = next
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

/** A site whose pages a test writes. */
export interface Site {
  readonly url: string
  /** the text of a page, or of a script, by path */
  readonly pages: Map<string, string>
  /** headers of answers by path */
  readonly headers: Map<string, Readonly<Record<string, string>>>
  /** paths that answer no sooner than this resolves */
  readonly waits: Map<string, Promise<void>>
  /** the paths asked for so far */
  readonly asked: readonly string[]
  /** where `/proxy/…` leads to, as an owner's own path to the collector */
  behindProxy: string
  close(): Promise<void>
}

/** Hands a request on, as a proxy does, and its answer back. */
const forward = async (request: IncomingMessage, response: ServerResponse, to: string): Promise<void> => {
  const body = await readBody(request)
  if (body === undefined) return
  const method = request.method ?? 'GET'
  const headers = { 'user-agent': request.headers['user-agent'] ?? '' }
  const answer = await fetch(to, { method, headers, ...(method === 'POST' && { body }) })
  response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? 'text/plain' })
  response.end(await answer.text())
}

/**
 * `/never` never answers, a path under `/stay/` answers 204, on which browsers stay where they are, `/proxy/` leads to
 * the collector, and any path that is not written says thank you.
 */
export async function startSite(): Promise<Site> {
  const pages = new Map<string, string>()
  const headers = new Map<string, Readonly<Record<string, string>>>()
  const waits = new Map<string, Promise<void>>()
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site')
    if (pathname.startsWith('/proxy/'))
      return forward(request, response, site.behindProxy + pathname.slice(6))
    request.resume()
    asked.push(pathname)
    if (pathname === '/never') return
    await waits.get(pathname)
    const type = pathname.endsWith('.js') ? 'text/javascript' : 'text/html'
    response.writeHead(pathname.startsWith('/stay/') ? 204 : 200, {
      'Content-Type': `${type}; charset=utf-8`,
      ...headers.get(pathname),
    })
    response.end(pages.get(pathname) ?? '<title>Thanks</title><p>Thank you')
  })
  const url = await listenOnFreePort(server)
  const site: Site = { url, pages, headers, waits, asked, behindProxy: '', close: () => close(server) }
  return site
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the collector would know. Tests change it between questions. */
export interface World {
  events: (Record<string, unknown> & { readonly type: string })[]
  lead: Record<string, unknown> | null
  score: Record<string, unknown> | null
}

export interface FakeCollector {
  readonly url: string
  readonly world: World
  /** every question asked of the API, with what came along */
  readonly asked: {
    readonly url: string
    readonly authorization: string | undefined
    readonly lastEventId: unknown
  }[]
  /** Tells all open streams. */
  tell(name: string, data: unknown, id?: string): void
  /** open streams right now */
  streams(): number
  close(): Promise<void>
}

/** The tag's part in this: it gives the browser an id, where the real one keeps it. */
const TAG = `localStorage.setItem('goldpan.' + document.currentScript.dataset.site + '.visitor', 'visitor-0001');
window.goldpan = (command) => { if (command === 'reset') localStorage.setItem('was-reset', 'yes') };`

/** A real HTTP server that speaks the agreed shapes (docs/api.md), so that the site is tested without a collector. */
export async function startFakeCollector(): Promise<FakeCollector> {
  const world: World = { events: [], lead: null, score: null }
  const asked: FakeCollector['asked'] = []
  const streams = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake')
    if (url.pathname === '/goldpan.js') return send(response, 200, 'text/javascript', TAG)
    asked.push({
      url: request.url ?? '',
      authorization: request.headers.authorization,
      lastEventId: request.headers['last-event-id'],
    })
    if (url.pathname === '/v1/events/stream') return open(streams, request, response)
    const answer = answerTo(world, url)
    send(response, answer === null ? 404 : 200, 'application/json', JSON.stringify(answer ?? { status: 404 }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    world,
    asked,
    tell: (name, data, id) => {
      const text = `${id ? `id: ${id}\n` : ''}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
      for (const stream of streams) stream.write(text)
    },
    streams: () => streams.size,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answerTo(world: World, { pathname: path, searchParams }: URL): unknown {
  if (path === '/v1/events')
    return eventsIn(world, searchParams.get('type'), Number(searchParams.get('limit')))
  if (path.endsWith('/score')) return world.score
  return path.startsWith('/v1/leads/') ? world.lead : null
}

function eventsIn({ events }: World, type: string | null, limit: number): unknown {
  const ofType = events.filter(event => type === null || event.type === type)
  return { data: ofType.slice(0, limit), next: ofType.length > limit ? 'more' : null }
}

function open(streams: Set<ServerResponse>, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
  response.write(': open\n\n')
  streams.add(response)
  request.on('close', () => streams.delete(response))
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type }).end(body)
}

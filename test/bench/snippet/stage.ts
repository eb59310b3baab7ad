import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { brotli } from '../../../scripts/lib/bundle-snippet.mjs'
import { pageWith } from './page.ts'
import { EVENTS_HOST, type Tracker } from './trackers.ts'

/** What browsers moved to and from a tracker's host, headers and all, as its sockets saw it (HTTP/1.1, Brotli). */
export interface Traffic {
  scripts: number
  /** up and down, for the scripts */
  scriptBytes: number
  events: number
  /** up and down, for the requests that carry events and their answers */
  eventBytes: number
}

/** A site that loads one tracker from a host of its own beside it, as with a first-party collector. */
export interface Stage {
  readonly pageUrl: string
  readonly blankUrl: string
  /** where the tracker's scripts come from and its events go: they are taken at once */
  readonly hostUrl: string
  readonly traffic: Traffic
  close(): Promise<void>
}

export async function openStage({ files, attributes }: Tracker): Promise<Stage> {
  const traffic: Traffic = { scripts: 0, scriptBytes: 0, events: 0, eventBytes: 0 }
  const host = await listen('go.acme.localhost', (request, response) => {
    response.on('close', () => count(traffic, request))
    const text = files[(request.url ?? '/').slice(1)]?.replaceAll(EVENTS_HOST, host.url)
    void answer(request, response, text)
  })
  const tag = `<script async src="${host.url}/tracker.js" ${attributes}></script>`
  const site = await listen('www.acme.localhost', ({ url }, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(url === '/' ? pageWith(tag) : '<!doctype html><title>Blank</title><link rel=icon href=data:,>')
  })
  return {
    pageUrl: `${site.url}/`,
    blankUrl: `${site.url}/blank`,
    hostUrl: host.url,
    traffic,
    close: async () => {
      await Promise.all([host.close(), site.close()])
    },
  }
}

/** Hosts under `localhost` are this machine and secure contexts in every browser, and no proxy gets between. */
async function listen(host: string, listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address)
    throw new Error(`expected the address of a port, got ${address}`)
  return {
    url: `http://${host}:${address.port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, text?: string): Promise<void> {
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*')
  response.setHeader('access-control-allow-credentials', 'true')
  if (request.method !== 'GET') {
    request.resume()
    await once(request, 'end')
    response.writeHead(202, { 'content-type': 'application/json' }).end('{}')
  } else if (text === undefined) {
    response.writeHead(404).end()
  } else {
    const headers = { 'content-type': 'text/javascript; charset=utf-8', 'content-encoding': 'br' }
    response.writeHead(200, headers).end(brotli(text))
  }
}

/** Bytes of each socket that are already counted. */
const counted = new WeakMap<Socket, number>()

function count(traffic: Traffic, { method, socket }: IncomingMessage): void {
  const all = socket.bytesRead + socket.bytesWritten
  const bytes = all - (counted.get(socket) ?? 0)
  counted.set(socket, all)
  const kind = method === 'GET' ? 'script' : 'event'
  traffic[`${kind}s`] += 1
  traffic[`${kind}Bytes`] += bytes
}

import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:https'
import type { TypedEnvelope, WireEvent } from '../../shared/wire.ts'
import type { Certificate } from './certificate.ts'
import { type Link, startLink } from './link.ts'
import { listen } from './listen.ts'

/** One event as it came, each time it came. */
export interface Arrival extends WireEvent {
  readonly envelope: TypedEnvelope
  /** path of the page that sent it, which need not be the one it happened on */
  readonly from: string
}

/** A collector behind TLS and a long line, that keeps what it is sent. */
export interface FarCollector {
  readonly url: string
  readonly link: Link
  /** every event that came with an answer of 2xx, in the order they came */
  readonly arrivals: readonly Arrival[]
  /** the same of those that came with another answer */
  readonly refused: readonly Arrival[]
  /** requests whose body came whole, taken or refused */
  readonly requests: number
  answer(status: number): void
  /** resolves with true when `done` holds, with false when it does not within `deadlineMs` */
  until(done: () => boolean, deadlineMs: number): Promise<boolean>
  close(): Promise<void>
}

export interface FarCollectorOptions {
  readonly certificate: Certificate
  readonly roundTripMs: number
  /** keeps connections open; else each request has to open one, with all its round trips */
  readonly keepsOpen: boolean
  /** scripts that it serves, by path @default none */
  readonly scripts?: ReadonlyMap<string, string>
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const arrivalsOf = (body: string, referrer = 'http://unknown/'): readonly Arrival[] => {
  const envelope: TypedEnvelope = JSON.parse(body)
  const from = new URL(referrer).pathname
  return envelope.events.map(event => ({ ...event, envelope, from }))
}

const headersFor = ({ headers: { origin = '*' } }: IncomingMessage, keepsOpen: boolean) => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Allow-Credentials': 'true',
  ...(!keepsOpen && { Connection: 'close' }),
})

export async function startFarCollector(options: FarCollectorOptions): Promise<FarCollector> {
  const { certificate, roundTripMs, keepsOpen, scripts } = options
  const arrivals: Arrival[] = []
  const refused: Arrival[] = []
  const watchers = new Set<() => void>()
  let requests = 0
  let status = 202
  const server = createServer({ ...certificate, keepAliveTimeout: 600_000 }, async (request, response) => {
    // a request that broke off never came
    const body = await readBody(request).catch(() => undefined)
    if (body === undefined) return
    requests++
    const script = scripts?.get(request.url ?? '')
    const headers = headersFor(request, keepsOpen)
    if (script) response.writeHead(200, { ...headers, 'Content-Type': 'text/javascript' }).end(script)
    else response.writeHead(status, headers).end('{}')
    if (body) (status === 202 ? arrivals : refused).push(...arrivalsOf(body, request.headers.referer))
    for (const watcher of watchers) watcher()
  })
  const link = await startLink(await listen(server), roundTripMs)
  const until = (done: () => boolean, deadlineMs: number): Promise<boolean> =>
    new Promise(resolve => {
      const end = (): void => {
        clearTimeout(timer)
        watchers.delete(look)
        resolve(done())
      }
      const look = (): void => {
        if (done()) end()
      }
      const timer = setTimeout(end, deadlineMs)
      watchers.add(look)
      look()
    })
  return {
    url: `https://127.0.0.1:${link.port}`,
    link,
    arrivals,
    refused,
    get requests() {
      return requests
    },
    answer: next => {
      status = next
    },
    until,
    close: async () => {
      await link.cut()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

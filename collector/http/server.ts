import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener, RequestError } from '@hono/node-server'
import type { Hono } from 'hono'
import { StartError } from '../config/start-error.ts'
import { ambiguity, MOST_HEADERS } from './ambiguous.ts'
import { type ClosingTimes, closeGently, readAway, watchTraffic } from './closing.ts'
import { FOR_OTHER_SITES, sendersCors } from './cors.ts'
import { internal } from './failed.ts'
import { problem } from './problem.ts'
import type { HttpEnv } from './route.ts'

export interface Listening {
  readonly port: number
  /**
   * Lets the requests under way finish, answers new ones 503 for as long as they come (`/readyz` too), and resolves when the last
   * connection is closed.
   */
  close(): Promise<void>
}

export interface ServerLimits extends ClosingTimes {
  /** until the headers, the whole request, and the next request on a connection must have come */
  readonly headersTimeout: number
  readonly requestTimeout: number
  readonly keepAliveTimeout: number
  /** how often Node looks for those that are late; milliseconds, as all of these */
  readonly connectionsCheckingInterval: number
  /** bytes of a request's first line and headers */
  readonly maxHeaderSize: number
  /** connections at once; more are closed unread */
  readonly maxConnections: number
  /** until some of an answer must have been read (Node looks twice); one that is still being made has no limit here */
  readonly unreadTimeout: number
}

/**
 * Our choice. Short times, for a slow sender holds memory and the longest honest upload is half a megabyte; headers as large
 * as common proxies let through; twice the connections that memory is measured with (collector.md).
 */
export const SERVER_LIMITS: ServerLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
  maxConnections: 20_000,
  graceMs: 5_000,
  quietMs: 100,
  unreadTimeout: 30_000,
}

/** @throws StartError when the address cannot be listened on */
export async function listen(
  app: Pick<Hono<HttpEnv>, 'fetch'>,
  host: string,
  port: number,
  limits: ServerLimits = SERVER_LIMITS,
): Promise<Listening> {
  let isClosing = false
  const fetch: FetchCallback = (request, env) => {
    if (isClosing) env.outgoing.setHeader('connection', 'close')
    const refusal = ambiguity(env.incoming)
    if (refusal) return refusal
    if (!isClosing || STILL_ANSWERED.test(request.url)) return app.fetch(request, env)
    return readAway(env.incoming).then(() => stopping(request))
  }
  const { maxConnections, graceMs, quietMs, unreadTimeout, ...serverOptions } = limits
  const listener = getRequestListener(fetch, { hostname: host, errorHandler: unanswered })
  const server = createServer(serverOptions, listener)
  server.maxConnections = maxConnections
  server.maxHeadersCount = MOST_HEADERS + 1
  server.setTimeout(unreadTimeout)
  // without a listener Node cuts who waits, too
  server.prependListener('request', (_, response: ServerResponse) =>
    response.on('timeout', (socket: Socket) => {
      if (socket.writableLength > 0) socket.destroy()
    }),
  )
  const traffic = watchTraffic(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(listenError(error, host, port)))
    server.listen(port, host, resolve)
  })
  return {
    port: portOf(server.address()),
    close: () => {
      isClosing = true
      return closeGently(server, traffic, { graceMs, quietMs })
    },
  }
}

type FetchCallback = Parameters<typeof getRequestListener>[0]

/** Whether the process lives is asked of one that stops, too. */
const STILL_ANSWERED = /\/healthz(?:\?|$)/

/** Where the app was not asked, for line and headers make no request; what its routes throw it answers itself (failed.ts). */
const unanswered = (error: unknown): Response =>
  error instanceof RequestError
    ? problem(
        400,
        'invalid_request',
        'The request cannot be read',
        'Expected a path, and a Host header with the collector’s name, came others. Send both as browsers do.',
        { headers: { connection: 'close' } },
      )
    : internal()

const stopping = ({ headers }: Request): Response =>
  problem(
    503,
    'stopping',
    'Not now',
    'This collector is stopping. Send it again, with the same ids, in 5 s.',
    {
      headers: {
        ...FOR_OTHER_SITES,
        ...sendersCors(headers.get('origin')),
        'retry-after': '5',
      },
    },
  )

const portOf = (address: AddressInfo | string | null): number =>
  address !== null && typeof address === 'object' ? address.port : 0

function listenError(error: Error, host: string, port: number): StartError {
  const code = 'code' in error ? error.code : null
  const options = { cause: error }
  switch (code) {
    case 'EADDRINUSE':
      return new StartError(
        `Port ${port} on ${host} is taken. Stop what listens there, or choose another: PORT=${port + 10}.`,
        options,
      )
    case 'EACCES':
      return new StartError(`Port ${port} needs privileges. Choose one above 1023: PORT=8787.`, options)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(
        `HOST: expected an address of this machine, came ${host}. Use 127.0.0.1, or 0.0.0.0 for all networks.`,
        options,
      )
    default:
      return new StartError(`Cannot listen on ${host}:${port}: ${error.message}.`, options)
  }
}

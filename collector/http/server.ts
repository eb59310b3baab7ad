import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { StartError } from '../config.ts'
import type { HttpEnv } from './route.ts'

export interface Listening {
  readonly port: number
  /** Takes no more requests, lets those under way finish, and resolves when the last connection is closed. */
  close(): Promise<void>
}

/** Short, for a slow sender holds memory; the longest honest upload is half a megabyte. */
const TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 10_000 } as const

/** How long requests under way may take to finish when the collector closes; then they are cut. Our choice. */
const GRACE_MS = 5_000
const IDLE_CHECK_MS = 20

/** @throws StartError when the address cannot be listened on */
export async function listen(app: Hono<HttpEnv>, host: string, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, hostname: host, serverOptions: TIMEOUTS })
  if (!('closeIdleConnections' in server)) throw new TypeError('expected an HTTP/1 server')
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(listenError(error, host, port)))
    server.listen(port, host, resolve)
  })
  return { port: portOf(server.address()), close: () => closeGently(server, sockets) }
}

const portOf = (address: AddressInfo | string | null): number =>
  address !== null && typeof address === 'object' ? address.port : 0

function closeGently(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closeIdle = (): void => {
    server.closeIdleConnections()
    // Browsers and fetch open connections in advance; Node does not count these as idle.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
  }
  return new Promise(resolve => {
    const idle = setInterval(closeIdle, IDLE_CHECK_MS)
    const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(grace)
      resolve()
    })
  })
}

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

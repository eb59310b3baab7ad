import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'

/** What a server is at, as it must be known to close it without cutting anybody off. */
export interface Traffic {
  /** not answered yet */
  readonly underWay: ReadonlySet<ServerResponse>
  /** open connections, and when each came */
  readonly sockets: ReadonlyMap<Socket, number>
  /** when the latest connection or request came; milliseconds of `performance.now()`, as all instants here */
  latest(): number
}

/** Of the time to close, the last part, in which nothing new is let in. */
const LAST_MS = 500

const CHECK_MS = 20

/** For a body that is not wanted. */
const READ_AWAY_MS = 500

export interface ClosingTimes {
  /** nothing new has come for so long: nothing is on its way any more */
  readonly quietMs: number
  /** after so long everything is cut */
  readonly graceMs: number
}

export function watchTraffic(server: Server): Traffic {
  const underWay = new Set<ServerResponse>()
  const sockets = new Map<Socket, number>()
  const answersOn = new WeakMap<Socket, Set<ServerResponse>>()
  let latest = Number.NEGATIVE_INFINITY
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    latest = performance.now()
    const own = answersOn.get(socket) ?? new Set()
    answersOn.set(socket, own.add(response))
    underWay.add(response)
    response.once('close', () => {
      own.delete(response)
      underWay.delete(response)
    })
  })
  server.on('connection', (socket: Socket) => {
    latest = performance.now()
    sockets.set(socket, latest)
    socket.once('close', () => {
      sockets.delete(socket)
      // behind one that closed the connection others may have been asked for: these are never written, and never close
      for (const response of answersOn.get(socket) ?? []) underWay.delete(response)
    })
  })
  return { underWay, sockets, latest: () => latest }
}

/**
 * Closes a server that turns away what is new by itself. What is under way is finished and closes its connection; for as long as
 * something new comes it is still let in, so that it is told to come again and a load balancer sees it; then connections that
 * nobody uses are closed.
 */
export async function closeGently(server: Server, traffic: Traffic, times: ClosingTimes): Promise<void> {
  const begun = performance.now()
  const cutAt = begun + times.graceMs
  for (const response of traffic.underWay)
    if (!response.headersSent) response.setHeader('connection', 'close')
  while (performance.now() < cutAt - LAST_MS && isBusy(traffic, begun, times.quietMs)) {
    await sleep(CHECK_MS)
    // what came while this process was busy is read before it is asked for
    await nextTurn()
  }
  await closeConnections(server, traffic, cutAt, times.quietMs)
}

/** On an open connection something may have been on its way when the stop began. */
function isBusy({ underWay, sockets, latest }: Traffic, begun: number, quietMs: number): boolean {
  const since = sockets.size > 0 ? Math.max(begun, latest()) : latest()
  return underWay.size > 0 || performance.now() - since < quietMs
}

function closeConnections(
  server: Server,
  { sockets }: Traffic,
  cutAt: number,
  quietMs: number,
): Promise<void> {
  const closeIdle = (): void => {
    server.closeIdleConnections()
    // Browsers and fetch open connections in advance; Node does not count these as idle.
    for (const [socket, since] of sockets)
      if (socket.bytesRead === 0 && performance.now() - since >= quietMs) socket.destroy()
  }
  return new Promise(resolve => {
    const idle = setInterval(closeIdle, CHECK_MS)
    const cut = setTimeout(() => server.closeAllConnections(), Math.max(0, cutAt - performance.now()))
    server.close(() => {
      clearInterval(idle)
      clearTimeout(cut)
      resolve()
    })
  })
}

/**
 * Resolves when a body has come, or after half a second: an answer that closes its connection may be lost with what was not read
 * before it (RFC 9112, 9.6).
 */
export function readAway(incoming: Readable): Promise<unknown> {
  const read = new Promise<void>(resolve => {
    for (const event of ['end', 'close', 'error'] as const) incoming.once(event, () => resolve())
    incoming.resume()
  })
  return Promise.race([read, sleep(READ_AWAY_MS, undefined, { ref: false })])
}

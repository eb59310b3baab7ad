import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { listen } from './listen.ts'

/** A long line to a port of this machine: what goes in comes out half a round trip later. */
export interface Link {
  readonly port: number
  /** connections made so far */
  readonly connections: number
  /** how long nothing went in or out; browsers keep spare connections open that never carry a request */
  readonly silentMs: number
  /** as if nobody listened: new connections are refused, open ones end */
  cut(): Promise<void>
  mend(): Promise<void>
}

/**
 * Passes on what `from` sends to `to`, in order, each piece `delayMs` after it came and nothing before `notBefore`
 * (performance.now()).
 */
function carry(from: Socket, to: Socket, delayMs: number, notBefore: number): void {
  const pieces: (() => void)[] = []
  let due = notBefore
  const later = (piece: () => void): void => {
    pieces.push(piece)
    due = Math.max(due, performance.now() + delayMs)
    // timers of different lengths may swap places: each takes the oldest piece, whichever it was set for
    setTimeout(() => pieces.shift()?.(), due - performance.now())
  }
  from.on('data', chunk => later(() => to.write(chunk)))
  from.on('end', () => later(() => to.end()))
  from.on('error', () => later(() => to.destroy()))
}

/**
 * Opens a link to `target`. The kernel shakes hands before we hear of a connection, so that TCP's round trip would cost
 * nothing: the first bytes of a client wait that much longer.
 */
export async function startLink(target: number, roundTripMs: number): Promise<Link> {
  const sockets = new Set<Socket>()
  let connections = 0
  let lastAt = Number.NEGATIVE_INFINITY
  const server = createServer({ allowHalfOpen: true, noDelay: true }, client => {
    connections++
    lastAt = performance.now()
    sockets.add(client)
    const upstream = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
    for (const end of [client, upstream]) {
      end.on('data', () => {
        lastAt = performance.now()
      })
    }
    client.on('close', () => sockets.delete(client))
    carry(client, upstream, roundTripMs / 2, performance.now() + roundTripMs * 1.5)
    carry(upstream, client, roundTripMs / 2, 0)
  })
  const port = await listen(server)
  return {
    port,
    get connections() {
      return connections
    },
    get silentMs() {
      return performance.now() - lastAt
    },
    cut: async () => {
      if (!server.listening) return
      for (const socket of sockets) socket.destroy(new Error('the link was cut'))
      server.close()
      await once(server, 'close')
    },
    mend: async () => {
      await listen(server, port)
    },
  }
}

import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Target } from '../../../support/load/connection.ts'

/** Ways to hold a connection without ever being done with it. */
export const KINDS = {
  'says nothing': { limit: 'headersTimeout', begin: () => {} },
  'sends headers a byte at a time': {
    limit: 'headersTimeout',
    begin: socket => drip(socket, 'POST /v1/events HTTP/1.1\r\nHost: x\r\n', `X-A: ${'a'.repeat(4_000)}`),
  },
  'sends a body a byte at a time': {
    limit: 'requestTimeout',
    begin: socket => drip(socket, post(4_000), `{"v":1,"site":"${'a'.repeat(4_000)}`),
  },
  'sends half of it, and no more': {
    limit: 'requestTimeout',
    begin: socket => {
      socket.end(`${post(4_000)}{"v":1`)
    },
  },
  'keeps a connection for later': {
    limit: 'keepAliveTimeout',
    begin: socket => {
      socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
      socket.resume()
    },
  },
  'asks a thousand times, reads no answer': {
    limit: 'silence',
    begin: socket => {
      socket.pause()
      socket.write('GET /goldpan.js HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(1_000))
    },
  },
} as const satisfies Record<string, { readonly limit: SlowLimit; readonly begin: (socket: Socket) => void }>

export type SlowKind = keyof typeof KINDS
export type SlowLimit = 'headersTimeout' | 'requestTimeout' | 'keepAliveTimeout' | 'silence'

const post = (length: number): string =>
  `POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`

const BYTE_MS = 250

function drip(socket: Socket, head: string, rest: string): void {
  socket.write(head)
  let at = 0
  const dripping = setInterval(() => socket.write(rest[at++ % rest.length] ?? 'a'), BYTE_MS)
  socket.once('close', () => clearInterval(dripping))
}

export interface SlowSockets {
  /** how long each lived until the server ended it, seconds, by kind */
  readonly lived: ReadonlyMap<SlowKind, readonly number[]>
  /** how many are there still */
  left(kind: SlowKind): number
  /** Writes to those that read nothing: only so do they learn that they were let go. */
  probe(): Promise<void>
  /** Resolves when so many were connected, or could not. */
  readonly connected: Promise<void>
  close(): void
}

const UNREAD: SlowKind = 'asks a thousand times, reads no answer'
const PROBE_MS = 500
/** Each asks a thousand times: more of them would be a flood of requests, which is another trial. */
const ONE_IN = 100

const namesOf = (): readonly SlowKind[] =>
  Object.keys(KINDS).filter((name): name is SlowKind => name in KINDS)

/** @param count of sockets: a hundredth reads nothing, the other kinds have even shares */
export function openSlowSockets(target: Target, count: number): SlowSockets {
  const lived = new Map<SlowKind, number[]>(namesOf().map(name => [name, []]))
  const open = new Map<SlowKind, Set<Socket>>(namesOf().map(name => [name, new Set()]))
  const connects: Promise<void>[] = []
  const dial = (kind: SlowKind): void => {
    const socket = connect({ ...target, allowHalfOpen: true })
    const began = performance.now()
    open.get(kind)?.add(socket)
    socket.on('error', () => {})
    socket.once('end', () => socket.destroy())
    socket.once('close', () => {
      if (open.get(kind)?.delete(socket)) lived.get(kind)?.push((performance.now() - began) / 1_000)
    })
    connects.push(
      new Promise(resolve => {
        socket.once('connect', () => {
          if (KINDS[kind].limit !== 'silence') socket.resume()
          KINDS[kind].begin(socket)
          resolve()
        })
        socket.once('close', () => resolve())
      }),
    )
  }
  const others = namesOf().filter(kind => kind !== UNREAD)
  for (let nth = 0; nth < count; nth += 1)
    dial(nth % ONE_IN === 0 ? UNREAD : (others[nth % others.length] ?? UNREAD))
  return {
    lived,
    left: kind => open.get(kind)?.size ?? 0,
    probe: async () => {
      for (let times = 0; times < 2; times += 1) {
        for (const socket of open.get(UNREAD) ?? []) socket.write('\r\n')
        await pause(PROBE_MS)
      }
    },
    connected: Promise.all(connects).then(() => {}),
    close: () => {
      for (const sockets of open.values())
        for (const socket of [...sockets]) {
          sockets.delete(socket)
          socket.destroy()
        }
    },
  }
}

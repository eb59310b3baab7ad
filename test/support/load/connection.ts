import { connect, type Socket } from 'node:net'
import { type Answer, AnswerError, answerReader } from './answers.ts'

/** Where a load goes. */
export interface Target {
  readonly host: string
  readonly port: number
}

/** From a server's address, `http://127.0.0.1:8787`. */
export const targetOf = (url: string): Target => {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port || 80) }
}

/** Why no answer came: nobody listens, the connection went, nothing came in time, or what came was no answer. */
export type LostWhy = 'refused' | 'closed' | 'timed_out' | 'unreadable'

export type Outcome =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'lost'; readonly why: LostWhy }

/** A connection that is kept alive, one exchange at a time. */
export interface Connection {
  /** Sends the bytes of a request; resolves with its answer, or with why there is none. Never rejects. */
  exchange(request: Buffer): Promise<Outcome>
  /** Whether another exchange can go over it. */
  isOpen(): boolean
  close(): void
}

/** An answer's head and body fit; a larger one comes in pieces. */
const READ_BYTES = 4_096

/**
 * Opens a connection; that nobody listens shows at the first exchange.
 * @param timeoutMs how long nothing may come while an answer is awaited
 */
export function openConnection({ host, port }: Target, timeoutMs: number): Connection {
  let settle: ((outcome: Outcome) => void) | null = null
  let state: 'connecting' | 'open' | 'gone' = 'connecting'
  let why: LostWhy = 'closed'
  const end = (outcome: Outcome): void => {
    const waiting = settle
    settle = null
    waiting?.(outcome)
  }
  const read = answerReader(answer => {
    if (answer.closes) state = 'gone'
    end({ kind: 'answered', answer })
    if (answer.closes) socket.destroy()
  })
  const giveUp = (reason: LostWhy): void => {
    why = reason
    socket.destroy()
  }
  const socket: Socket = connect({
    host,
    port,
    noDelay: true,
    onread: {
      buffer: Buffer.allocUnsafeSlow(READ_BYTES),
      callback: (length, buffer) => {
        try {
          read(Buffer.from(buffer.buffer, buffer.byteOffset, length))
        } catch (error) {
          if (!(error instanceof AnswerError)) throw error
          giveUp('unreadable')
        }
        return true
      },
    },
  })
  socket.setTimeout(timeoutMs, () => settle && giveUp('timed_out'))
  socket.once('connect', () => {
    if (state === 'connecting') state = 'open'
  })
  socket.on('error', () => {
    if (state === 'connecting') why = 'refused'
  })
  socket.once('end', () => socket.destroy())
  socket.once('close', () => {
    state = 'gone'
    end({ kind: 'lost', why })
  })
  return {
    exchange: request =>
      new Promise(resolve => {
        if (state === 'gone') return resolve({ kind: 'lost', why })
        settle = resolve
        socket.write(request)
      }),
    isOpen: () => state !== 'gone',
    close: () => socket.destroy(),
  }
}

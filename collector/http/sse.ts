import type { StreamPosition } from '../storage/store.ts'

/** Bytes held for a reader that lags (our choice: hundreds of events). */
const BUFFER_BYTES = 512 * 1024
/** How soon a browser comes back after a disconnect. */
const RETRY_MS = 2_000

export const SSE_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // nginx would collect the messages otherwise
  'x-accel-buffering': 'no',
} as const

/** The body of a stream of server-sent events, and the hand that writes it. */
export interface SseBody {
  readonly stream: ReadableStream<Uint8Array>
  send(text: string): void
  /** Whether the reader keeps up; who writes without asking fills the memory. */
  hasRoom(): boolean
  /** Resolves when there is room, or at the end. */
  room(): Promise<void>
  /** Aborted when the reader leaves or reads nothing any more; abort it to close the stream. */
  readonly ended: AbortController
}

/**
 * @param heartbeatMs how often an idle stream shows that it lives. A reader that has taken nothing for so long although
 * the buffer is full is cut off.
 * @param disconnect cuts it off: to one that does not read nobody can say goodbye
 */
export function sseBody(heartbeatMs: number, disconnect: () => void): SseBody {
  const ended = new AbortController()
  const encoder = new TextEncoder()
  let out: ReadableStreamDefaultController<Uint8Array> | null = null
  let wake = (): void => {}
  let hasRead = true
  const hasRoom = (): boolean => (out?.desiredSize ?? 0) > 0
  const send = (text: string): void => {
    if (!ended.signal.aborted) out?.enqueue(encoder.encode(text))
  }
  const stream = new ReadableStream<Uint8Array>(
    {
      start: controller => {
        out = controller
      },
      pull: () => {
        hasRead = true
        wake()
      },
      cancel: () => {
        out = null
        ended.abort()
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: BUFFER_BYTES }),
  )
  const heartbeat = setInterval(() => {
    if (hasRoom()) send(':\n\n')
    else if (!hasRead) {
      disconnect()
      ended.abort()
    }
    hasRead = false
  }, heartbeatMs)
  ended.signal.addEventListener('abort', () => {
    clearInterval(heartbeat)
    wake()
    out?.close()
  })
  const room = async (): Promise<void> => {
    while (!hasRoom() && !ended.signal.aborted) {
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  }
  return { stream, send, hasRoom, room, ended }
}

/** `data` goes out as JSON on one line, so nothing in it can start another field (trust.md, CRLF in SSE). */
export const sseMessage = (event: string, id: StreamPosition | null, json: string): string =>
  `event: ${event}\n${id ? `id: ${id.fact}.${id.change}\n` : ''}data: ${json}\n\n`

/** The first message: where to resume from, should the stream break before anything was told. */
export const sseOpening = (id: StreamPosition): string =>
  `retry: ${RETRY_MS}\nid: ${id.fact}.${id.change}\n\n`

/** Reads a `Last-Event-ID` of ours; null when it is none. */
export function positionIn(lastEventId: string): StreamPosition | null {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(lastEventId)
  return match ? { fact: Number(match[1]), change: Number(match[2]) } : null
}

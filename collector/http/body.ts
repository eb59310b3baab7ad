import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { taskQueue } from './task-queue.ts'

/** A body, or why there is none. `busy`: too much is being read at once; `gone`: the sender hung up. */
export type Body =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'too_large' | 'broken_gzip' | 'unknown_encoding' | 'busy' | 'gone' }

export interface BodyLimits {
  /** of one body, as it travels and inflated */
  readonly bodyBytes: number
  /** of all bodies that are being read, together: slow senders must not fill the memory */
  readonly heldBytes: number
}

const inflate = promisify(gunzip)

/** A body as text. A byte order mark before it means nothing (RFC 8259, 8.1): editors and spreadsheets write one. */
export const textOf = (bytes: Buffer): string =>
  (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes).toString('utf8')

/** What a 415 says for the next time (RFC 9110, 12.5.3). */
export const TAKEN_ENCODINGS = { 'accept-encoding': 'gzip' } as const

/** Reads request bodies from Node's own stream (hono/body-limit measured five times the whole request). */
export function bodyReader({
  bodyBytes,
  heldBytes,
}: BodyLimits): (incoming: IncomingMessage) => Promise<Body> {
  let held = 0
  const inflateInTurn = taskQueue(INFLATED_AT_ONCE)

  const collect = (incoming: IncomingMessage): Promise<Body> =>
    new Promise(resolve => {
      const chunks: Buffer[] = []
      let size = 0
      const finish = (body: Body): void => {
        incoming.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone)
        held -= size
        resolve(body)
      }
      const onData = (chunk: Buffer): void => {
        size += chunk.length
        held += chunk.length
        chunks.push(chunk)
        if (size > bodyBytes) finish({ kind: 'too_large' })
        else if (held > heldBytes) finish({ kind: 'busy' })
      }
      const onEnd = (): void => finish({ kind: 'read', bytes: joined(chunks) })
      const onGone = (): void => finish({ kind: 'gone' })
      incoming.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone)
    })

  /** Of a body that waits for its turn the compressed bytes are held. */
  async function inflateHeld(bytes: Buffer): Promise<Body> {
    if (held + bytes.length > heldBytes) return { kind: 'busy' }
    held += bytes.length
    try {
      return await inflateInTurn(() => inflated(bytes, bodyBytes))
    } finally {
      held -= bytes.length
    }
  }

  return async incoming => {
    if (Number(incoming.headers['content-length']) > bodyBytes) return { kind: 'too_large' }
    const encoding = encodingOf(incoming.headers['content-encoding'])
    if (encoding === null) return { kind: 'unknown_encoding' }
    const body = await collect(incoming)
    return body.kind === 'read' && encoding === 'gzip' ? inflateHeld(body.bytes) : body
  }
}

/** Codings have no case, and `x-gzip` is gzip (RFC 9110, 8.4.1); null: one that is not taken, or several. */
function encodingOf(header: string | undefined): 'identity' | 'gzip' | null {
  if (header === undefined || header === 'gzip') return header ?? 'identity'
  const codings = header.split(',').map(coding => coding.trim().toLowerCase())
  const [first = 'identity', ...more] = codings.filter(coding => coding !== '' && coding !== 'identity')
  if (first === 'identity') return 'identity'
  return more.length === 0 && (first === 'gzip' || first === 'x-gzip') ? 'gzip' : null
}

/** As many as Node has threads for it; each makes half a megabyte of half a kilobyte, if its sender wants it. */
const INFLATED_AT_ONCE = 4

/** Stops at the limit, so that a bomb costs no more than an honest body. */
async function inflated(bytes: Buffer, maxBytes: number): Promise<Body> {
  try {
    return { kind: 'read', bytes: await inflate(bytes, { maxOutputLength: maxBytes }) }
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    return { kind: isTooLarge ? 'too_large' : 'broken_gzip' }
  }
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [first] = chunks
  return chunks.length === 1 && first ? first : Buffer.concat(chunks)
}

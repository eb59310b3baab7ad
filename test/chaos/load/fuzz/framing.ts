import { gzipSync } from 'node:zlib'
import type { Random } from '../../../support/random.ts'

/** A body on its way: method line to last byte. */
export interface Framed {
  readonly bytes: Buffer
  /**
   * Both ends agree where it ends, so that others may follow on its connection. Otherwise it goes on a connection of its own,
   * and no answer may be the answer.
   */
  readonly isWhole: boolean
}

export interface Framing {
  readonly path: string
  /** each line ended */
  readonly headers: string
  readonly body: Buffer
}

const head = (path: string, headers: string, method = 'POST', version = 'HTTP/1.1'): Buffer =>
  Buffer.from(`${method} ${path} ${version}\r\nHost: collector.example\r\n${headers}\r\n`, 'latin1')

const length = (body: Buffer): string => `Content-Length: ${body.length}\r\n`

const plain = ({ path, headers, body }: Framing, more = ''): Framed => ({
  bytes: Buffer.concat([head(path, headers + more + length(body)), body]),
  isWhole: true,
})

/** Level 1: a million bodies are packed by this side. */
const gzipped = (body: Buffer): Buffer => gzipSync(body, { level: 1 })

const encoded = (given: Framing, body: Buffer, encoding = 'gzip'): Framed =>
  plain({ ...given, body }, `Content-Encoding: ${encoding}\r\n`)

const BOMB = gzipSync(Buffer.alloc(50_000_000), { level: 9 })

type Packing = (given: Framing, random: Random) => Framed

const PACKINGS: readonly [Packing, ...Packing[]] = [
  given => encoded(given, gzipped(given.body)),
  given => encoded(given, gzipSync(given.body, { level: 0 })),
  given => encoded(given, Buffer.concat([gzipped(given.body), gzipped(Buffer.from(' '))])),
  given => encoded(given, Buffer.concat([gzipped(given.body), Buffer.from('trailing')])),
  (given, random) => {
    const packed = gzipped(given.body)
    packed[random.whole(0, packed.length - 1)] = random.whole(0, 255)
    return encoded(given, packed)
  },
  (given, random) => {
    const packed = gzipped(given.body)
    return encoded(given, packed.subarray(0, random.whole(0, packed.length - 1)))
  },
  given => encoded(given, given.body),
  (given, random) =>
    encoded(
      given,
      given.body,
      random.pick(['deflate', 'br', 'zstd', 'GZIP', 'gzip, gzip', '', 'identity', 'x']),
    ),
]

/** Inflates to just below the limit. */
const blownUp = (given: Framing): Framed =>
  encoded(given, gzipped(Buffer.concat([Buffer.alloc(480_000, ' '), given.body])))

const bomb = (given: Framing): Framed => ({ ...encoded(given, BOMB), isWhole: false })

function chunked({ path, headers, body }: Framing, random: Random): Framed {
  const parts: Buffer[] = [head(path, `${headers}Transfer-Encoding: chunked\r\n`)]
  for (let at = 0; at < body.length; ) {
    const part = body.subarray(at, at + random.pick([1, 7, 64, 1_000, 100_000]))
    const size = part.length.toString(16)
    const named = random.pick([
      size,
      size.toUpperCase(),
      `00${size}`,
      `${size};name=value`,
      `${size};a="b;c"`,
    ])
    parts.push(Buffer.from(`${named}\r\n`), part, Buffer.from('\r\n'))
    at += part.length
  }
  const trailers = random.pick(['', '', 'X-Trailer: a\r\n', 'Content-Length: 7\r\n'])
  parts.push(Buffer.from(`0\r\n${trailers}\r\n`))
  // a length that comes so late is refused
  return { bytes: Buffer.concat(parts), isWhole: !trailers.startsWith('Content-Length') }
}

/** Requests of which the two ends may think differently where they end: by their headers, then what is sent. */
type Headers = (body: Buffer, random: Random) => string

const MISFRAMED: readonly [Headers, ...Headers[]] = [
  (body, random) => `Content-Length: ${Math.max(0, body.length - random.whole(1, 20))}\r\n`,
  (body, random) => `Content-Length: ${body.length + random.whole(1, 20)}\r\n`,
  (body, random) =>
    `Content-Length: ${random.pick(['-1', '+5', '0x10', '1e3', '', '99999999999999999999'])}\r\nX: ${body.length}\r\n`,
  body => `Content-Length: ${body.length}\r\nContent-Length: ${body.length + 1}\r\n`,
  body => `${length(body)}Transfer-Encoding: chunked\r\n`,
  () => 'Transfer-Encoding: chunked\r\n',
  (body, random) =>
    `${length(body)}Transfer-Encoding: ${random.pick(['identity', 'gzip', 'chunked, gzip', 'x'])}\r\n`,
  (body, random) => `Expect: ${random.pick(['100-continue', 'the unexpected'])}\r\n${length(body)}`,
  body => `${length(body)}Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n`,
  (body, random) => `${length(body)}X-Long: ${'a'.repeat(random.pick([15_000, 16_384, 40_000]))}\r\n`,
  body => `${length(body)}Content-Type : text/plain\r\n`,
  body => `${length(body)}X-A: b\0c\r\n`,
  body => `${length(body)}X-A: b\nX-B: c\r\n`,
  body => `${length(body)}Connection: close\r\n`,
]

const METHODS = [
  'post',
  'PUT',
  'GET',
  'TRACE',
  'PATCH',
  'DELETE',
  'PROPFIND',
  'CONNECT',
  'OPTIONS',
  'B@D',
] as const

function misframed({ path, headers, body }: Framing, random: Random): Framed {
  const sort = random.whole(0, 9)
  if (sort === 0) {
    const start = head(path, headers + length(body), random.pick(METHODS))
    return { bytes: Buffer.concat([start, body]), isWhole: false }
  }
  if (sort === 1) {
    const version = random.pick(['HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTTP', 'ICY'])
    return {
      bytes: Buffer.concat([head(path, headers + length(body), 'POST', version), body]),
      isWhole: false,
    }
  }
  const start = head(path, headers + random.pick(MISFRAMED)(body, random))
  const bytes = Buffer.concat([start, body])
  const cut = sort === 2 ? bytes.subarray(0, random.whole(1, bytes.length)) : bytes
  return { bytes: cut, isWhole: false }
}

/** Most bodies go as browsers send them; the others in every way HTTP has, and some it has not. */
export function framed(given: Framing, random: Random): Framed {
  const sort = random.next()
  if (sort < 0.8) return plain(given)
  if (sort < 0.87) return random.pick(PACKINGS)(given, random)
  if (sort < 0.95) return chunked(given, random)
  if (sort < 0.998) return misframed(given, random)
  // seldom, for each costs as much as the largest honest body
  return sort < 0.9998 ? blownUp(given) : bomb(given)
}

import type { IncomingMessage } from 'node:http'
import { problem } from './problem.ts'

/**
 * Twice what Apache takes (LimitRequestFields). Node drops what is beyond its limit in silence, and with it who sent it, from which page,
 * with which key: so the limit is set to one more (server.ts), and a request that reaches it is refused.
 */
export const MOST_HEADERS = 200

/**
 * The answer to a request that a proxy before us could read differently, where Node's parser sees nothing wrong; null: it says one
 * thing. Its connection is closed, for nobody knows where the next request begins.
 */
export function ambiguity(
  incoming: Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'httpVersion'>,
): Response | null {
  if (incoming.rawHeaders.length > 2 * MOST_HEADERS)
    return problem(
      431,
      'too_many_headers',
      'Too many headers',
      `Expected at most ${MOST_HEADERS} headers, came more. Send fewer.`,
      CLOSE,
    )
  if (hostsIn(incoming.rawHeaders) > 1)
    return problem(
      400,
      'invalid_request',
      'The request cannot be read',
      'Expected one Host header, came several. Send one, as browsers do.',
      CLOSE,
    )
  const coding = incoming.headers['transfer-encoding']
  if (coding === undefined) return null
  // who speaks 1.0 before us knows no chunks, and reads another end (RFC 9112, 6.1)
  if (incoming.httpVersion === '1.0')
    return problem(
      400,
      'invalid_request',
      'The request cannot be read',
      'Expected a Content-Length of HTTP/1.0, came a Transfer-Encoding. Send a Content-Length, or HTTP/1.1.',
      CLOSE,
    )
  if (coding.toLowerCase() === 'chunked') return null
  return problem(
    501,
    'unsupported_transfer_encoding',
    'The Transfer-Encoding is another',
    'Expected chunked or a Content-Length, came another Transfer-Encoding. Compress with Content-Encoding: gzip.',
    CLOSE,
  )
}

const CLOSE = { headers: { connection: 'close' } } as const

/** Two of them are refused (RFC 9112, 3.2); Node shows the first alone, but here. */
function hostsIn(rawHeaders: readonly string[]): number {
  let hosts = 0
  for (let nth = 0; nth < rawHeaders.length; nth += 2)
    if (rawHeaders[nth]?.length === 4 && rawHeaders[nth]?.toLowerCase() === 'host') hosts += 1
  return hosts
}

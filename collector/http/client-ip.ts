import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'
import { ANSWERS_KEPT, memo, memoByObject } from '../../shared/memo.ts'
import type { Network } from '../config/shape.ts'

/**
 * Who sent a request: the far end of the socket or, while that is a trusted proxy, the address it names in
 * X-Forwarded-For, read from the right: what stands left of an untrusted address anyone may have written.
 */
export function clientIp(
  remote: string | undefined,
  forwardedFor: string | undefined,
  trusted: readonly Network[],
): string | null {
  let ip = remote ?? null
  if (trusted.length === 0 || forwardedFor === undefined) return ip
  const read = hopReader(trusted)
  const hops = forwardedFor.split(',').map(hop => hop.trim())
  while (ip !== null && read(ip)?.isTrusted) {
    const hop = read(hops.pop() ?? '')
    if (hop === null) return ip
    ip = hop.address
  }
  return ip
}

/** Who sent it, by the headers it came with. */
export function senderOf({ headers, socket }: IncomingMessage, trusted: readonly Network[]): string | null {
  // Node joins a repeated header itself; its types do not say so.
  const forwarded: string | readonly string[] | undefined = headers['x-forwarded-for']
  return clientIp(
    socket.remoteAddress,
    typeof forwarded === 'string' ? forwarded : forwarded?.join(','),
    trusted,
  )
}

export const isTrusted = (ip: string, trusted: readonly Network[]): boolean =>
  hopReader(trusted)(ip)?.isTrusted === true

interface Hop {
  /** without the port that may stand behind it */
  readonly address: string
  readonly isTrusted: boolean
}

/** Reads one hop; null: it is no address. Asked several times of every request. */
const hopReader = memoByObject((trusted: readonly Network[]) =>
  memo(ANSWERS_KEPT, (text): Hop | null => {
    const bare = withoutPort(text)
    if (!ipaddr.IPv4.isValidFourPartDecimal(bare) && !ipaddr.IPv6.isValid(bare)) return null
    const address = ipaddr.process(bare)
    const isIn = ([network, bits]: Network): boolean =>
      address.kind() === network.kind() && address.match([network, bits])
    return { address: bare, isTrusted: trusted.some(isIn) }
  }),
)

/** Azure's Application Gateway and IIS write `192.0.2.7:4711` and `[2001:db8::7]:4711`. */
const WITH_PORT = /^(?:(\d+(?:\.\d+){3}):\d{1,5}|\[([\da-f]*:[\da-f:.]+)\](?::\d{1,5})?)$/i

function withoutPort(text: string): string {
  const [, v4, v6] = WITH_PORT.exec(text) ?? []
  return v4 ?? v6 ?? text
}

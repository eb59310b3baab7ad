import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'
import type { Network } from '../config.ts'

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
  const hops = forwardedFor.split(',').map(hop => hop.trim())
  while (ip !== null && isTrusted(ip, trusted)) {
    const hop = hops.pop()
    if (hop === undefined || !ipaddr.isValid(hop)) return ip
    ip = hop
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

export function isTrusted(ip: string, trusted: readonly Network[]): boolean {
  if (!ipaddr.isValid(ip)) return false
  const address = ipaddr.process(ip)
  return trusted.some(
    ([network, bits]) => address.kind() === network.kind() && address.match([network, bits]),
  )
}

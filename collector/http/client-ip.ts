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

function isTrusted(ip: string, trusted: readonly Network[]): boolean {
  if (!ipaddr.isValid(ip)) return false
  const address = ipaddr.process(ip)
  return trusted.some(
    ([network, bits]) => address.kind() === network.kind() && address.match([network, bits]),
  )
}

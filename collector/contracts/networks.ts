import ipaddr from 'ipaddr.js'

/** Its first address and how many leading bits are the network's; IPv4 written as IPv6 (`::ffff:192.0.2.0/120`) is IPv4. */
export type Network = readonly [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number]

/** Of an address this much is kept (facts.ts, ip): enough to tell an office from a data centre, not a person from a neighbour. */
export const KEPT_BITS = { ipv4: 24, ipv6: 48 } as const

const ALL_BITS = { ipv4: 32, ipv6: 128 } as const

/** By so much an address of IPv4 is longer when it is written as IPv6 (RFC 4291 §2.5.5.2). */
const MAPPED_BITS = 96

/** The network of `192.0.2.0/28` or `2001:db8::/32`, or of one address; null when the text is none of them. */
export function networkIn(text: string): Network | null {
  const [written = '', prefix, ...more] = text.trim().split('/')
  if (!isAddress(written) || more.length > 0) return null
  const address = ipaddr.process(written)
  const all = ALL_BITS[address.kind()]
  if (prefix === undefined) return [address, all]
  const isMapped = written.includes(':') && address.kind() === 'ipv4'
  const bits = Number(prefix) - (isMapped ? MAPPED_BITS : 0)
  return /^\d{1,3}$/.test(prefix) && bits >= 0 && bits <= all ? [address, bits] : null
}

/** IPv4 as people write it: `10` is not 0.0.0.10. */
const isAddress = (text: string): boolean =>
  ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)

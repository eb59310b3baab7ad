import ipaddr from 'ipaddr.js'

type Parsed = ReturnType<typeof ipaddr.process>

/** A whole address, read once. */
export interface Address {
  /** IPv4 written as IPv6 (`::ffff:192.0.2.1`) is IPv4 */
  readonly text: string
  /** among all addresses: IPv6 as its 128 bits, IPv4 behind them */
  readonly position: bigint
  /** of one machine or a network of its own: many may have the same, and none of them is on the Internet */
  readonly isLocal: boolean
  /** what one office or household has: an IPv4 address, an IPv6 /64 */
  readonly place: string
}

/** Both ends included. */
export interface AddressRange {
  readonly first: bigint
  readonly last: bigint
}

/** Names of ipaddr.js for 10/8, 127/8, 169.254/16, fc00::/7, 100.64/10 and their like. */
const LOCAL: ReadonlySet<string> = new Set([
  'unspecified',
  'loopback',
  'private',
  'linkLocal',
  'uniqueLocal',
  'carrierGradeNat',
])

export function readAddress(text: string): Address | null {
  if (!isAddress(text)) return null
  const address = ipaddr.process(text)
  const position = positionOf(address)
  const isV4 = address.kind() === 'ipv4'
  return {
    text: address.toString(),
    position,
    isLocal: LOCAL.has(address.range()),
    place: isV4 ? address.toString() : `${(position >> 64n).toString(16)}/64`,
  }
}

/** The range of `192.0.2.0/28`, `192.0.2.7`, or `192.0.2.8–192.0.2.15`; null when the text is none of them. */
export function readRange(text: string): AddressRange | null {
  const [first = '', last, ...more] = text.split(/\s*[-–]\s*/)
  if (more.length > 0) return null
  return last === undefined ? readNetwork(first) : between(first, last)
}

/** The range from one address to another, both of one family; null when it is none. */
export function between(firstText: string, lastText: string): AddressRange | null {
  if (!isAddress(firstText) || !isAddress(lastText)) return null
  const [first, last] = [ipaddr.process(firstText), ipaddr.process(lastText)]
  const range = { first: positionOf(first), last: positionOf(last) }
  return first.kind() === last.kind() && range.first <= range.last ? range : null
}

function readNetwork(text: string): AddressRange | null {
  if (!ipaddr.isValidCIDR(text)) return between(text, text)
  const [network, prefix] = ipaddr.parseCIDR(text)
  const address = ipaddr.process(network.toString())
  const isMapped = address.kind() !== network.kind()
  const bits = isMapped ? prefix - 96 : prefix
  if (bits < 0) return null
  const size = 1n << BigInt((address.kind() === 'ipv4' ? 32 : 128) - bits)
  const position = positionOf(address)
  const first = position - (position % size)
  return { first, last: first + size - 1n }
}

/** As people write it: not `10` for 0.0.0.10. */
const isAddress = (text: string): boolean =>
  ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)

const V4 = 1n << 128n

function positionOf(address: Parsed): bigint {
  if ('octets' in address) {
    const [a = 0, b = 0, c = 0, d = 0] = address.octets
    return V4 + BigInt(((a * 256 + b) * 256 + c) * 256 + d)
  }
  return address.parts.reduce((position, part) => (position << 16n) + BigInt(part), 0n)
}

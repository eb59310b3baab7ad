import ipaddr from 'ipaddr.js'
import { networkIn } from '../contracts/networks.ts'

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

export function readAddress(text: string): Address | null {
  const octets = octetsOf(text)
  if (octets === null && !ipaddr.IPv6.isValid(text)) return null
  const address = octets === null ? ipaddr.process(text) : new ipaddr.IPv4([...octets])
  const position = positionOf(address)
  const written = address.toString()
  return {
    text: written,
    position,
    isLocal: LOCAL.some(({ first, last }) => first <= position && position <= last),
    place: position >= V4 ? written : `${(position >> 64n).toString(16)}/64`,
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
  const [address = '', bits = '32'] = text.split('/')
  const octets = octetsOf(address)
  if (octets !== null) return /^\d{1,2}$/.test(bits) ? v4Network(octets, Number(bits)) : null
  const network = networkIn(text)
  if (network === null) return null
  const [first, prefix] = network
  return around(positionOf(first), (first.kind() === 'ipv4' ? 32 : 128) - prefix)
}

const v4Network = (octets: readonly number[], bits: number): AddressRange | null =>
  bits > 32 ? null : around(V4 + BigInt(numberOf(octets)), 32 - bits)

/** What differs from a position in so many of its last bits. */
function around(position: bigint, free: number): AddressRange {
  const first = (position >> BigInt(free)) << BigInt(free)
  return { first, last: first + (1n << BigInt(free)) - 1n }
}

const V4_TEXT = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/

/** Of IPv4 as people write it (not `10` for 0.0.0.10), read by hand: half a million rows of a file, and every new visitor. */
function octetsOf(text: string): readonly number[] | null {
  const octets = V4_TEXT.exec(text)?.slice(1).map(Number)
  return octets === undefined || octets.some(octet => octet > 255) ? null : octets
}

const isAddress = (text: string): boolean => octetsOf(text) !== null || ipaddr.IPv6.isValid(text)

const V4 = 1n << 128n

const numberOf = (octets: readonly number[]): number => octets.reduce((sum, octet) => sum * 256 + octet, 0)

const positionOf = (address: Parsed): bigint =>
  'octets' in address
    ? V4 + BigInt(numberOf(address.octets))
    : address.parts.reduce((position, part) => (position << 16n) + BigInt(part), 0n)

/** Of no place on the Internet: this machine, networks of one's own, a link, a carrier's inside (RFC 6890, RFC 4193). */
const LOCAL: readonly AddressRange[] = [
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '169.254.0.0/16', '100.64.0.0/10'],
  ...['0.0.0.0/8', 'fc00::/7', 'fe80::/10', '::/127'],
].flatMap(network => readRange(network) ?? [])

import ipaddr from 'ipaddr.js'
import { ANSWERS_KEPT, memo } from '../../shared/memo.ts'
import { KEPT_BITS } from '../contracts/networks.ts'

/**
 * The network an address lies in, its host bits zeroed: `203.0.113.0`, `2001:db8:1::`. Enough to tell an office from
 * a data centre, not a person from a neighbour.
 * @returns null for what is not an address
 */
export const networkOf = (address: string | null): string | null =>
  address === null ? null : networkOfText(address)

const networkOfText = memo(ANSWERS_KEPT, (text): string | null => {
  if (!ipaddr.isValid(text)) return null
  const address = ipaddr.process(text)
  const network =
    'octets' in address
      ? new ipaddr.IPv4(leading(address.octets, KEPT_BITS.ipv4 / 8))
      : new ipaddr.IPv6(leading(address.parts, KEPT_BITS.ipv6 / 16))
  return network.toString()
})

const leading = (parts: readonly number[], kept: number): number[] =>
  parts.map((part, index) => (index < kept ? part : 0))

import ipaddr from 'ipaddr.js'
import { KEPT_BITS } from '../contracts/networks.ts'

/**
 * The network an address lies in, its host bits zeroed: `203.0.113.0`, `2001:db8:1::`. Enough to tell an office from
 * a data centre, not a person from a neighbour.
 * @returns null for what is not an address
 */
export function networkOf(address: string | null): string | null {
  if (address === null || !ipaddr.isValid(address)) return null
  const parsed = ipaddr.process(address)
  const kind = parsed.kind()
  const range = `${parsed.toString()}/${KEPT_BITS[kind]}`
  return (kind === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(range).toString()
}

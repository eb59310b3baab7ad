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
  const standing = standingAmong(trusted)
  const hops = forwardedFor.split(',').map(hop => hop.trim())
  while (ip !== null && standing(ip) === 'trusted') {
    const hop = hops.pop()
    if (hop === undefined || standing(hop) === 'no address') return ip
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

export const isTrusted = (ip: string, trusted: readonly Network[]): boolean =>
  standingAmong(trusted)(ip) === 'trusted'

type Standing = 'trusted' | 'other' | 'no address'

/** Asked several times of every request. */
const standingAmong = memoByObject((trusted: readonly Network[]) =>
  memo(ANSWERS_KEPT, (text): Standing => {
    if (!ipaddr.isValid(text)) return 'no address'
    const address = ipaddr.process(text)
    const isIn = ([network, bits]: Network): boolean =>
      address.kind() === network.kind() && address.match([network, bits])
    return trusted.some(isIn) ? 'trusted' : 'other'
  }),
)

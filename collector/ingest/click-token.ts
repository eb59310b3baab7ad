import { CLICK_PARAMETER, OWN_PARAMETER } from '../../shared/wire.ts'

function tokenReader(parameter: string): (url: string) => string | null {
  const token = new RegExp(`^[^#]*[?&]${parameter}=([\\w-]{1,2000})(?:[&#]|$)`)
  return url => token.exec(url)?.[1] ?? null
}

/** The token that a signed e-mail link put into a page's address, or null. */
export const clickTokenIn = tokenReader(CLICK_PARAMETER)

/** The token by which the opt-out page marks a visitor as one of our own, or null. */
export const ownTokenIn = tokenReader(OWN_PARAMETER)

/** The address with a token in its query; what it had, a fragment too, stays. */
export function withClickToken(url: string, token: string): string {
  const fragmentAt = url.indexOf('#')
  const before = fragmentAt < 0 ? url : url.slice(0, fragmentAt)
  const fragment = url.slice(before.length)
  return `${before}${before.includes('?') ? '&' : '?'}${CLICK_PARAMETER}=${token}${fragment}`
}

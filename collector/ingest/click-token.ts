import { CLICK_PARAMETER } from '../../shared/wire.ts'

const TOKEN = new RegExp(`^[^#]*[?&]${CLICK_PARAMETER}=([\\w-]{1,2000})(?:[&#]|$)`)

/** The token that a signed e-mail link put into a page's address, or null. */
export const clickTokenIn = (url: string): string | null => TOKEN.exec(url)?.[1] ?? null

/** The address with a token in its query; what it had, a fragment too, stays. */
export function withClickToken(url: string, token: string): string {
  const fragmentAt = url.indexOf('#')
  const before = fragmentAt < 0 ? url : url.slice(0, fragmentAt)
  const fragment = url.slice(before.length)
  return `${before}${before.includes('?') ? '&' : '?'}${CLICK_PARAMETER}=${token}${fragment}`
}

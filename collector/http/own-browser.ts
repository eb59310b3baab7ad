import { cookieIn } from './visitor-cookie.ts'

/** Browsers keep a cookie no longer (RFC 6265bis §5.5: 400 days). */
const MAX_AGE_S = 400 * 86_400

const nameFor = (publicKey: string): string => `goldpan.${publicKey}.own`

/** Whether a browser has said that it is one of the site's own (opt-out.ts). */
export const isOwnBrowser = (cookies: string | null, publicKey: string): boolean =>
  cookieIn(cookies, nameFor(publicKey)) === '1'

/**
 * The Set-Cookie line that marks a browser as one of our own, or takes the mark away. It is of the collector's host and no
 * script reads it. Over https it goes along from pages of other sites too, where the browser lets it.
 */
export function ownCookie(publicKey: string, isOwn: boolean, isSecure: boolean): string {
  const value = isOwn ? `1; Max-Age=${MAX_AGE_S}` : '; Max-Age=0'
  const reach = isSecure ? 'SameSite=None; Secure' : 'SameSite=Lax'
  return `${nameFor(publicKey)}=${value}; Path=/; HttpOnly; ${reach}`
}

import type { IncomingHttpHeaders } from 'node:http'
import { isSecretKey } from '../ingest/keys.ts'

/**
 * The secret key of `Bearer sk_…`, or of Basic as its user name; a key nobody has when the header is another. Basic on a
 * page's request was added by the browser, for another page of this host: it says nothing, unless it is a secret key.
 */
export function secretKeyIn(headers: IncomingHttpHeaders): string | null {
  const key = keyIn(headers)
  const isBrowsers =
    key !== null && headers.origin !== undefined && /^basic\b/i.test(headers.authorization ?? '')
  return isBrowsers && !isSecretKey(key) ? null : key
}

/** What follows `Bearer`, or the user name of Basic; null when no Authorization came. */
export function keyIn({ authorization }: IncomingHttpHeaders): string | null {
  if (authorization === undefined) return null
  const [, scheme = '', credentials = ''] = /^(\w+) +(\S+)$/.exec(authorization) ?? []
  if (scheme.toLowerCase() !== 'basic') return credentials
  const [key = ''] = Buffer.from(credentials, 'base64').toString('utf8').split(':', 1)
  return key
}

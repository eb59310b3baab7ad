import { maskContacts, maskPath } from './mask.ts'

/** Query parameters that say where a visit came from; GET forms put people's answers into the others. */
const KEPT_PARAMETERS: ReadonlySet<string> = new Set([
  'gclid',
  'gbraid',
  'wbraid',
  'dclid',
  'fbclid',
  'msclkid',
  'ttclid',
  'li_fat_id',
  'twclid',
  'gad_source',
])
const KEPT_PREFIX = 'utm_'

const USER_INFO = /^([a-z][a-z0-9+.-]*:)?\/\/[^/?#]*@/i

/**
 * A URL, absolute or not, without what may be personal: user and password, fragment, every query parameter that does
 * not name a source, and addresses, numbers and tokens in its path. Cutting twice is cutting once.
 */
export function cutUrl(url: string): string {
  const [beforeFragment = ''] = url.split('#', 1)
  const queryAt = beforeFragment.indexOf('?')
  const path = queryAt < 0 ? beforeFragment : beforeFragment.slice(0, queryAt)
  const query = queryAt < 0 ? '' : keptQuery(beforeFragment.slice(queryAt + 1))
  return maskPath(path.replace(USER_INFO, '$1//')) + query
}

function keptQuery(query: string): string {
  const kept = query.split('&').filter(isKept)
  return kept.length > 0 ? `?${kept.map(maskContacts).join('&')}` : ''
}

function isKept(parameter: string): boolean {
  const [name = ''] = parameter.split('=', 1)
  return name.startsWith(KEPT_PREFIX) || KEPT_PARAMETERS.has(name)
}

/** Whether a text is a web address, and so to be cut rather than masked. */
export const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text)

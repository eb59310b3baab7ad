import { CLICK_PARAMETER, OWN_PARAMETER } from '../../shared/wire.ts'
import { maskContacts, maskPath } from './mask.ts'

/** Query parameters that say where a visit came from; GET forms put people's answers into the others. */
const KEPT_PARAMETERS: ReadonlySet<string> = new Set([
  'gclid',
  'gbraid',
  'wbraid',
  'dclid',
  'fbclid',
  'msclkid',
  'yclid',
  'ttclid',
  'li_fat_id',
  'twclid',
  'gad_source',
])
const KEPT_PREFIX = 'utm_'

const USER_INFO = /^([a-z][a-z0-9+.-]*:)?\/\/[^/?#]*@/i

/**
 * A fragment that is a path of the page's own router, `#/pricing` or `#!/pricing`, up to where values begin: routers put
 * parameters behind `?` and `;`, sign-in services theirs behind `&`.
 */
const ROUTE = /^#!?\/[^?#;&=]*/

/**
 * A URL, absolute or not, without what may be personal: user and password, a fragment that is no route, every query
 * parameter that neither names a source nor is the owner's, and addresses, numbers and tokens in its path. Cutting twice
 * is cutting once.
 * @param own names of query parameters the site's owner keeps (Site, params)
 */
export function cutUrl(url: string, own: readonly string[] = []): string {
  const fragmentAt = url.indexOf('#')
  const beforeFragment = fragmentAt < 0 ? url : url.slice(0, fragmentAt)
  const queryAt = beforeFragment.indexOf('?')
  const path = queryAt < 0 ? beforeFragment : beforeFragment.slice(0, queryAt)
  const query = queryAt < 0 ? '' : keptQuery(beforeFragment.slice(queryAt + 1), own)
  const route = fragmentAt < 0 ? '' : (ROUTE.exec(url.slice(fragmentAt))?.[0] ?? '')
  return maskPath(path.replace(USER_INFO, '$1//')) + query + maskPath(route)
}

function keptQuery(query: string, own: readonly string[]): string {
  const kept = query.split('&').filter(parameter => isKept(parameter, own))
  return kept.length > 0 ? `?${kept.map(maskContacts).join('&')}` : ''
}

function isKept(parameter: string, own: readonly string[]): boolean {
  const [name = ''] = parameter.split('=', 1)
  if (name === CLICK_PARAMETER || name === OWN_PARAMETER) return false
  return name.startsWith(KEPT_PREFIX) || KEPT_PARAMETERS.has(name) || own.includes(name)
}

/** Whether a text is a web address, and so to be cut rather than masked. */
export const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text)

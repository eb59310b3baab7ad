import { CLICK_ID_NAMES, PERSONAL_CLICK_IDS } from '../../shared/click-ids.ts'
import { CLICK_PARAMETER, OWN_PARAMETER } from '../../shared/wire.ts'
import { maskContacts, maskPath } from './mask.ts'

/** Of a query, what says where a visit came from; GET forms put people's answers into the rest. */
const KEPT_PARAMETERS: ReadonlySet<string> = new Set(CLICK_ID_NAMES)
const KEPT_PREFIX = 'utm_'

const USER_INFO = /^([a-z][a-z0-9+.-]*:)?\/\/[^/?#]*@/i

/**
 * A fragment that is a path of the page's own router, `#/pricing` or `#!/pricing`, up to where values begin: routers put
 * parameters behind `?` and `;`, sign-in services theirs behind `&`.
 */
const ROUTE = /^#!?\/[^?#;&=]*/

/**
 * A URL, absolute or not, without what may be personal: user and password, a fragment that is no route, every query
 * parameter that neither names a source nor is the owner's, the value of one that names a person, and addresses, numbers and tokens in its path. Cutting twice
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
  const kept = query
    .split('&')
    .filter(parameter => isKept(parameter, own))
    .map(parameter => withoutPerson(parameter, own))
  return kept.length > 0 ? `?${kept.map(maskContacts).join('&')}` : ''
}

const nameOf = (parameter: string): string => parameter.split('=', 1)[0] ?? ''

/** That a mail's link was followed is kept, not whose mail it was; unless the owner asks for it. */
function withoutPerson(parameter: string, own: readonly string[]): string {
  const name = nameOf(parameter)
  return PERSONAL_CLICK_IDS.has(name) && !own.includes(name) ? `${name}=` : parameter
}

function isKept(parameter: string, own: readonly string[]): boolean {
  const name = nameOf(parameter)
  if (name === CLICK_PARAMETER || name === OWN_PARAMETER) return false
  return name.startsWith(KEPT_PREFIX) || KEPT_PARAMETERS.has(name) || own.includes(name)
}

/** Whether a text is a web address, and so to be cut rather than masked. */
export const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text)

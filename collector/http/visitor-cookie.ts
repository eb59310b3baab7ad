import { getDomain } from 'tldts'
import type { ConsentMode } from '../storage/store.ts'

/** What a browser's request says of where it comes from. */
export interface FromPage {
  /** Origin header: scheme, host and port of the page */
  readonly origin: string | null
  /** Sec-Fetch-Site header: the browser's own word, which no script can set; null from old Safari and over plain http */
  readonly fetchSite: string | null
  /** Cookie header */
  readonly cookies: string | null
  /** the collector's own address as far as it knows (own-url.ts) */
  readonly ownUrl: string | null
}

/** What its events say of the person. */
export interface Tracked {
  /** of the site, public */
  readonly publicKey: string
  readonly consent: ConsentMode
  /** null: the person may not be tracked */
  readonly visitor: string | null
  /** the person's last word in these events is that they refuse */
  readonly denied: boolean
}

/** Browsers keep a cookie no longer (RFC 6265bis §5.5: 400 days); each request of the visitor begins them anew. */
const MAX_AGE_S = 400 * 86_400

/**
 * Set-Cookie lines of an answer. Safari forgets after seven days what a script has stored, and a cookie that a script has
 * set; one that comes from the page's own site stays. So the collector sets it, where it is of the page's site, and the
 * snippet reads it: not HttpOnly, and no more than what the request said. Nothing is ever authorised by it.
 */
export function visitorCookies(from: FromPage, tracked: Tracked): readonly string[] {
  const scope = cookieScope(from)
  if (!scope) return []
  const { publicKey, consent, visitor, denied } = tracked
  const name = `goldpan.${publicKey}.visitor`
  const carried = cookieIn(from.cookies, name)
  if (visitor !== null && !denied && consent !== 'cookieless')
    return [lineOf(name, textFor(carried, visitor), MAX_AGE_S, scope, scope.domain)]
  if (!denied && carried === undefined) return []
  // it may have been set for the host or for the domain: both must go
  return [null, registrableOf(scope.host)]
    .filter((domain, at) => at === 0 || domain !== null)
    .map(domain => lineOf(name, '', 0, scope, domain))
}

export interface CookieScope {
  /** of the page */
  readonly host: string
  /** null: the cookie is of the page's host alone */
  readonly domain: string | null
  readonly secure: boolean
}

/** For whom a cookie of this answer would be; null: the page is of another site than the collector, or of none. */
export function cookieScope({ origin, fetchSite, ownUrl }: Omit<FromPage, 'cookies'>): CookieScope | null {
  const page = httpUrl(origin)
  if (!page) return null
  const { hostname: host, protocol } = page
  const own = httpUrl(ownUrl)
  const domain = registrableOf(host)
  const secure = protocol === 'https:'
  if (fetchSite === 'same-origin') return { host, domain: null, secure }
  if (fetchSite === 'same-site') return { host, domain, secure }
  if (fetchSite !== null || own?.protocol !== protocol) return null
  if (own.hostname === host) return { host, domain: null, secure }
  return domain !== null && domain === registrableOf(own.hostname) ? { host, domain, secure } : null
}

const httpUrl = (text: string | null): URL | null => {
  const url = text !== null && URL.canParse(text) ? new URL(text) : null
  return url && /^https?:$/.test(url.protocol) ? url : null
}

/** `example.co.uk` of `www.example.co.uk`, `ann.github.io` of itself; null for addresses, `localhost` and public suffixes. */
const registrableOf = (host: string): string | null => getDomain(host, { allowPrivateDomains: true })

const lineOf = (
  name: string,
  value: string,
  maxAgeS: number,
  { secure }: CookieScope,
  domain: string | null,
): string =>
  [
    `${name}=${value}`,
    'Path=/',
    `Max-Age=${maxAgeS}`,
    'SameSite=Lax',
    ...(domain === null ? [] : [`Domain=${domain}`]),
    ...(secure ? ['Secure'] : []),
  ].join('; ')

/** The snippet may write a session behind the visitor (`data-cookie-domain`): of the same visitor it is kept. */
const textFor = (carried: string | undefined, visitor: string): string =>
  carried?.startsWith(`${visitor}.`) && /^[\w.-]{1,200}$/.test(carried) ? carried : visitor

/** What a Cookie header says under a name. */
export const cookieIn = (cookies: string | null, name: string): string | undefined =>
  (cookies ?? '')
    .split(';')
    .map(pair => pair.trim())
    .find(pair => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)

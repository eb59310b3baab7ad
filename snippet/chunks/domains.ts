import { shareCookie } from './cookie.ts'

/** What this chunk works with. */
interface Host {
  /** folder of the collector, ends with a slash */
  readonly base: string
  /** public key of the site */
  readonly site: string
  /** `data-domains`: the owner's domains, separated by commas or spaces; their subdomains count */
  readonly domains: string
  /** whether the person may be tracked */
  readonly isGranted: () => boolean
  /** asked only when needed, for it makes a visitor where there is none, and notes an event */
  readonly visitor: () => string
  /** from now on the visitor is this one */
  readonly adopt: (visitor: string) => void
}

/** How long a page waits to hear who has come. */
const WAIT_MS = 1_000
/** A token older than this is renewed ahead of need; one that is nearly spent (two minutes) is not used. */
const FRESH_MS = 60_000
const USABLE_MS = 110_000

const LINK = 'a[href],area[href]'

/**
 * The visitor's id on the owner's other pages: shared by subdomains in a cookie (`data-cookie-domain`), handed on to other
 * domains (`data-domains`), and taken where one of them sent somebody. Never throws.
 */
export const start = async (
  base: string,
  options: Readonly<DOMStringMap>,
  isGranted: () => boolean,
  whoAt: (now: number) => { readonly visitor: string },
  save: (key: string, value: string) => void,
  visitorKey: string,
): Promise<void> => {
  const { site, domains, cookieDomain } = options
  const adopt = (value: string): void => save(visitorKey, value)
  if (cookieDomain) shareCookie({ key: visitorKey, domain: cookieDomain, isGranted, adopt })
  if (!domains) return
  const host: Host = {
    base,
    site: `${site}`,
    domains,
    isGranted,
    visitor: () => whoAt(Date.now()).visitor,
    adopt,
  }
  watch(host)
  await land(host)
}

/** One call to the collector as text/plain, which costs no preflight; `{}` when it fails. */
const ask = async (
  { base, site }: Host,
  path: string,
  what: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> => {
  try {
    const body = JSON.stringify({ site, ...what })
    const answer = await fetch(`${base}v1/link${path}`, { method: 'POST', body, credentials: 'omit' })
    return answer.ok ? await answer.json() : {}
  } catch {
    return {}
  }
}

/** Takes the token out of the address bar at once, and the visitor it stands for, if the collector says so in time. */
const land = async (host: Host): Promise<void> => {
  const url = new URL(location.href)
  const token = /[?&]_gp=([\w-]+)/.exec(url.search)?.[1]
  if (!token) return
  url.search = url.search.replace(/([?&])_gp=[^&]*&?/, '$1').replace(/[?&]$/, '')
  try {
    history.replaceState(history.state, '', url)
  } catch {
    // a page that forbids it: the token is spent soon
  }
  if (!host.isGranted()) return
  const { visitor } = await Promise.race([
    ask(host, '/redeem', { token }),
    new Promise<{ visitor?: unknown }>(done => setTimeout(done, WAIT_MS, {})),
  ])
  // consent may have been withdrawn meanwhile
  if (typeof visitor === 'string' && host.isGranted()) host.adopt(visitor)
}

/** The first of the elements an event goes through that fits. */
const within = (event: Event, selector: string): Element | undefined =>
  event.composedPath().find((node): node is Element => node instanceof Element && node.matches(selector))

const watch = (host: Host): void => {
  const domains = host.domains.toLowerCase().match(/[^\s,]+/g) ?? []
  let token: unknown
  let of: string | undefined
  let askedAt = 0

  const isListed = ({ protocol, hostname }: Pick<URL, 'protocol' | 'hostname'>): boolean =>
    /^https?:/.test(protocol) &&
    hostname !== location.hostname &&
    domains.some(domain => `.${hostname}`.endsWith(`.${domain}`))
  const leadsThere = (href: string | null): boolean => isListed(new URL(href ?? '', document.baseURI))

  /** Whether it is too early to ask (again), whatever came of it; or one may not. */
  const isEarly = (): boolean => !host.isGranted() || (of !== undefined && Date.now() - askedAt < FRESH_MS)
  const prepare = async (): Promise<void> => {
    if (isEarly()) return
    const visitor = host.visitor()
    of = visitor
    askedAt = Date.now()
    token = undefined
    const answer = await ask(host, '', { visitor })
    if (of === visitor) token = answer.token
  }
  /** A token once; the next link gets its own. */
  const take = (): unknown => {
    const isUsable = token && host.isGranted() && of === host.visitor() && Date.now() - askedAt < USABLE_MS
    const taken = isUsable && token
    if (token) of = token = undefined
    return taken
  }
  /** Puts the token into the address of a link or form, and takes it out as soon as the browser has read it. */
  const carry = (element: Element, attribute: string): void => {
    const href = element.getAttribute(attribute) ?? ''
    const ticket = leadsThere(href) && take()
    if (!ticket) return
    const url = new URL(href, document.baseURI)
    url.search += `${url.search ? '&' : '?'}_gp=${ticket}`
    element.setAttribute(attribute, url.href)
    setTimeout(() => element.getAttribute(attribute) === url.href && element.setAttribute(attribute, href))
  }
  /** The query of a GET form is made of its fields. */
  const carryInField = (form: Element): void => {
    const ticket = leadsThere(form.getAttribute('action')) && take()
    if (!ticket) return
    const input = document.createElement('input')
    Object.assign(input, { type: 'hidden', name: '_gp', value: ticket })
    form.append(input)
    setTimeout(() => input.remove())
  }

  const on = (types: string, act: (event: Event) => unknown): void => {
    for (const type of types.split(' '))
      addEventListener(
        type,
        event => {
          try {
            void act(event)
          } catch {
            // not an address, or a page that overrides what we use
          }
        },
        { capture: true, passive: true },
      )
  }
  on('pointerover focusin', event => {
    const element = within(event, `${LINK},form[action]`)
    const attribute = element?.matches('form') ? 'action' : 'href'
    if (element && leadsThere(element.getAttribute(attribute))) void prepare()
  })
  // a finger gives no notice: any touch will do where there is such a link
  on('touchstart', () => {
    if (!isEarly() && [...document.links].some(isListed)) void prepare()
  })
  on('click auxclick', event => {
    const link = within(event, LINK)
    if (link) carry(link, 'href')
  })
  on('submit', event => {
    const form = within(event, 'form[action]')
    if (!form) return
    if (/post/i.test(form.getAttribute('method') ?? '')) carry(form, 'action')
    else carryInField(form)
  })
}

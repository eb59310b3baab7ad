/** What a shared cookie is made of. */
interface Shared {
  /** of the cookie, and of what localStorage keeps */
  readonly key: string
  /** `data-cookie-domain` */
  readonly domain: string
  readonly isGranted: () => boolean
  readonly adopt: (value: string) => void
}

/** How long the cookie may lag behind what the page knows. */
const SYNC_MS = 1_000
/** 400 days: browsers keep no cookie longer. */
const KEEP_S = 34_560_000

/** Visitor and session in a cookie of a common domain: its subdomains read it when they start, and keep it up to date. */
export const shareCookie = ({ key, domain, isGranted, adopt }: Shared): void => {
  let written: string | undefined
  const stored = (): string => {
    try {
      return localStorage[key] ?? ''
    } catch {
      return ''
    }
  }
  const sync = (): void => {
    const value = isGranted() ? stored() : ''
    if (value === written) return
    written = value
    const age = value ? KEEP_S : 0
    // the Cookie Store API is missing on pages that are not secure
    document.cookie = `${key}=${value};path=/;domain=${domain};samesite=lax;max-age=${age}`
  }
  const guarded = (): void => {
    try {
      sync()
    } catch {
      // a page that may have no cookies
    }
  }
  try {
    const known = new RegExp(`${key}=([\\w.-]+)`).exec(document.cookie)?.[1]
    if (known && isGranted()) adopt(known)
  } catch {
    // the same
  }
  guarded()
  setInterval(guarded, SYNC_MS)
  addEventListener('pagehide', guarded, true)
}

import { canonicalPath } from '../../shared/glob.ts'
import type { PageFacts } from '../contracts/evidence.ts'
import { type Campaign, campaignIn } from './touchpoint.ts'

/** What a URL says, once and for all its events. */
export interface UrlReading extends Pick<PageFacts, 'url' | 'host' | 'path'> {
  readonly campaign: Campaign
}

/** A server may send a path alone: then the host is unknown, and empty. */
const UNKNOWN_ORIGIN = 'http://unknown.invalid'

/** What a page's own router shows: `#/pricing` and `#!/pricing` are the path `/pricing` (ingest keeps no other fragment). */
const ROUTE = /^#!?(?=\/)/

/** Reads an absolute URL or a path; null for neither. */
export function readUrl(url: string): UrlReading | null {
  const absolute = URL.canParse(url)
  if (!absolute && !(url.startsWith('/') && URL.canParse(url, UNKNOWN_ORIGIN))) return null
  const { hostname, pathname, searchParams, hash } = new URL(url, UNKNOWN_ORIGIN)
  return {
    url,
    host: absolute ? hostname.toLowerCase() : '',
    path: canonicalPath(ROUTE.test(hash) ? hash.replace(ROUTE, '') : pathname),
    campaign: campaignIn(searchParams),
  }
}

/** The last part of a path, without query: `/go/demo-request/?x=1` is `demo-request`. Null when there is none. */
export function lastSegment(pathOrUrl: string): string | null {
  const [path = ''] = pathOrUrl.split(/[?#]/, 1)
  const canonical = canonicalPath(path)
  return canonical.slice(canonical.lastIndexOf('/') + 1) || null
}

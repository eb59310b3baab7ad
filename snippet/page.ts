import type { Page } from '../shared/events.ts'
import { TEXT_CHARS } from './limits.ts'

/** Query parameters that tell where a visit came from. Nothing else of a query leaves the browser (snippet.md). */
const KEPT = /^(utm_\w+|(g|d|fb|tt|tw)clid|msclkid|[gw]braid|gad_source|li_fat_id)$/

/** `href` as an absolute URL with its query cut to the allow-list, without fragment and credentials. */
export const cutUrl = (href: string): string => {
  const url = new URL(href, document.baseURI)
  for (const name of [...url.searchParams.keys()]) KEPT.test(name) || url.searchParams.delete(name)
  url.hash = url.username = url.password = ''
  return url.href.slice(0, TEXT_CHARS)
}

/** `href` as an absolute URL without query, fragment and credentials. */
export const bareUrl = (href: string): string => cutUrl(href).replace(/\?.*/, '')

/** The page as it is now. `referrer` is where its reader came from, empty when unknown. */
export const currentPage = (referrer: string): Page => ({
  url: cutUrl(location.href),
  // a form named "title" would stand in for document.title: hence the template
  title: `${document.title}`.slice(0, TEXT_CHARS),
  ...(referrer && { referrer: bareUrl(referrer) }),
})

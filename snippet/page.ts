import type { Page } from '../shared/events.ts'
import { globs, options } from './config.ts'

/** Query parameters that tell where a visit came from, and the owner's own: nothing else of a query leaves the browser. */
const KEPT = globs(`utm_*,*clid,msclkid,*braid,li_fat_id,${options.params}`)

/** `href` as an absolute URL: of its query the allow-list, of its fragment only a route (`#/pricing`), no credentials. */
export const cut = (href: string): URL => {
  const url = new URL(href, document.baseURI)
  for (const name of [...url.searchParams.keys()]) KEPT.test(name) || url.searchParams.delete(name)
  url.username = url.password = ''
  url.hash = `${/^#!?\/[^?&=]*|/.exec(url.hash)}`
  return url
}

/** Without its query, too: what makes one page another. */
export const bare = (href: string): URL => {
  const url = cut(href)
  url.search = ''
  return url
}

/** The page as it is now. `referrer` is where its reader came from, empty when unknown. */
export const currentPage = (referrer = ''): Page => ({
  url: cut(location.href).href,
  // a form named "title" would stand in for document.title: hence the template
  title: `${document.title}`,
  referrer: referrer && bare(referrer).href,
})

import { guard } from '../edge.ts'
import { bare, currentPage, cut } from '../page.ts'
import { type AnyProps, record } from '../record.ts'
import { beginView, engagedMs, reportView } from './engagement.ts'

let page = currentPage(document.referrer)

/** Opens a new view of the current page. */
export const showPage = (props: AnyProps = {}, next = currentPage(page.referrer)): void => {
  reportView(page)
  page = next
  beginView(record('page_view', props, page))
}

/**
 * A page of a single-page site is another when its path is, or its route in the fragment; a change of query or of
 * another fragment is none. An address that is replaced before anybody had a look was tidied: it is the same page.
 */
export const follow = guard((how?: unknown): void => {
  const url = cut(location.href).href
  if (bare(url).href === bare(page.url).href) return
  // no title: routers set it after they move the address, at this moment it is still the last page's
  if (how === 'replace' && !engagedMs) page = { ...page, url }
  else showPage(undefined, { url, referrer: bare(page.url).href })
})

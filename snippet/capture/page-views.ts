import { guard, listen } from '../edge.ts'
import { bareUrl, currentPage, cutUrl } from '../page.ts'
import { type AnyProps, record } from '../record.ts'
import { beginView, reportView } from './engagement.ts'

let page = currentPage(document.referrer)
let path = ''

/** Opens a new view of the current page. */
export const showPage = (props: AnyProps, next = currentPage(page.referrer ?? '')): void => {
  reportView(page)
  page = next
  path = location.pathname
  beginView(record('page_view', props, page))
}

/**
 * Records a page_view now, when history moves to another path, and when the page comes back from the back/forward
 * cache. A change of query or fragment alone is no new page, nor is `replaceState`: pages use it to tidy addresses.
 */
export const watchPageViews = guard(() => {
  const followHistory = guard(() => {
    // no title: routers set it after they move the address, at this moment it is still the last page's
    if (location.pathname !== path) showPage({}, { url: cutUrl(location.href), referrer: bareUrl(page.url) })
  })
  showPage({})
  listen(followHistory, 'popstate')
  listen(({ persisted }) => persisted && showPage({}), 'pageshow')
  const native = history.pushState
  history.pushState = function (...args) {
    native.apply(this, args)
    void followHistory()
  }
})

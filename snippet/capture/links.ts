import { options } from '../config.ts'
import { handler } from '../edge.ts'
import { IGNORED } from '../forms/ignored.ts'
import { bare } from '../page.ts'
import { record } from '../record.ts'
import { recordDeclared } from './declared.ts'

/** What a browser saves or opens as a document, rather than showing as a page of the site. */
const FILES = /\.(pdf|epub|(doc|xls|pp[st])[mx]?|od[pst]|rtf|txt|csv|zip|t?gz|mp[34])$/i

/** Records what is behind a link a person follows: a file, or a page of another host. */
const followed = (link: Element): void => {
  // links of SVG keep their address in an object, or in an attribute of old
  const href = link.getAttribute('href') ?? link.getAttribute('xlink:href') ?? ''
  const { href: url, protocol, pathname, host } = bare(href)
  const saveAs = link.getAttribute('download')
  // mailto:ann@example.zip is no file, and a data: URL would be the whole content
  if (!/^(http|blob)/.test(protocol)) return
  if (saveAs != null || FILES.test(pathname)) {
    if (options.downloads !== 'off') record('download', { url, ...(saveAs && { file: saveAs }) })
  } else if (host !== location.host && options.outbound !== 'off') record('outbound_click', { url })
}

/**
 * Records what a click does, by left or middle button or by keyboard, however deep it landed: the link it follows, and
 * the event that the page's markup declares (`data-goldpan="webinar_signup"`).
 */
export const onClick = handler<MouseEvent>(event => {
  const around = (selector: string): HTMLElement | undefined =>
    (event.composedPath() as HTMLElement[]).find(node => node.matches?.(selector))
  // a right click opens a menu, the second click of a double click fetches nothing new
  if (event.button > 1 || event.detail > 1 || around(IGNORED)) return
  const link = around('a,area')
  if (link) followed(link)
  recordDeclared(around('[data-goldpan]:not(form)'))
})

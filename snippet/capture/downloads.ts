import { listen } from '../edge.ts'
import { IGNORED } from '../forms/fields.ts'
import { bareUrl } from '../page.ts'
import { record } from '../record.ts'

/** What a browser saves or opens as a document, rather than showing as a page of the site. */
const FILES =
  /\.(pdf|epub|docx?|xls[mx]?|pp[st]x?|od[pst]|rtf|txt|csv|zip|7z|rar|t?gz|dmg|exe|msi|pkg|mp[34]|mov|avi|wmv)$/i

/** The file behind a link: its URL without query and its name; null when the link leads to a page. */
export const fileOf = (link: Element): { readonly url: string; readonly file: string } | null => {
  const { protocol, pathname, href } = new URL(link.getAttribute('href') ?? '', document.baseURI)
  const saveAs = link.getAttribute('download')
  // mailto:ann@example.zip is no file, and a data: URL would be the whole content
  return /^(http|blob)/.test(protocol) && (saveAs != null || FILES.test(pathname))
    ? { url: bareUrl(href), file: saveAs || pathname.replace(/.*\//, '') }
    : null
}

/** Records every file fetched from a link, by left or middle click or by keyboard, however deep the click landed. */
export const watchDownloads = (): void => {
  listen(
    event => {
      const link = event
        .composedPath()
        .find((node): node is Element => node instanceof Element && node.matches('a[href],area[href]'))
      // a right click opens a menu, the second click of a double click fetches nothing new
      const download = link && event.button < 2 && event.detail < 2 && !link.closest(IGNORED) && fileOf(link)
      if (download) record('download', download)
    },
    'click',
    'auxclick',
  )
}

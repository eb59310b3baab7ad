import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { checkForm, FORMS, type FormDefinition } from './forms.ts'
import { ALL_PAGES } from './pages/all-pages.ts'
import { renderPage } from './pages/layout.tsx'
import { notFound } from './pages/not-found.tsx'
import type { Frame, Page } from './pages/page.ts'
import { type PanelProxyOptions, panelProxy } from './panel-proxy.ts'
import { securityHeaders } from './security-headers.ts'
import type { StaticFile } from './static-files.ts'

export interface SiteOptions extends PanelProxyOptions {
  /** what the tag in the pages names */
  readonly collectorUrl: string
  readonly siteKey: string
  readonly files: ReadonlyMap<string, StaticFile>
}

/** A long message in a contact form, in the most verbose of encodings (our choice). */
const FORM_BYTES = 64 * 1024
const YEAR = 'public, max-age=31536000, immutable'

/** The demo site's routes: its pages, its forms, its files and the panel's questions. */
export function demoSite(options: SiteOptions): Hono {
  const frame = frameOf(options)
  const site = new Hono()
  site.use(compress())
  const headers = Object.entries(securityHeaders(options.collectorUrl))
  site.use(async (c, next) => {
    await next()
    for (const [name, value] of headers) c.res.headers.set(name, value)
  })

  for (const page of ALL_PAGES) {
    site.get(page.path, c => c.html(renderPage(page, frame), 200, { 'cache-control': 'no-cache' }))
  }
  for (const form of FORMS) addForm(site, form, frame)
  for (const [name, file] of options.files) addFile(site, name, file)
  site.route('/panel', panelProxy(options))
  site.notFound(c => c.html(renderPage(notFound, frame), 404))
  return site
}

function frameOf({ collectorUrl, siteKey, files }: SiteOptions): Frame {
  return {
    tag: { collectorUrl, siteKey },
    file: name => `/${name}?v=${files.get(name)?.version ?? ''}`,
  }
}

/** A good submission leads on to the thanks, a bad one shows the form again with what is wrong. */
function addForm(site: Hono, form: FormDefinition, frame: Frame): void {
  const page = pageAt(form.page)
  site.post(`/forms/${form.id}`, bodyLimit({ maxSize: FORM_BYTES }), async c => {
    const sent = Object.entries(await c.req.parseBody()).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    )
    const state = checkForm(form, Object.fromEntries(sent))
    if (Object.keys(state.errors).length > 0) return c.html(renderPage(page, frame, state), 422)
    return c.redirect(`/thanks/${form.id}`, 303)
  })
}

function pageAt(path: string): Page {
  const page = ALL_PAGES.find(candidate => candidate.path === path)
  if (!page) throw new Error(`a form in demo-site/forms.ts names the page ${path}, and no page lives there`)
  return page
}

function addFile(site: Hono, name: string, file: StaticFile): void {
  const etag = `"${file.version}"`
  site.get(`/${name}`, c => {
    c.header('etag', etag)
    c.header('cache-control', c.req.query('v') === file.version ? YEAR : 'no-cache')
    // Compression makes the tag a weak one on its way out.
    if (c.req.header('if-none-match')?.replace(/^W\//, '') === etag) return c.body(null, 304)
    return c.body(file.body, 200, { 'content-type': file.type })
  })
}

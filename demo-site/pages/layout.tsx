import type { FC, PropsWithChildren } from 'hono/jsx'
import { EMPTY_FORM, type FormState } from '../forms.ts'
import type { Frame, Page } from './page.ts'
import { LivePanel } from './parts/live-panel.tsx'
import { SiteFooter } from './parts/site-footer.tsx'
import { SiteHeader } from './parts/site-header.tsx'

type LayoutProps = PropsWithChildren<{ page: Page; frame: Frame }>

/** Every page: the site on one side, Goldpan's live panel on the other. */
const Layout: FC<LayoutProps> = ({ page, frame, children }) => (
  <html lang={page.lang ?? 'en'} dir={page.dir ?? 'ltr'}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{page.path === '/' ? page.title : `${page.title} · Quartermark`}</title>
      <meta name="description" content={page.description} />
      <link rel="icon" href={frame.file('assets/favicon.svg')} type="image/svg+xml" />
      <link rel="stylesheet" href={frame.file('site.css')} />
      <link rel="stylesheet" href={frame.file('panel.css')} />
      <script async src={`${frame.tag.collectorUrl}/goldpan.js`} data-site={frame.tag.siteKey} />
      <script type="module" src={frame.file('panel.js')} />
    </head>
    <body>
      <a class="skip" href="#main" lang="en">
        Skip to content
      </a>
      <div class="site">
        <SiteHeader path={page.path} />
        <main id="main" tabindex={-1}>
          {children}
        </main>
        <SiteFooter path={page.path} newsletter={!page.ownNewsletter} />
      </div>
      <LivePanel />
    </body>
  </html>
)

/** A whole page as HTML text. `form` refills a form that was refused. */
export function renderPage(page: Page, frame: Frame, form: FormState = EMPTY_FORM): string {
  const tree = (
    <Layout page={page} frame={frame}>
      {page.body(form)}
    </Layout>
  )
  return `<!doctype html>${tree.toString()}`
}

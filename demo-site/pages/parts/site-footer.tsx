import type { FC } from 'hono/jsx'
import { formNamed } from '../../forms.ts'
import { Form } from './form.tsx'
import { Mark } from './mark.tsx'

interface Column {
  readonly title: string
  readonly links: readonly (readonly [href: string, label: string])[]
}

const COLUMNS: readonly Column[] = [
  {
    title: 'Product',
    links: [
      ['/features', 'Features'],
      ['/integrations', 'Integrations'],
      ['/pricing', 'Pricing'],
      ['/demo', 'Book a demo'],
    ],
  },
  {
    title: 'Learn',
    links: [
      ['/resources', 'Guides and checklists'],
      ['/webinars/plan-in-an-afternoon', 'Webinar'],
      ['/customers/halden-optics', 'Customer story'],
      ['/newsletter', 'Newsletter'],
    ],
  },
  {
    title: 'Company',
    links: [
      ['/careers', 'Careers'],
      ['/contact', 'Contact'],
      ['/privacy', 'Privacy'],
    ],
  },
]

const LANGUAGES: readonly (readonly [href: string, lang: string, label: string])[] = [
  ['/pricing', 'en', 'English'],
  ['/bg/ceni', 'bg', 'Български'],
  ['/pl/ceny', 'pl', 'Polski'],
  ['/he/pricing', 'he', 'עברית'],
]

export const SiteFooter: FC<{ path: string; newsletter: boolean }> = ({ path, newsletter }) => (
  <footer class="site-footer" lang="en" dir="ltr">
    <div class="wrap">
      {newsletter && (
        <section class="footer-letter" aria-labelledby="footer-letter-title">
          <div>
            <h2 id="footer-letter-title">One letter a month</h2>
            <p>How other marketing teams plan, spend and decide. No product news.</p>
          </div>
          <Form form={formNamed('newsletter')} />
        </section>
      )}
      <div class="footer-columns">
        <div class="footer-brand">
          <Mark />
          <p>
            Quartermark is an invented company. This site exists to show Goldpan at work and keeps nothing
            itself. Goldpan keeps what it hears in the data folder on your own machine.
          </p>
        </div>
        {COLUMNS.map(column => (
          <nav aria-label={column.title}>
            <p class="footer-title">{column.title}</p>
            <ul>
              {column.links.map(([href, label]) => (
                <li>
                  <a href={href}>{label}</a>
                </li>
              ))}
            </ul>
          </nav>
        ))}
        <nav aria-label="Languages">
          <p class="footer-title">Prices in</p>
          <ul>
            {LANGUAGES.map(([href, lang, label]) => (
              <li>
                <a
                  href={href}
                  hreflang={lang}
                  lang={lang}
                  {...(href === path ? { 'aria-current': 'page' as const } : {})}
                >
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </div>
  </footer>
)

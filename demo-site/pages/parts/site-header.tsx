import type { FC } from 'hono/jsx'
import { Mark } from './mark.tsx'

const LINKS: readonly (readonly [href: string, label: string])[] = [
  ['/features', 'Features'],
  ['/integrations', 'Integrations'],
  ['/pricing', 'Pricing'],
  ['/customers/halden-optics', 'Customers'],
  ['/resources', 'Resources'],
]

/** The head of every page, in English on all of them. Plain links: on a phone they scroll sideways, no script needed. */
export const SiteHeader: FC<{ path: string }> = ({ path }) => (
  <header class="site-header" lang="en">
    <div class="wrap site-header-row">
      <a class="brand" href="/" aria-label="Quartermark, home">
        <Mark />
        <span>Quartermark</span>
      </a>
      <nav class="site-nav" aria-label="Main">
        {LINKS.map(([href, label]) => (
          <a href={href} {...(href === path ? { 'aria-current': 'page' as const } : {})}>
            {label}
          </a>
        ))}
      </nav>
      <a class="button button-small" href="/demo">
        Book a demo
      </a>
    </div>
  </header>
)

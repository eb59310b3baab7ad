import { careers } from './careers.tsx'
import { features } from './features.tsx'
import { formPages } from './form-pages.tsx'
import { haldenOptics } from './halden-optics.tsx'
import { home } from './home.tsx'
import { integrations } from './integrations.tsx'
import type { Page } from './page.ts'
import { pricingPages } from './pricing.tsx'
import { privacy } from './privacy.tsx'
import { resources } from './resources.tsx'

/** Every page with an address. Adding a page is one file and one line here. */
export const ALL_PAGES: readonly Page[] = [
  home,
  features,
  integrations,
  ...pricingPages,
  haldenOptics,
  resources,
  careers,
  ...formPages,
  privacy,
]

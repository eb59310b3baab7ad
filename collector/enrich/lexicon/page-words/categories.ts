/**
 * What a page is by default: the names that goldpan.yaml gives, so that a rule says the same with and without patterns of its own.
 *
 * Beside this stand their words, as they are written in paths. Where a part of a path holds words of more than one category
 * (`/products-and-pricing`), the first here wins. `=` before a phrase: only where nothing else stands in that part (`/plans`, but not
 * `/floor-plans`). Umlauts are found as ae, oe, ue too, Cyrillic in any common transliteration, and phrases written as one word.
 */
export const PAGE_CATEGORIES = [
  'blog',
  'careers',
  'webinar',
  'case_study',
  'demo',
  'trial',
  'pricing',
  'login',
  'basket',
  'contact',
  'integrations',
  'partners',
  'compare',
  'terms',
  'docs',
  'support',
  'security',
  'legal',
  'resources',
  'portfolio',
  'services',
  'about',
  'features',
  'home',
] as const

export type PageCategory = (typeof PAGE_CATEGORIES)[number]

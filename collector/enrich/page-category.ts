import { getSubdomain } from 'tldts'
import { LOCALES } from './lexicon/page-words/around.ts'
import type { PageCategory } from './lexicon/page-words/categories.ts'
import { type PartReading, readPart } from './page-words.ts'

/** Categories that a host may name (`docs.acme.example`); others name a product, a machine or a campaign. */
const OF_HOSTS: ReadonlySet<PageCategory> = new Set([
  ...(['docs', 'support', 'blog', 'careers', 'webinar', 'resources'] as const),
  ...(['partners', 'login', 'legal', 'security'] as const),
])

/**
 * What is more than its folder: `/company/careers` is about careers. A category that is not named here keeps all below it:
 * `/blog/pricing` is a blog post, `/careers/pricing-manager` a job.
 */
const MORE_THAN: Readonly<Partial<Record<PageCategory, readonly PageCategory[]>>> = {
  about: [
    ...([
      'careers',
      'blog',
      'case_study',
      'contact',
      'partners',
      'legal',
      'security',
      'pricing',
      'demo',
    ] as const),
    ...(['webinar', 'support', 'resources', 'portfolio', 'services', 'terms'] as const),
  ],
  features: [
    ...(['pricing', 'demo', 'trial', 'integrations', 'docs', 'case_study', 'webinar', 'compare'] as const),
    ...(['basket', 'terms', 'login'] as const),
  ],
  services: ['pricing', 'demo', 'trial', 'case_study', 'contact'],
  resources: ['blog', 'webinar', 'case_study', 'docs', 'support'],
  support: ['contact', 'docs'],
  login: ['trial'],
}

const LOCALE = /^([a-z]{2})(?:[-_][a-z]{2,4})?$/
const FILE_ENDING = /\.(?:x?html?|php|aspx?|jsp|cfm)$/
const YEAR = /^(?:19|20)\d\d$/
const MONTH = /^(?:0?[1-9]|1[0-2])$/

/**
 * What a page is by the words of its address, in many languages, or null. Patterns of the model's owner go before it (lens.ts).
 * @param host lower case; empty when unknown
 * @param path canonical: decoded, lower case
 */
export function pageCategory(host: string, path: string): PageCategory | null {
  const labels = labelsOf(host)
  const parts = partsOf(path)
  const ofHost = labels.map(categoryOfLabel).find(found => found !== null) ?? null
  const category = parts.reduce((known, part, at) => narrowed(known, part, parts[at + 1]), ofHost)
  return category ?? (parts.length === 0 && labels.length === 0 ? 'home' : null)
}

interface Part {
  readonly text: string
  readonly reading: PartReading | null
}

/** Year and month in a page's address make it a post. */
function narrowed(
  category: PageCategory | null,
  { text, reading }: Part,
  next: Part | undefined,
): PageCategory | null {
  if (category === null && YEAR.test(text) && next && MONTH.test(next.text)) return 'blog'
  if (category === null || reading === null) return reading?.category ?? category
  // Folders hold pages called like other matters (`/features/fleet-pricing`), but none called like jobs.
  const isCertain = reading.isWhole || reading.category === 'careers'
  const isMore = isCertain && MORE_THAN[category]?.includes(reading.category)
  return isMore ? reading.category : category
}

/** Parts that may say something: no language, no file ending, no `index`. */
const partsOf = (path: string): readonly Part[] =>
  path
    .split('/')
    .map(part => part.replace(FILE_ENDING, ''))
    .filter(text => text !== '')
    .map(text => ({ text, reading: readPart(text) }))
    .filter(({ text, reading }) => (reading ? reading.category !== 'home' : !isLocale(text)))

const labelsOf = (host: string): readonly string[] =>
  (getSubdomain(host, { allowPrivateDomains: true }) ?? '')
    .split('.')
    .filter(label => label !== '' && label !== 'www' && !isLocale(label))

const isLocale = (text: string): boolean =>
  LOCALES.has(LOCALE.exec(text)?.[1] ?? '') && readPart(text) === null

/** `help-eu`: the first word of a label names it, too. */
function categoryOfLabel(label: string): PageCategory | null {
  const found = readPart(label) ?? readPart(label.split('-', 1)[0] ?? '')
  return found && OF_HOSTS.has(found.category) ? found.category : null
}

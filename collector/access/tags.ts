import type { Site } from '../storage/store.ts'
import type { SnippetRelease } from './snippet-release.ts'

/** What an owner pastes into their pages. */
export interface Tags {
  /** follows every release */
  readonly moving: string
  /** stays at this release, and runs only if the file is the one released; null: the snippet is not built */
  readonly pinned: string | null
}

type Tagged = Pick<Site, 'publicKey' | 'consent' | 'params'>

/**
 * A site's tags. They carry the site's settings: the snippet asks nobody before it starts, so a page without them would
 * be recorded as `granted`.
 * @param url of the collector, without a trailing slash
 */
export function tagsOf(site: Tagged, url: string, release: SnippetRelease | null): Tags {
  const settings = {
    'data-site': site.publicKey,
    ...(site.consent !== 'granted' && { 'data-consent': site.consent }),
    ...(site.params.length > 0 && { 'data-params': site.params.join(' ') }),
  }
  const pinned = release && {
    src: `${url}/${release.file}`,
    integrity: release.integrity,
    crossorigin: 'anonymous',
    ...settings,
  }
  return { moving: scriptOf({ src: `${url}/goldpan.js`, ...settings }), pinned: pinned && scriptOf(pinned) }
}

const scriptOf = (attributes: Readonly<Record<string, string>>): string => {
  const list = Object.entries(attributes).map(([name, value]) => `${name}="${escaped(value)}"`)
  return `<script async ${list.join(' ')}></script>`
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

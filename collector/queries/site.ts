import type { Store } from '../storage/store.ts'
import { type Answer, answered, refused } from './refusal.ts'

/** The site a question is about: the one asked for, or the only one there is. */
export async function siteOf(store: Store, asked: string | undefined): Promise<Answer<string>> {
  const ids = (await store.sites()).map(site => site.id)
  if (asked !== undefined) {
    return ids.includes(asked)
      ? answered(asked)
      : refused(
          'unknown_site',
          `site: expected the id of a site of this collector, got ${JSON.stringify(asked)}.`,
        )
  }
  const [only, ...others] = ids
  if (only === undefined) return refused('unknown_site', 'There is no site yet; `goldpan init` makes one.')
  return others.length === 0
    ? answered(only)
    : refused(
        'site_required',
        `There are ${ids.length} sites: say which with ?site=, one of ${ids.join(', ')}.`,
      )
}

import { traitValue } from '../enrich/values.ts'
import type { QueryDeps } from './deps.ts'
import { type Answer, answered, refused } from './refusal.ts'

/** A person somewhere in this collector. */
export interface FoundLead {
  readonly site: string
  readonly id: string
}

/**
 * Whom an id, an e-mail address or a phone number means: on one site, or wherever there is such a person.
 * @param only the site to look at; undefined: all
 */
export async function findLeads(
  deps: QueryDeps,
  who: string,
  only: string | undefined,
): Promise<Answer<readonly FoundLead[]>> {
  const sites = (await deps.store.sites()).map(({ id }) => id)
  if (only !== undefined && !sites.includes(only)) {
    const known = sites.length > 0 ? `one of ${sites.join(', ')}` : 'a site, of which there is none yet'
    return refused('unknown_site', `site: expected ${known}, got ${JSON.stringify(only)}.`)
  }
  const searched = only === undefined ? sites : [only]
  const found = await Promise.all(searched.map(site => onSite(deps, site, who)))
  return answered(found.flat())
}

async function onSite(deps: QueryDeps, site: string, who: string): Promise<readonly FoundLead[]> {
  const idOf = await deps.idsOf(site)
  const [email, phone] = [traitValue('email', who), traitValue('phone', who)]
  const ids = [
    who,
    ...(email === null ? [] : [idOf(`email:${email}`)]),
    ...(phone === null ? [] : [idOf(`phone:${phone}`)]),
  ]
  const stored = await Promise.all(ids.map(id => deps.store.person(site, id)))
  return stored.flatMap(person => (person ? { site, id: person.state.id } : []))
}

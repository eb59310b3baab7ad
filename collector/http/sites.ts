import { siteDraftOf } from '../access/site-draft.ts'
import { siteShape } from '../access/site-shape.ts'
import type { NewSite, SiteDraft, Sites } from '../access/sites.ts'
import type { RefusedModel } from '../models/first-model.ts'
import { rfc3339 } from '../queries/rfc3339.ts'
import type { Site } from '../storage/store.ts'
import { brokenModel, testsFailed } from './model-problems.ts'
import { problem } from './problem.ts'
import { readJson } from './read-json.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'

export interface SitesDeps {
  readonly sites: Pick<Sites, 'list'>
  /** makes a site that can qualify at once: its model is published */
  readonly createSite: (draft: SiteDraft) => Promise<NewSite | 'conflict' | RefusedModel>
}

/** `/v1/sites`: whose pages may send here. */
export const sitesRoutes = (deps: SitesDeps): readonly Route[] => [
  { method: 'GET', path: '/v1/sites', access: ['admin'], handle: listSites(deps) },
  { method: 'POST', path: '/v1/sites', access: ['admin'], handle: createSite(deps) },
]

const listSites =
  ({ sites }: SitesDeps): Handle =>
  async () =>
    json({ data: (await sites.list()).map(shapeOf), next: null })

const createSite =
  (deps: SitesDeps): Handle =>
  async c => {
    const body = await readJson(c.env.incoming)
    if (!body.ok) return body.answer
    const draft = siteDraftOf(body.value)
    if (typeof draft === 'string') return problem(400, 'invalid_site', 'The site cannot be made', draft)
    const made = await deps.createSite(draft)
    if (made === 'conflict')
      return problem(
        409,
        'site_exists',
        'The id is taken',
        `Expected an id no site has, came ${draft.id}. Choose another with "id".`,
      )
    if ('refused' in made)
      return made.refused === 'broken' ? brokenModel(made.problems) : testsFailed(made.failed)
    return json({ ...shapeOf(made.site), secretKey: made.secretKey }, 201)
  }

const shapeOf = (site: Site) => ({ ...siteShape(site), createdAt: rfc3339(site.createdAt) })

import { TRAIT_NAMES } from '../../shared/traits.ts'
import { unknownFields } from '../queries/profile.ts'
import { isUnknownBody } from '../queries/unknown-request.ts'
import type { Store } from '../storage/store.ts'
import { type ForPagesDeps, forPages } from './for-pages.ts'
import { json } from './respond.ts'
import type { Route } from './route.ts'

export interface ProfileDeps extends ForPagesDeps {
  readonly store: Store
}

/**
 * `POST /v1/profile/unknown`: which fields a form need still ask for; never what is known. Answers alike whoever the visitor
 * is, and whether or not the site has it switched on (Site, progressive): nobody's absence can be told from it. What is
 * sent with the test key is on timelines of its own, so to that everything is unknown.
 */
export const profileRoutes = (deps: ProfileDeps): readonly Route[] => [
  {
    method: 'POST',
    path: '/v1/profile/unknown',
    access: 'public',
    handle: forPages(deps, isUnknownBody, '{"site", "visitor", "fields"?}', async asked => {
      const { site, isTest, request, userAgent } = asked
      const { visitor, fields = TRAIT_NAMES } = request
      const isAnswered = site.progressive && !isTest
      const question = { site: site.id, visitor, fields, userAgent }
      return json({ unknown: isAnswered ? await unknownFields(deps.store, question) : fields })
    }),
  },
]

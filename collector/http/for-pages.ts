import { type FoundSite, type IngestDeps, originObjection } from '../ingest/ingest.ts'
import { secretInPage, UNKNOWN_KEY } from '../ingest/keys.ts'
import { readable, withoutCredentials } from './cors.ts'
import { problem } from './problem.ts'
import { readJson } from './read-json.ts'
import { refused } from './refused.ts'
import type { Handle } from './route.ts'

export type ForPagesDeps = Pick<IngestDeps, 'findSite'>

/** What is asked, of which site, and by which program. */
export interface Asked<T> extends FoundSite {
  readonly request: T
  readonly userAgent: string | null
}

/**
 * What a site's pages may ask: as with events, the key is in the body and the origin must be one of the site's. Text/plain,
 * so that no preflight is due; no credentials.
 */
export function forPages<T extends { readonly site: string }>(
  { findSite }: ForPagesDeps,
  isRequest: (input: unknown) => input is T,
  expected: string,
  answer: (asked: Asked<T>) => Promise<Response>,
): Handle {
  return withoutCredentials(async c => {
    const origin = c.req.header('origin') ?? null
    const body = await readJson(c.env.incoming)
    if (!body.ok) return readable(body.answer, origin)
    if (!isRequest(body.value)) {
      const detail = `Expected ${expected}, came something else. Use the snippet of this collector.`
      return readable(problem(400, 'invalid_body', 'The body has another form', detail), origin)
    }
    const exposed = secretInPage(null, body.value.site, origin)
    if (exposed) return refused(exposed, origin)
    const found = await findSite(body.value.site, null)
    if (!found) return refused(UNKNOWN_KEY, origin)
    const objection = originObjection(found.site, { origin, secretKey: null })
    if (objection) return refused(objection, origin)
    const userAgent = c.req.header('user-agent') ?? null
    return readable(await answer({ ...found, request: body.value, userAgent }), origin)
  })
}

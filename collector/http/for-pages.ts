import { type FoundSite, type IngestDeps, originObjection, UNKNOWN_KEY } from '../ingest/ingest.ts'
import { corsFor, FOR_OTHER_SITES } from './cors.ts'
import { problem } from './problem.ts'
import { readJson } from './read-json.ts'
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
  return async c => {
    const origin = c.req.header('origin') ?? null
    const body = await readJson(c.env.incoming)
    if (!body.ok) return readable(body.answer, origin)
    if (!isRequest(body.value)) {
      const detail = `Expected ${expected}, came something else. Use the snippet of this collector.`
      return readable(problem(400, 'invalid_body', 'The body has another form', detail), origin)
    }
    const found = await findSite(body.value.site, null)
    if (!found) return readable(problem(401, UNKNOWN_KEY.code, 'Unknown key', UNKNOWN_KEY.message), origin)
    const objection = originObjection(found.site, { origin, secretKey: null })
    // A page that may not ask may not read the answer either.
    if (objection) return problem(403, objection.code, 'This page may not ask', objection.message)
    const userAgent = c.req.header('user-agent') ?? null
    return readable(await answer({ ...found, request: body.value, userAgent }), origin)
  }
}

/** Lets the page that asked read the answer. */
function readable(response: Response, origin: string | null): Response {
  for (const [name, value] of Object.entries({ ...FOR_OTHER_SITES, ...corsFor(origin) }))
    response.headers.set(name, value)
  return response
}

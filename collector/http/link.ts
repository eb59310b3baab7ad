import { isLinkRequest, isRedeemRequest } from '../access/link-request.ts'
import { type LinkTokens, linkTokens } from '../access/link-tokens.ts'
import type { Clock } from '../contracts/clock.ts'
import { type IngestDeps, originObjection, UNKNOWN_KEY } from '../ingest/ingest.ts'
import type { Site, Store } from '../storage/store.ts'
import { corsFor, FOR_OTHER_SITES } from './cors.ts'
import { problem } from './problem.ts'
import { readJson } from './read-json.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'

export interface LinkDeps extends Pick<IngestDeps, 'findSite'> {
  readonly clock: Clock
  readonly store: Store
}

/**
 * From one of the owner's domains to another: `POST /v1/link` makes a visitor's token for a link, `POST /v1/link/redeem`
 * gives the visitor of a token back, once, within two minutes. Text/plain, so that no preflight is due; no credentials.
 */
export function linkRoutes(deps: LinkDeps): readonly Route[] {
  let tokens: LinkTokens | null = null
  const open = async (): Promise<LinkTokens> => {
    const secret = await deps.store.installationSecret()
    tokens ??= linkTokens(secret)
    return tokens
  }
  return [
    {
      method: 'POST',
      path: '/v1/link',
      access: 'public',
      handle: forPages(deps, isLinkRequest, '{"site", "visitor"}', async ({ visitor }, site) =>
        json((await open()).mint(site.id, visitor, deps.clock())),
      ),
    },
    {
      method: 'POST',
      path: '/v1/link/redeem',
      access: 'public',
      handle: forPages(deps, isRedeemRequest, '{"site", "token"}', async ({ token }, site) => {
        const redeemed = (await open()).redeem(site.id, token, deps.clock())
        return redeemed.kind === 'redeemed' ? json({ visitor: redeemed.visitor }) : UNUSABLE[redeemed.kind]()
      }),
    },
  ]
}

const UNUSABLE = {
  invalid: () =>
    problem(
      400,
      'invalid_link',
      'This is no link of ours',
      'Expected a token that this collector made for this site, came another. Follow the link again.',
    ),
  spent: () =>
    problem(
      410,
      'link_spent',
      'The link is spent',
      'Expected a token of the last two minutes that nobody has redeemed, came an older one. Follow the link again.',
    ),
} as const

/** What a site's pages may ask: as with events, the key is in the body and the origin must be one of the site's. */
function forPages<T extends { readonly site: string }>(
  { findSite }: LinkDeps,
  isRequest: (input: unknown) => input is T,
  expected: string,
  answer: (request: T, site: Site) => Promise<Response>,
): Handle {
  return async c => {
    const origin = c.req.header('origin') ?? null
    const body = await readJson(c.env.incoming)
    if (!body.ok) return readable(body.answer, origin)
    if (!isRequest(body.value)) {
      const detail = `Expected ${expected}, came something else. Use the snippet of this collector.`
      return readable(problem(400, 'invalid_body', 'The body has another form', detail), origin)
    }
    const site = (await findSite(body.value.site, null))?.site
    if (!site) return readable(problem(401, UNKNOWN_KEY.code, 'Unknown key', UNKNOWN_KEY.message), origin)
    const objection = originObjection(site, { origin, secretKey: null })
    // A page that may not ask may not read the answer either.
    if (objection) return problem(403, objection.code, 'This page may not ask', objection.message)
    return readable(await answer(body.value, site), origin)
  }
}

/** Lets the page that asked read the answer. */
function readable(response: Response, origin: string | null): Response {
  for (const [name, value] of Object.entries({ ...FOR_OTHER_SITES, ...corsFor(origin) }))
    response.headers.set(name, value)
  return response
}

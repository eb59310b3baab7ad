import { isLinkRequest, isRedeemRequest } from '../access/link-request.ts'
import { type LinkTokens, linkTokens } from '../access/link-tokens.ts'
import type { Clock } from '../contracts/clock.ts'
import type { Store } from '../storage/store.ts'
import { type ForPagesDeps, forPages } from './for-pages.ts'
import { problem } from './problem.ts'
import { json } from './respond.ts'
import type { Route } from './route.ts'

export interface LinkDeps extends ForPagesDeps {
  readonly clock: Clock
  readonly store: Store
}

/**
 * From one of the owner's domains to another: `POST /v1/link` makes a visitor's token for a link, `POST /v1/link/redeem`
 * gives the visitor of a token back, once, within two minutes.
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
      handle: forPages(deps, isLinkRequest, '{"site", "visitor"}', async ({ request: { visitor }, site }) =>
        json((await open()).mint(site.id, visitor, deps.clock())),
      ),
    },
    {
      method: 'POST',
      path: '/v1/link/redeem',
      access: 'public',
      handle: forPages(deps, isRedeemRequest, '{"site", "token"}', async ({ request: { token }, site }) => {
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

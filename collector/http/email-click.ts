import { type EmailLinks, isOld } from '../access/email-links.ts'
import type { Clock } from '../contracts/clock.ts'
import { withClickToken } from '../ingest/click-token.ts'
import { cutUrl } from '../ingest/cut-url.ts'
import { plainPage } from './plain-page.ts'
import { SECURITY_HEADERS } from './respond.ts'
import type { Handle, Route } from './route.ts'

export interface EmailClickDeps {
  readonly clock: Clock
  readonly emailLinks: EmailLinks
}

/**
 * `GET /v1/c/:token`: a signed link in an e-mail was followed, by a person, a mail scanner or a preview: all get the same
 * answer, and nothing is recorded. It leads where the link was made for and nowhere else, so it is no open redirect.
 */
export const emailClickRoutes = (deps: EmailClickDeps): readonly Route[] => [
  { method: 'GET', path: '/v1/c/:token', access: 'public', handle: follow(deps) },
]

const follow =
  ({ clock, emailLinks }: EmailClickDeps): Handle =>
  c => {
    const now = clock()
    const link = emailLinks.open(c.req.param('token') ?? '')
    if (!link) return plainPage('This link does not work', BROKEN, 404)
    if (isOld(link, now)) return redirectTo(link.target)
    return redirectTo(withClickToken(link.target, emailLinks.mintClick(link, cutUrl(link.target), now)))
  }

const redirectTo = (location: string): Response =>
  new Response(null, { status: 302, headers: { ...SECURITY_HEADERS, location, 'cache-control': 'no-store' } })

const BROKEN = `<h1>This link does not work</h1>
<p>Part of its address is missing or was changed on the way. Go back to the e-mail and open the link from there, or copy it
whole. If that does not help, ask who sent you the e-mail.</p>`

import { type EmailLinks, NO_ROOM } from '../access/email-links.ts'
import type { Clock } from '../contracts/clock.ts'
import type { EmailLinkDraft } from '../contracts/email-link.ts'
import { MOST_LINKS, readEmailLinks } from '../queries/email-link-requests.ts'
import { SiteParams } from '../queries/params.ts'
import { readQuestion } from '../queries/read-params.ts'
import { type Answer, answered, refused } from '../queries/refusal.ts'
import type { Store } from '../storage/store.ts'
import { refusal } from './answer.ts'
import { type OwnAddress, ownUrl } from './own-url.ts'
import { problem } from './problem.ts'
import { jsonReader } from './read-json.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'

export interface EmailLinkDeps extends OwnAddress {
  readonly clock: Clock
  readonly store: Store
  readonly emailLinks: EmailLinks
}

/** `POST /v1/email-links`: signed links for e-mails, one a person and target. Keeps nothing: the link says it all. */
export const emailLinkRoutes = (deps: EmailLinkDeps): readonly Route[] => [
  { method: 'POST', path: '/v1/email-links', access: ['write'], handle: mintLinks(deps) },
]

/** The longest link there may be, so many times, and four such requests at once. */
const BODY_BYTES = MOST_LINKS * 1_500
const readBody = jsonReader({ bodyBytes: BODY_BYTES, heldBytes: 4 * BODY_BYTES })

const mintLinks =
  (deps: EmailLinkDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, SiteParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const body = await readBody(c.env.incoming)
    if (!body.ok) return body.answer
    const base = ownUrl(c.env.incoming, deps)
    if (base === null) return problem(400, 'invalid_host', 'The Host header is no host', NO_HOST)
    const { site } = question.value
    const origins = (await deps.store.sites()).find(({ id }) => id === site)?.origins ?? []
    const drafts = readEmailLinks(body.value, origins)
    if (!drafts.ok) return refusal(drafts)
    const tokens = minted(deps.emailLinks, site, drafts.value, deps.clock())
    if (!tokens.ok) return refusal(tokens)
    return json({ site, links: tokens.value.map(token => ({ url: `${base}/v1/c/${token}` })) }, 201)
  }

const NO_HOST =
  'Expected a Host header with the collector’s name, came another. Send one, or set GOLDPAN_PUBLIC_URL.'

function minted(
  emailLinks: EmailLinks,
  site: string,
  drafts: readonly EmailLinkDraft[],
  now: number,
): Answer<readonly string[]> {
  const tokens: string[] = []
  for (const [index, draft] of drafts.entries()) {
    const token = emailLinks.mint(site, draft, now)
    if (token === null) return refused('invalid_body', `Link ${index}: ${NO_ROOM}`, { index })
    tokens.push(token)
  }
  return answered(tokens)
}

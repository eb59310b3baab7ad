import type { IncomingMessage } from 'node:http'
import { html } from 'hono/html'
import { OWN_PARAMETER } from '../../shared/wire.ts'
import type { OwnLinks } from '../access/own-links.ts'
import type { Clock } from '../contracts/clock.ts'
import type { IngestDeps } from '../ingest/ingest.ts'
import { UNKNOWN_KEY } from '../ingest/keys.ts'
import type { Site } from '../storage/store.ts'
import { isOwnBrowser, ownCookie } from './own-browser.ts'
import { type OwnAddress, ownUrl } from './own-url.ts'
import { plainPage } from './plain-page.ts'
import { problem } from './problem.ts'
import { SECURITY_HEADERS } from './respond.ts'
import type { Handle, Route } from './route.ts'

export interface OptOutDeps extends Pick<IngestDeps, 'findSite'>, OwnAddress {
  readonly clock: Clock
  readonly ownLinks: OwnLinks
}

/**
 * `GET /v1/opt-out?site=pk_…`: where people of the company say that their browser is one of its own, so that what they do
 * on the site counts for nobody (facts.ts, Noted, optedOut); `POST` says so, or takes it back. Works without scripts.
 */
export const optOutRoutes = (deps: OptOutDeps): readonly Route[] => [
  { method: 'GET', path: '/v1/opt-out', access: 'public', handle: show(deps) },
  { method: 'POST', path: '/v1/opt-out', access: 'public', handle: choose(deps) },
]

const show =
  (deps: OptOutDeps): Handle =>
  async c => {
    const site = await siteNamed(deps, c.req.query('site'))
    if (!site) return unknownSite()
    const isOwn = isOwnBrowser(c.req.header('cookie') ?? null, site.publicKey)
    const token = deps.ownLinks.mint(site.id, deps.clock())
    const text = await optOutText(site, isOwn, token)
    return withForm(plainPage('Do not count this browser', String(text)))
  }

const choose =
  (deps: OptOutDeps): Handle =>
  async c => {
    if (!isFromOwnPage(c.env.incoming, deps))
      return problem(
        403,
        'foreign_origin',
        'Written from another site',
        'Expected the buttons of this page, came a form of another one. Open /v1/opt-out yourself.',
      )
    const site = await siteNamed(deps, c.req.query('site'))
    if (!site) return unknownSite()
    const isOwn = c.req.query('own') === 'yes'
    const isSecure = ownUrl(c.env.incoming, deps)?.startsWith('https:') ?? false
    return new Response(null, {
      status: 303,
      headers: {
        ...SECURITY_HEADERS,
        location: `?site=${encodeURIComponent(site.publicKey)}`,
        'set-cookie': ownCookie(site.publicKey, isOwn, isSecure),
        'cache-control': 'no-store',
      },
    })
  }

/** A page that may send a form to itself, and says that it is the one it comes from: to the form, and to a link (noting.ts). */
function withForm(answer: Response): Response {
  const policy = answer.headers.get('content-security-policy') ?? ''
  answer.headers.set('content-security-policy', policy.replace("form-action 'none'", "form-action 'self'"))
  answer.headers.set('referrer-policy', 'origin')
  return answer
}

const siteNamed = async ({ findSite }: OptOutDeps, key: string | undefined): Promise<Site | null> =>
  key === undefined ? null : ((await findSite(key, null))?.site ?? null)

const unknownSite = (): Response => problem(404, UNKNOWN_KEY.code, 'Unknown key', UNKNOWN_KEY.message)

/** The browser's own word where it gives it; else the origin that it names for every form. */
function isFromOwnPage({ headers }: IncomingMessage, { publicUrl }: OwnAddress): boolean {
  const fetchSite = headers['sec-fetch-site']
  if (fetchSite !== undefined) return fetchSite === 'same-origin'
  const { origin, host } = headers
  if (origin === undefined || !URL.canParse(origin)) return false
  return new URL(origin).host === host || (publicUrl !== null && new URL(publicUrl).origin === origin)
}

/**
 * @param isOwn whether the browser is marked already
 * @param token for links to the site that mark the visitor there
 */
const optOutText = (
  { name, publicKey, origins }: Site,
  isOwn: boolean,
  token: string,
) => html`<h1>Do you work for ${name}?</h1>
<p>Then your visits to its site say nothing about customers, and need not be counted.</p>
<p role="status"><strong>${isOwn ? 'This browser is not counted.' : 'This browser is counted.'}</strong></p>
<form method="post" action="?site=${publicKey}&amp;own=yes"><button class="${isOwn ? '' : 'main'}">Do not count this browser</button></form>
<form method="post" action="?site=${publicKey}&amp;own=no"><button class="${isOwn ? 'main' : ''}">Count it again</button></form>
<p>Do this once in every browser you use. The mark is a cookie, kept for 400 days.</p>
${
  origins.length > 0
    ? html`<p>Some browsers keep that cookie from the site. To be sure, open the site once from here, within ten minutes:</p>
<ul>${origins.map(origin => html`<li><a href="${origin}/?${OWN_PARAMETER}=${token}">${origin}</a></li>`)}</ul>
<p>What this browser does there is then not counted, from then on; “Count it again” does not undo that.</p>`
    : ''
}`

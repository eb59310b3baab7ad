import Type, { type Static } from 'typebox'
import { Check } from 'typebox/value'
import { CLICK_PARAMETER } from '../../shared/wire.ts'
import type { EmailLinkDraft } from '../contracts/email-link.ts'
import { traitValue } from '../enrich/values.ts'
import { type Answer, answered, refused } from './refusal.ts'

const strict = { additionalProperties: false }
const WantedLink = Type.Object(
  { email: Type.String(), url: Type.String(), message: Type.Optional(Type.String()) },
  strict,
)
export type WantedLink = Static<typeof WantedLink>

/** Our choice: a mailing of 10,000 is ten requests. */
export const MOST_LINKS = 1_000
const Many = Type.Object({ links: Type.Array(WantedLink, { minItems: 1, maxItems: MOST_LINKS }) }, strict)

/** RFC 5321 §4.5.3.1 counts octets, traits count characters. */
const EMAIL_BYTES = 254
const MESSAGE_CHARS = 64

/** A body of `POST /v1/email-links`: all of its links, or what is wrong with the first that is not sound. */
export function readEmailLinks(body: unknown, origins: readonly string[]): Answer<readonly EmailLinkDraft[]> {
  const wanted = Check(Many, body) ? body.links : Check(WantedLink, body) ? [body] : null
  if (!wanted)
    return refused(
      'invalid_body',
      `Expected {email, url, message?} or {links: […]} with 1 to ${MOST_LINKS} of them, got something else.`,
    )
  const drafts: EmailLinkDraft[] = []
  for (const [index, one] of wanted.entries()) {
    const draft = emailLinkDraft(one, origins)
    if (typeof draft === 'string') return refused('invalid_body', `Link ${index}: ${draft}`, { index })
    drafts.push(draft)
  }
  return answered(drafts)
}

/**
 * @param origins of the site; empty: any https address will do
 * @returns the draft, or in words what is wrong
 */
export function emailLinkDraft(
  { email, url, message }: WantedLink,
  origins: readonly string[],
): EmailLinkDraft | string {
  const address = traitValue('email', email)
  if (typeof address !== 'string' || new TextEncoder().encode(address).length > EMAIL_BYTES)
    return 'email: expected a person’s address, got another text.'
  const target = URL.canParse(url) ? new URL(url) : null
  const objection = target ? objectionTo(target, origins) : 'an absolute address'
  if (!target || objection !== null) return `url: expected ${objection}, got ${shown(url)}.`
  const name = message?.trim() || null
  if (name !== null && (name.length > MESSAGE_CHARS || /\p{Cc}/u.test(name)))
    return `message: expected at most ${MESSAGE_CHARS} characters in one line, got ${shown(name)}.`
  return { email: address, target: target.href, message: name }
}

/** What a target should be and is not; null: it may be linked to. */
function objectionTo(target: URL, origins: readonly string[]): string | null {
  if (target.protocol !== 'https:' && target.protocol !== 'http:') return 'an http or https address'
  if (target.username !== '' || target.password !== '') return 'an address without user and password'
  if (target.searchParams.has(CLICK_PARAMETER)) return `an address without ${CLICK_PARAMETER}`
  if (origins.length === 0)
    return target.protocol === 'https:' ? null : 'an https address, for the site names no origins'
  const isOwn = origins.some(origin => new URL(origin).origin === target.origin)
  return isOwn ? null : `an address of the site (${origins.join(', ')})`
}

const SHOWN_CHARS = 100
const shown = (text: string): string =>
  JSON.stringify(text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text)

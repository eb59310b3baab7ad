import { createHash } from 'node:crypto'
import type { EmailClick, Fact, Noted } from '../contracts/facts.ts'
import { clickTokenIn, ownTokenIn } from './click-token.ts'

/** Who can tell what ingest notes (facts.ts, Noted): both look things up, neither decides anything. */
export interface Noting {
  /** What is known of an address, while it is whole. `visitor` null: the person may not be tracked. */
  network(sender: Sender): Pick<Noted, 'country' | 'company' | 'lists' | 'crowd'>
  /** The signed e-mail link that the token in a page's address speaks of; null: not ours, or too old. */
  click(seen: SeenToken): SeenClick | null
  /** Whether the token in a page's address marks the visitor as one of our own. */
  own(seen: SeenToken & { readonly visitor: string }): boolean
}

export interface SeenToken {
  readonly site: string
  readonly token: string
  /** epoch ms */
  readonly now: number
}

export interface SeenClick {
  /** of the token: one redirect, one click */
  readonly id: string
  readonly click: EmailClick
}

export interface Sender {
  readonly site: string
  /** whole, IPv4 or IPv6 */
  readonly address: string
  readonly visitor: string | null
  /** the visitor's own request; false: a server says so, perhaps of days gone by */
  readonly isLive: boolean
  /** epoch ms */
  readonly now: number
}

export const NOTHING_TO_NOTE: Noting = { network: () => ({}), click: () => null, own: () => false }

/** Null for nothing, so that most facts carry no empty object. */
export const notedOrNull = (noted: Noted): Noted | null => (Object.keys(noted).length > 0 ? noted : null)

/** A click on a link in an e-mail, as an event of its own: rules and campaigns count these. */
const EMAIL_CLICK = 'email_click'

/**
 * The page view by which a visitor says that they are one of our own. It comes from a link of the opt-out page itself, which
 * the browser's referrer shows: nobody else's link marks a visitor.
 * @param url of the page, as it came
 * @param isOurs whether an address is the collector's own, as this browser knows it
 */
export function markedOwn(
  view: Fact,
  url: string | undefined,
  noting: Noting,
  isOurs: (url: string) => boolean,
): Fact {
  const { site, visitor, receivedAt: now, page } = view
  if (view.type !== 'page_view' || view.origin !== 'browser' || visitor === null) return view
  const token = url === undefined ? null : ownTokenIn(url)
  if (token === null || !isOurs(page?.referrer ?? '')) return view
  return noting.own({ site, token, visitor, now })
    ? { ...view, noted: { ...view.noted, optedOut: true } }
    : view
}

/**
 * The click that a page view proves: the address was opened in a browser that runs scripts, which the redirect alone does
 * not show (trust.md, score inflation). A server is no such browser, and who may not be tracked is joined to nobody.
 * Its id follows from the token's: a token makes one click, whoever brings it again (a reload, a retry, a copied address).
 * @param url of the page, as it came
 */
export function clickOf(view: Fact, url: string | undefined, noting: Noting): Fact | null {
  if (view.type !== 'page_view' || view.origin !== 'browser' || view.visitor === null) return null
  const token = url === undefined ? null : clickTokenIn(url)
  const seen = token === null ? null : noting.click({ site: view.site, token, now: view.receivedAt })
  if (!seen) return null
  const { message, link } = seen.click
  return {
    ...view,
    id: firstIdOf(seen.id),
    type: EMAIL_CLICK,
    props: { ...(message !== null && campaignIn(message)), link },
    noted: { ...view.noted, click: seen.click },
  }
}

/** `clear-brand/3` is the third mail of a campaign, as e-mail programs say it; `clear-brand` a campaign. */
function campaignIn(message: string): { readonly campaign: string; readonly mail?: string | number } {
  const slash = message.lastIndexOf('/')
  const [campaign, mail] = [message.slice(0, slash), message.slice(slash + 1)]
  if (campaign === '' || slash < 0 || mail === '') return { campaign: message }
  return { campaign, mail: /^\d{1,9}$/.test(mail) ? Number(mail) : mail }
}

/** An id that is before any other: the view of the same instant is read as the person's who clicked. */
function firstIdOf(seed: string): string {
  const hash = createHash('sha256').update(seed).digest('hex')
  return `00000000-0000-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`
}

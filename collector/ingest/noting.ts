import { createHash } from 'node:crypto'
import type { EmailClick, Fact, Noted } from '../contracts/facts.ts'

/** Who can tell what ingest notes (facts.ts, Noted): both look things up, neither decides anything. */
export interface Noting {
  /** What is known of an address, while it is whole. `visitor` null: the person may not be tracked. */
  network(sender: Sender): Pick<Noted, 'country' | 'company' | 'lists' | 'crowd'>
  /** The signed e-mail link that a page's address carries; null: none, or not ours. */
  click(site: string, url: string): EmailClick | null
}

export interface Sender {
  readonly site: string
  /** whole, IPv4 or IPv6 */
  readonly address: string
  readonly visitor: string | null
  /** epoch ms */
  readonly now: number
}

export const NOTHING_TO_NOTE: Noting = { network: () => ({}), click: () => null }

/** Null for nothing, so that most facts carry no empty object. */
export const notedOrNull = (noted: Noted): Noted | null => (Object.keys(noted).length > 0 ? noted : null)

/** A click on a link in an e-mail, as an event of its own: rules and campaigns count these. */
const EMAIL_CLICK = 'email_click'

/**
 * The click that a page view proves: the address was opened in a browser that runs scripts, which the redirect alone does
 * not show (trust.md, score inflation). Its id follows from the view's, so that a retry makes it no second time, and lies
 * before it, so that the view is read as the person's who clicked.
 */
export function clickOf(view: Fact, click: EmailClick): Fact {
  const { message, link } = click
  return {
    ...view,
    id: idBefore(view.id),
    type: EMAIL_CLICK,
    props: { ...(message !== null && { campaign: message }), link },
    noted: { ...view.noted, click },
  }
}

/** Same millisecond, then zeros: ids of the same instant are compared as text. */
function idBefore(id: string): string {
  const hash = createHash('sha256').update(id).digest('hex')
  return `${id.slice(0, 13)}-7000-8${hash.slice(0, 3)}-${hash.slice(3, 15)}`
}

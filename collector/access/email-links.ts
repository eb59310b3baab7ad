import { createHash } from 'node:crypto'
import { LIMITS } from '../../shared/limits.ts'
import { DAY_MS, MINUTE_MS } from '../../shared/time.ts'
import { CLICK_PARAMETER } from '../../shared/wire.ts'
import type { EmailLinkDraft } from '../contracts/email-link.ts'
import type { EmailClick } from '../contracts/facts.ts'
import { type Seal, sealedChars, sealFor } from './seal.ts'

/** What a link in a mail says. */
export interface EmailLink extends EmailLinkDraft {
  readonly site: string
  /** epoch ms */
  readonly mintedAt: number
}

/**
 * The two tokens of a signed e-mail link. That in the mail says who was sent where. Who follows it is redirected with a
 * second, short-lived one in the page's address: only a browser that runs the page's script brings it here, so only then
 * was there a click (trust.md, score inflation).
 */
export interface EmailLinks {
  /** The token of the mail's link; null when the page's address would be longer than the wire takes (limits.ts). */
  mint(site: string, draft: EmailLinkDraft, now: number): string | null
  /** What a mail's link says, however old; null: not ours. */
  open(token: string): EmailLink | null
  /** The token for the page's address. @param label which link of the message; a long one is shortened */
  mintClick(from: EmailLink, label: string, now: number): string
  /** What such a token says, and the token's own id; null: not ours, another site's, or too old. */
  openClick(seen: {
    readonly site: string
    readonly token: string
    readonly now: number
  }): { readonly id: string; readonly click: EmailClick } | null
}

/** Our choice: nurturing lasts months, and people come back to mails they kept. An older link only redirects. */
const LINK_LIFE_MS = 180 * DAY_MS

/** Our choice: from the redirect to the page's first event, consent asked for in between; too short for a shared address. */
const CLICK_LIFE_MS = 30 * MINUTE_MS

/** So that an address of 254 bytes and a message of 64 leave room for a target of 300 characters. */
const LABEL_CHARS = 140
const HASH_CHARS = 12

/** two instants in base 36 and four line breaks */
const TIMES_BYTES = 22
/** Above what any token that is made here holds. */
const MOST_BYTES = { link: 3_000, click: 1_000 }

/** @param secret the store's installationSecret */
export function emailLinks(secret: string): EmailLinks {
  const links = sealFor(secret, 'goldpan email link 1', MOST_BYTES.link)
  const clicks = sealFor(secret, 'goldpan email click 1', MOST_BYTES.click)
  return {
    mint: (site, draft, now) =>
      hasRoom(draft)
        ? mailable(() => sealed(links, [site, time(now), draft.email, draft.message ?? '', draft.target], ''))
        : null,
    open: token => {
      const opened = fieldsIn(links, token, '')
      if (!opened) return null
      const [site, mintedAt, email, message, target] = opened.fields
      return { site, mintedAt: instant(mintedAt), email, message: message || null, target }
    },
    mintClick: ({ site, mintedAt, email, message }, label, now) =>
      sealed(clicks, [time(now + CLICK_LIFE_MS), time(mintedAt), email, message ?? '', short(label)], site),
    openClick: ({ site, token, now }) => {
      const opened = fieldsIn(clicks, token, site)
      if (!opened) return null
      const [expiresAt, mintedAt, email, message, link] = opened.fields
      if (instant(expiresAt) < now) return null
      return { id: opened.id, click: { email, message: message || null, link, mintedAt: instant(mintedAt) } }
    },
  }
}

/** Why `mint` gives nothing. */
export const NO_ROOM = `url: expected an address that leaves room for the token of a click: both together may have ${LIMITS.stringChars} characters. Shorten the address or the message.`

/** Whether following the link says nothing any more. */
export const isOld = ({ mintedAt }: EmailLink, now: number): boolean => mintedAt + LINK_LIFE_MS < now

/** Whether the page's address, token and all, is one that the wire takes. */
function hasRoom({ email, target, message }: EmailLinkDraft): boolean {
  const bytes = TIMES_BYTES + Buffer.byteLength(email) + Buffer.byteLength(message ?? '') + LABEL_CHARS
  const added = `?${CLICK_PARAMETER}=`.length + sealedChars(bytes)
  return bytes <= MOST_BYTES.click && target.length + added <= LIMITS.stringChars
}

/** Of ASCII, as URL writes it; links that begin alike stay apart. */
function short(label: string): string {
  if (label.length <= LABEL_CHARS) return label
  const hash = createHash('sha256').update(label).digest('hex').slice(0, HASH_CHARS)
  return `${label.slice(0, LABEL_CHARS - 1 - HASH_CHARS)}~${hash}`
}

type Fields = readonly [string, string, string, string, string]

const sealed = (seal: Seal, fields: Fields, about: string): string =>
  seal.close(Buffer.from(fields.join('\n')), about)

/** Mail programs that make links of plain text leave a dash at the end out. */
function mailable(make: () => string): string {
  const token = make()
  return /[-_]$/.test(token) ? mailable(make) : token
}

/** No field holds a line break: addresses, URLs and names of mailings have none (queries/email-link-requests.ts). */
function fieldsIn(
  seal: Seal,
  token: string,
  about: string,
): { readonly id: string; readonly fields: Fields } | null {
  const opened = seal.open(token, about)
  if (!opened) return null
  const [a, b, c, d, e, ...more] = opened.plain.toString('utf8').split('\n')
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined) return null
  return more.length === 0 ? { id: opened.id, fields: [a, b, c, d, e] } : null
}

const time = (ms: number): string => ms.toString(36)
const instant = (text: string): number => Number.parseInt(text, 36)

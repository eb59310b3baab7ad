import { MINUTE_MS } from '../../shared/time.ts'
import { type Seal, sealFor } from './seal.ts'

/** A visitor's ticket from one of the owner's domains to another, in a link. */
export interface LinkTokens {
  mint(site: string, visitor: string, now: number): { readonly token: string; readonly expiresAt: number }
  redeem(site: string, token: string, now: number): Redeemed
}

/** `invalid`: not ours, or another site's. `spent`: too old, or redeemed before. */
export type Redeemed =
  | { readonly kind: 'redeemed'; readonly visitor: string }
  | { readonly kind: 'invalid' | 'spent' }

/** Our choice: a click is followed at once, and a link that is copied and shared should not work any more. */
const LIFE_MS = 2 * MINUTE_MS

/** Redeemed tokens that are remembered, a few megabytes at most; the oldest make room (our choice). */
const REMEMBERED = 50_000

const EXPIRY_BYTES = 6
/** of the longest visitor id (shared/ids.ts) */
const VISITOR_BYTES = 64

/**
 * Tokens sealed with a key of this installation, not only signed: other scripts and logs see the address of a page, and
 * should learn no visitor id from it. The site is sealed in. Each is redeemed once by this process; several collectors do
 * not tell each other.
 * @param secret the store's installationSecret
 */
export function linkTokens(secret: string): LinkTokens {
  const seal = sealFor(secret, 'goldpan link token 1', EXPIRY_BYTES + VISITOR_BYTES)
  const redeemed = new Map<string, number>()

  function mint(site: string, visitor: string, now: number) {
    const expiresAt = now + LIFE_MS
    const expiry = Buffer.alloc(EXPIRY_BYTES)
    expiry.writeUIntBE(expiresAt, 0, EXPIRY_BYTES)
    return { token: seal.close(Buffer.concat([expiry, Buffer.from(visitor)]), site), expiresAt }
  }

  function redeem(site: string, token: string, now: number): Redeemed {
    const open = opened(seal, site, token)
    if (!open) return { kind: 'invalid' }
    if (open.expiresAt < now || redeemed.has(open.id)) return { kind: 'spent' }
    remember(redeemed, open.id, open.expiresAt, now)
    return { kind: 'redeemed', visitor: open.visitor }
  }

  return { mint, redeem }
}

/** What a token says; null when it was not sealed here for this site. */
function opened(seal: Seal, site: string, token: string) {
  const open = seal.open(token, site)
  if (!open || open.plain.length <= EXPIRY_BYTES) return null
  return {
    id: open.id,
    expiresAt: open.plain.readUIntBE(0, EXPIRY_BYTES),
    visitor: open.plain.subarray(EXPIRY_BYTES).toString('utf8'),
  }
}

function remember(redeemed: Map<string, number>, id: string, expiresAt: number, now: number): void {
  for (const [known, until] of redeemed) {
    if (until >= now && redeemed.size < REMEMBERED) break
    redeemed.delete(known)
  }
  redeemed.set(id, expiresAt)
}

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { MINUTE_MS } from '../../shared/time.ts'

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

const CIPHER = 'aes-256-gcm'
const [IV_BYTES, EXPIRY_BYTES, TAG_BYTES] = [12, 6, 16]
/** A token of the longest visitor id (shared/ids.ts), in base64url. */
const MAX_CHARS = Math.ceil(((IV_BYTES + EXPIRY_BYTES + 64 + TAG_BYTES) * 4) / 3)

/**
 * Tokens sealed with a key of this installation (AES-GCM: authentic, 128-bit tag, as a signature would be, and closed: other
 * scripts and logs see the address of a page, and should learn no visitor id from it). The site is sealed in. Each is redeemed once by
 * this process; several collectors do not tell each other.
 * @param secret the store's installationSecret
 */
export function linkTokens(secret: string): LinkTokens {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'goldpan link token 1', 32))
  const redeemed = new Map<string, number>()

  function mint(site: string, visitor: string, now: number) {
    const expiresAt = now + LIFE_MS
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(site))
    const expiry = Buffer.alloc(EXPIRY_BYTES)
    expiry.writeUIntBE(expiresAt, 0, EXPIRY_BYTES)
    const sealed = [cipher.update(expiry), cipher.update(visitor, 'utf8'), cipher.final()]
    return { token: Buffer.concat([iv, ...sealed, cipher.getAuthTag()]).toString('base64url'), expiresAt }
  }

  function redeem(site: string, token: string, now: number): Redeemed {
    const open = opened(key, site, token)
    if (!open) return { kind: 'invalid' }
    if (open.expiresAt < now || redeemed.has(open.id)) return { kind: 'spent' }
    remember(redeemed, open.id, open.expiresAt, now)
    return { kind: 'redeemed', visitor: open.visitor }
  }

  return { mint, redeem }
}

/** What a token says; null when it was not sealed here for this site. */
function opened(key: Buffer, site: string, token: string) {
  const bytes = token.length <= MAX_CHARS ? Buffer.from(token, 'base64url') : Buffer.alloc(0)
  if (bytes.length <= IV_BYTES + EXPIRY_BYTES + TAG_BYTES) return null
  const tag = bytes.subarray(-TAG_BYTES)
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(site)).setAuthTag(tag)
  try {
    const plain = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
    return {
      id: tag.toString('base64url'),
      expiresAt: plain.readUIntBE(0, EXPIRY_BYTES),
      visitor: plain.subarray(EXPIRY_BYTES).toString('utf8'),
    }
  } catch {
    return null
  }
}

function remember(redeemed: Map<string, number>, id: string, expiresAt: number, now: number): void {
  for (const [known, until] of redeemed) {
    if (until >= now && redeemed.size < REMEMBERED) break
    redeemed.delete(known)
  }
  redeemed.set(id, expiresAt)
}

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Closes texts so that only this installation can open them, and can tell that it was the one who closed them. */
export interface Seal {
  /** @param about what must be the same when it is opened, and is not in the token: a site's id */
  close(plain: Uint8Array, about: string): string
  /** Null for what was not closed here, for this purpose and about the same. */
  open(token: string, about: string): Opened | null
}

export interface Opened {
  readonly plain: Buffer
  /** the token's own, however its text was encoded */
  readonly id: string
}

const CIPHER = 'aes-256-gcm'
const [IV_BYTES, TAG_BYTES] = [12, 16]

/** Characters of a token that holds so many bytes. */
export const sealedChars = (bytes: number): number => Math.ceil(((IV_BYTES + bytes + TAG_BYTES) * 4) / 3)

/**
 * AES-GCM with a key of this installation: authentic, with a tag of 128 bits as a signature would be, and closed, for an
 * address is read by other scripts and logs. In base64url, which holds neither `@` nor `%` nor `+`: no mask takes it for
 * contact data.
 * @param secret the store's installationSecret
 * @param purpose tokens of one purpose cannot be opened for another
 * @param maxBytes of what is closed; longer tokens are not looked at
 */
export function sealFor(secret: string, purpose: string, maxBytes: number): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))
  const maxChars = sealedChars(maxBytes)

  function close(plain: Uint8Array, about: string): string {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(about))
    const sealed = [cipher.update(plain), cipher.final()]
    return Buffer.concat([iv, ...sealed, cipher.getAuthTag()]).toString('base64url')
  }

  function open(token: string, about: string): Opened | null {
    const bytes = token.length <= maxChars ? Buffer.from(token, 'base64url') : Buffer.alloc(0)
    if (bytes.length <= IV_BYTES + TAG_BYTES) return null
    const tag = bytes.subarray(-TAG_BYTES)
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(about)).setAuthTag(tag)
    try {
      const plain = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
      return { plain, id: tag.toString('base64url') }
    } catch {
      return null
    }
  }

  return { close, open }
}

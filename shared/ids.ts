/** Fills `length` random bytes. Browsers pass crypto.getRandomValues, Node passes randomBytes. */
export type RandomBytes = (length: number) => Uint8Array

/** Ids of visitors and sessions on the wire (our choice: what a URL and a cookie carry unescaped). */
export const CLIENT_ID_PATTERN = '^[A-Za-z0-9_-]{8,64}$'

/** Event ids are UUIDs in lower-case hex; ours are version 7, other SDKs send version 4. */
export const EVENT_ID_PATTERN = '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'

const hex = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += (byte + 256).toString(16).slice(1)
  return text
}

/** 128 random bits as 32 hex characters: a visitor id or a session id. */
export const randomId = (random: RandomBytes): string => hex(random(16))

/**
 * A maker of UUIDv7 (RFC 9562 §5.7) whose ids ascend within one page or process, so that two events of one
 * millisecond keep their order: the 8 bits after the version count up, then borrow from the next millisecond (RFC 9562
 * §6.2, method 1). The other 64 bits are random; of the variant, only `9` is used.
 */
export function uuidV7Maker(random: RandomBytes): (nowMs: number) => string {
  let last = 0
  return nowMs => {
    last = Math.max(nowMs * 256, last + 1)
    const digits = last.toString(16).padStart(14, '0') + hex(random(8))
    return digits.replace(/(.{8})(.{4})(...)(...)/, '$1-$2-7$3-9$4-')
  }
}

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
 * millisecond keep their order: the 12 bits after the version count up (RFC 9562 §6.2, method 1).
 */
export function uuidV7Maker(random: RandomBytes): (nowMs: number) => string {
  let lastMs = 0
  let count = 0
  return nowMs => {
    count = nowMs > lastMs ? 0 : count + 1
    lastMs = Math.max(nowMs, lastMs) + (count >> 12)
    count &= 0xfff
    const tail = random(8)
    tail[0] = 0x80 | ((tail[0] ?? 0) & 0x3f)
    const text = lastMs.toString(16).padStart(12, '0') + (0x7000 | count).toString(16) + hex(tail)
    return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  }
}

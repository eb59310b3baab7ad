import { createHash, createHmac } from 'node:crypto'

/**
 * The id of an imported event: made of what the event says alone, so that the same file imported twice changes nothing.
 * Its time comes first, as in UUIDs of version 7 (RFC 9562 §5.7): neighbours in time are neighbours in the store.
 * @param order 0 to 15: which of two events of one millisecond is folded first
 */
export function eventIdOf(at: number, order: number, parts: readonly unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  const time = Math.floor(at).toString(16).padStart(12, '0')
  const first = `${time.slice(0, 8)}-${time.slice(8, 12)}`
  return `${first}-7${order.toString(16)}${hash.slice(0, 2)}-8${hash.slice(2, 5)}-${hash.slice(5, 17)}`
}

/** The same for what may be given another time when it comes again: a UUID of version 8 (RFC 9562 §5.8). */
export function contentIdOf(parts: readonly unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-a$4-$5')
}

/** A keyed hash of a site's own: 32 hexadecimal characters, as ids of visitors and sessions are. */
export function keyedHash(secret: string, site: string): (text: string) => string {
  const key = Buffer.from(secret, 'hex')
  return text => createHmac('sha256', key).update(`import\0${site}\0${text}`).digest('hex').slice(0, 32)
}

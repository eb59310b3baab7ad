import type { RandomBytes } from '../shared/ids.ts'

/** Random bytes of the browser; of Math.random where a page has taken `crypto` away: an id that may clash beats none. */
export const randomBytes: RandomBytes = length => {
  const bytes = new Uint8Array(length)
  try {
    return crypto.getRandomValues(bytes)
  } catch {
    return bytes.map(() => Math.random() * 256)
  }
}

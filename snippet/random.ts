import type { RandomBytes } from '../shared/ids.ts'

/** Random bytes of the browser; of Math.random where a page has taken `crypto` away: an id that may clash beats none. */
export const randomBytes: RandomBytes = length => {
  const bytes = new Uint8Array(length)
  return window.crypto?.getRandomValues(bytes) ?? bytes.map(() => Math.random() * 256)
}

import { bytesOf } from './batch.ts'
import { eventsUrl } from './config.ts'
import { KEEPALIVE_BYTES } from './limits.ts'

let inFlightBytes = 0

/**
 * Sends a body; `urgent` when the page may be about to go. Never rejects.
 * @returns -1 when the collector has it or will never take it, else how long (ms) it asks to be left alone, or 0
 */
export const post = async (body: string, urgent: boolean): Promise<number> => {
  const bytes = bytesOf(body)
  // beyond the budget without keepalive: if the page goes first, the events are still stored
  const keepalive = inFlightBytes + bytes < KEEPALIVE_BYTES
  inFlightBytes += bytes
  try {
    // a beacon outlives the page where fetch cannot, but never tells whether it arrived
    if (urgent && !('keepalive' in Request.prototype) && navigator.sendBeacon(eventsUrl, body)) return 0
    // a string body goes as text/plain, which costs no CORS preflight
    const { status, headers } = await fetch(eventsUrl, {
      method: 'POST',
      body,
      keepalive,
      credentials: 'omit',
    })
    if (status < 500 && status !== 429) return -1
    return Number(headers.get('Retry-After')) * 1_000 || 0
  } catch {
    return 0
  } finally {
    inFlightBytes -= bytes
  }
}

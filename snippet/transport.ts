import { bytesOf } from './batch.ts'
import { eventsUrl } from './config.ts'
import { KEEPALIVE_BYTES } from './limits.ts'

let inFlightBytes = 0
let failed = false

/**
 * Sends a body; `urgent` when the page may be about to go. Never rejects.
 * @returns -1 when the collector has it or can never take it, else how long (ms) it asks to be left alone, or 0
 */
export const post = async (body: string, urgent: boolean): Promise<number> => {
  // a beacon never tells whether it arrived, but there is nobody else to ask
  if (!window.fetch && navigator.sendBeacon(eventsUrl, body)) return -1
  const bytes = bytesOf(body)
  inFlightBytes += bytes
  // without keepalive beyond the budget, and after a failure: requests of the page may have used it up
  const keepalive = inFlightBytes < KEEPALIVE_BYTES && (urgent || !failed)
  try {
    // a string body goes as text/plain, which costs no CORS preflight
    const answer = await fetch(eventsUrl, { method: 'POST', body, keepalive, credentials: 'omit' })
    // browsers count the bytes of a keepalive request until its answer is read
    await answer.text()
    failed = false
    // other refusals may end: a wrong key is put right, a proxy comes back
    if (answer.ok || [400, 413, 422].includes(answer.status)) return -1
    return Number(answer.headers.get('Retry-After')) * 1_000 || 0
  } catch {
    failed = true
    return 0
  } finally {
    inFlightBytes -= bytes
  }
}

import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

/** Who listens to a site's stream, and counts who became an MQL. */
export interface Moves {
  /** @returns ms from now to the move of that number; null: not within the patience */
  until(nth: number, patienceMs: number): Promise<number | null>
  count(): number
  close(): void
}

const LOOK_MS = 2

/** @param authorization of the scope `read` @param onEnd the stream was ended by the collector */
export async function listenForMoves(url: string, authorization: string, onEnd: () => void): Promise<Moves> {
  const request = get(url, { headers: { authorization }, agent: false })
  const [response]: IncomingMessage[] = await once(request, 'response')
  if (response?.statusCode !== 200) throw new Error(`the stream: expected 200, came ${response?.statusCode}`)
  let text = ''
  let count = 0
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const messages = (text + chunk).split('\n\n')
    text = messages.pop() ?? ''
    count += messages.filter(isMove).length
  })
  response.on('error', () => {})
  response.once('end', onEnd)
  return {
    count: () => count,
    until: async (nth, patienceMs) => {
      const began = performance.now()
      while (count < nth && performance.now() - began < patienceMs) await pause(LOOK_MS)
      return count < nth ? null : performance.now() - began
    },
    close: () => request.destroy(),
  }
}

const isMove = (message: string): boolean =>
  /^event: transition$/m.test(message) && /"to":"mql"/.test(message)

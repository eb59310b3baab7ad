import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { SITE } from '../scoring/crowd.ts'
import { AUTHORIZATION } from './collectors.ts'
import { within } from './servers.ts'

const OPENS_WITHIN_MS = 10_000

/** Follows the stream of a site. @returns what ends it */
export async function listenTo(url: string, take: (chunk: string) => void, filter = ''): Promise<() => void> {
  const request = get(`${url}/v1/events/stream?site=${SITE}${filter}`, {
    headers: { authorization: AUTHORIZATION },
    agent: false,
  })
  const opened = once(request, 'response').then(([response]: IncomingMessage[]) => response)
  const response = await within(OPENS_WITHIN_MS, 'the stream to open', opened)
  if (response?.statusCode !== 200) throw new Error(`the stream: expected 200, came ${response?.statusCode}`)
  response.setEncoding('utf8').on('data', take)
  response.on('error', () => {})
  return () => request.destroy()
}

/** Counts the moves to MQL on the stream. */
export interface MqlMoves {
  /** Resolves when so many have come, with `performance.now()` at the last. @throws Error when it takes longer */
  until(count: number, ms: number): Promise<number>
  close(): void
}

export async function mqlMoves(url: string): Promise<MqlMoves> {
  const times: number[] = []
  let text = ''
  let wake = (): void => {}
  const close = await listenTo(
    url,
    chunk => {
      const messages = (text + chunk).split('\n\n')
      text = messages.pop() ?? ''
      const moves = messages.filter(message => MOVE.test(message) && TO_MQL.test(message))
      for (const _ of moves) times.push(performance.now())
      if (moves.length > 0) wake()
    },
    '&type=form_submit',
  )
  const arrival = async (count: number): Promise<number> => {
    while (times.length < count)
      await new Promise<void>(resolve => {
        wake = resolve
      })
    return times[count - 1] ?? Number.NaN
  }
  return { until: (count, ms) => within(ms, `move ${count} to MQL on the stream`, arrival(count)), close }
}

const MOVE = /^event: transition$/m
const TO_MQL = /"to":"mql"/

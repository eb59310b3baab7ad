import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { within } from '../within.ts'

/** A site's stream, as a dashboard follows it beside a load. */
export interface StreamGiven {
  /** of the collector */
  readonly url: string
  readonly site: string
  /** of the scope `read` */
  readonly authorization: string
  /** events of this type alone. @default all */
  readonly type?: string
  /** the collector ended it */
  readonly onEnd?: () => void
}

const OPENS_WITHIN_MS = 10_000

/** @returns what ends it */
export async function listenTo(given: StreamGiven, take: (chunk: string) => void): Promise<() => void> {
  const { url, site, authorization, type, onEnd = () => {} } = given
  const path = `/v1/events/stream?site=${site}${type === undefined ? '' : `&type=${type}`}`
  const request = get(url + path, { headers: { authorization }, agent: false })
  const opened = once(request, 'response').then(([response]: IncomingMessage[]) => response)
  const response = await within(OPENS_WITHIN_MS, 'the stream to open', opened)
  if (response?.statusCode !== 200) throw new Error(`the stream: expected 200, came ${response?.statusCode}`)
  response.setEncoding('utf8').on('data', take)
  response.on('error', () => {})
  response.once('end', onEnd)
  return () => request.destroy()
}

/** Who became an MQL since it was listened to. */
export interface MqlMoves {
  count(): number
  /** @returns `performance.now()` at which the move of that number came; null: not within the patience */
  at(nth: number, patienceMs: number): Promise<number | null>
  close(): void
}

/** How often it is looked whether a move has come: when it came is known exactly. */
const LOOK_MS = 2

export async function listenForMqls(given: Omit<StreamGiven, 'type'>): Promise<MqlMoves> {
  const times: number[] = []
  let text = ''
  const close = await listenTo({ ...given, type: 'form_submit' }, chunk => {
    const messages = (text + chunk).split('\n\n')
    text = messages.pop() ?? ''
    for (const _ of messages.filter(isMove)) times.push(performance.now())
  })
  const at = async (nth: number, patienceMs: number): Promise<number | null> => {
    const until = performance.now() + patienceMs
    while (times.length < nth && performance.now() < until) await sleep(LOOK_MS)
    return times[nth - 1] ?? null
  }
  return { count: () => times.length, at, close }
}

const isMove = (message: string): boolean =>
  /^event: transition$/m.test(message) && /"to":"mql"/.test(message)

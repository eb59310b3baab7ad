import { Agent, request } from 'node:http'
import { DAY_MS } from '../../shared/time.ts'
import type { WireEvent } from '../../shared/wire.ts'
import { newId, nextEventId, type Story } from './story.ts'
import { FIREFOX, PAGES_ORIGIN } from './story-world.ts'

/** A script that sends what browsers send, as fast as it can, and says whatever it likes. */

/** Visits in a batch, and every so many of them with a report on how long it was looked at: a hundred events at most. */
const BATCH = 90
const REPORTED = 9
/** So many are dealt with batch by batch, so that sales could be told before the script is found out. */
const LOOKED_AT = 900

export interface Script {
  readonly visits: number
  /** as whom */
  readonly visitor: string
  /** between one visit and the next, by the clock. @default 1 */
  readonly everyMs?: number
  /** over how long until now it says they went. @default it does not lie */
  readonly overMs?: number
  /** what some visits say of how long they were looked at. @default nothing */
  readonly engagedMs?: number
}

/** Visits to the pricing page, a session of their own for every batch. */
export async function runScript({ world }: Story, script: Script): Promise<void> {
  const { visits, visitor, everyMs = 1, overMs = 0, engagedMs = 0 } = script
  const start = world.now
  const said = (n: number): number =>
    Math.floor(overMs > 0 ? start - overMs + (n * overMs) / visits : start + n * everyMs)
  for (let sent = 0; sent < visits; sent += BATCH) {
    const views = Array.from({ length: Math.min(BATCH, visits - sent) }, (_, n) => viewAt(said(sent + n)))
    const reported = views.filter((_, n) => engagedMs > 0 && n % REPORTED === 0)
    world.now = start + (sent + BATCH) * everyMs
    const events = [...views, ...reported.map(view => reportOn(view, engagedMs))]
    await world.send({ by: 'browser', visitor, session: newId() }, events)
    if (sent < LOOKED_AT) await world.settle()
  }
}

/** Within the seven days that a browser may keep what it recorded. */
export const SEVEN_DAYS = 7 * DAY_MS - 60_000

const viewAt = (at: number): WireEvent => ({
  ...{ id: nextEventId(at), type: 'page_view', at, props: {} },
  page: { url: `${PAGES_ORIGIN}/pricing`, title: 'Pricing' },
})

const reportOn = (view: WireEvent, engagedMs: number): WireEvent => ({
  ...view,
  ...{ id: nextEventId(view.at), type: 'engagement', at: view.at + engagedMs },
  props: { view: view.id, engagedMs, scrollPct: 100 },
})

const AT_ONCE = 100

/** So many new visitors, one visit each, all from one address, as fast as it takes them. */
export async function sendCrowd({ world }: Story, visitors: number, forwardedFor: string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const headers = {
    'content-type': 'text/plain;charset=UTF-8',
    origin: PAGES_ORIGIN,
    'user-agent': FIREFOX,
    'x-forwarded-for': forwardedFor,
  }
  const sendOne = (): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const sent = request(`${world.url}/v1/events`, { method: 'POST', agent, headers }, answer => {
        answer.resume().on('end', () => resolve(answer.statusCode))
      })
      const who = { visitor: newId(), session: newId() }
      const envelope = {
        v: 1,
        site: world.keys.publicKey,
        sentAt: world.now,
        ...who,
        events: [viewAt(world.now)],
      }
      sent.on('error', reject).end(JSON.stringify(envelope))
    })
  try {
    for (let sent = 0; sent < visitors; sent += AT_ONCE) {
      const statuses = await Promise.all(Array.from({ length: AT_ONCE }, sendOne))
      if (statuses.some(status => status !== 202)) throw new Error(`not taken: ${statuses.join(' ')}`)
    }
  } finally {
    agent.destroy()
  }
}

import type { Answer } from '../../../support/load/answers.ts'
import type { Target } from '../../../support/load/connection.ts'
import type { FuzzBody } from './bodies.ts'
import { sendAlone, sendPipelined } from './lane.ts'

/** What became of many bodies. */
export interface FuzzTally {
  sent: number
  /** by status; those of 503 apart, which are the collector's word that it is too much at once */
  readonly statuses: Record<number, number>
  /** bodies behind one after which the connection was closed, and misframed ones that were hung up on */
  unanswered: number
  /** as `POST /v1/events` answered */
  accepted: number
  quarantined: number
  /** what must not be: the number of each body, and what came */
  readonly failed: string[]
}

export const emptyTally = (): FuzzTally => ({
  sent: 0,
  statuses: {},
  unanswered: 0,
  accepted: 0,
  quarantined: 0,
  failed: [],
})

export interface Sending {
  readonly target: Target
  /** the body of a number */
  readonly bodyOf: (nth: number) => FuzzBody
  readonly from: number
  /** not included */
  readonly to: number
  readonly tally: FuzzTally
  /** whether there is nobody to send to any more: what was not begun by then is not sent. @default never */
  readonly isOver?: () => boolean
}

/** Connections at once, and bodies on one (our choice: both cores are busy, and what waits is far from the limits). */
const LANES = 12
const PER_CONNECTION = 32

/** Sends the bodies of those numbers, and waits for the last answer. */
export async function sendBodies({ target, bodyOf, from, to, tally, isOver }: Sending): Promise<void> {
  let next = from
  async function lane(): Promise<void> {
    while (next < to && !isOver?.()) {
      const first = next
      next = Math.min(to, first + PER_CONNECTION)
      const bodies = Array.from({ length: next - first }, (_, n) => bodyOf(first + n))
      const alone = bodies.filter(({ isWhole }) => !isWhole)
      await Promise.all([pipelined(bodies.filter(({ isWhole }) => isWhole)), ...alone.map(single)])
      tally.sent += bodies.length
    }
  }
  async function pipelined(bodies: readonly FuzzBody[]): Promise<void> {
    if (bodies.length === 0) return
    const { answers, fault } = await sendPipelined(target, bodies)
    countAnswers(tally, bodies, answers)
    tally.unanswered += bodies.length - answers.length
    const [unanswered] = bodies.slice(answers.length)
    const isClosed = answers.at(-1)?.closes === true
    if (unanswered && !isClosed) blame(tally, unanswered, fault ?? 'hung up')
  }
  async function single(body: FuzzBody): Promise<void> {
    const { answers, fault } = await sendAlone(target, body)
    if (answers.length === 0) tally.unanswered += 1
    for (const status of answers) countStatus(tally, body, status)
    blame(tally, body, fault)
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}

function countAnswers(tally: FuzzTally, bodies: readonly FuzzBody[], answers: readonly Answer[]): void {
  for (const [nth, body] of bodies.entries()) {
    const answer = answers[nth]
    if (answer) countAnswer(tally, body, answer)
  }
}

function countAnswer(tally: FuzzTally, body: FuzzBody, { status, body: bytes }: Answer): void {
  countStatus(tally, body, status)
  if (status !== 202) return
  const { accepted, quarantined }: { readonly accepted: number; readonly quarantined: number } = JSON.parse(
    bytes.toString('utf8'),
  )
  tally.accepted += accepted
  tally.quarantined += quarantined
}

function countStatus(tally: FuzzTally, body: FuzzBody, status: number): void {
  tally.statuses[status] = (tally.statuses[status] ?? 0) + 1
  if (status >= 500 && status !== 503) blame(tally, body, String(status))
}

const KEPT_FAILURES = 20

function blame(tally: FuzzTally, { nth, path }: FuzzBody, fault: string | null): void {
  if (fault !== null && tally.failed.length < KEPT_FAILURES)
    tally.failed.push(`body ${nth}, ${path}: ${fault}`)
}

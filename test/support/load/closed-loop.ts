import { setTimeout as sleep } from 'node:timers/promises'
import { type Outcome, openConnection, type Target } from './connection.ts'
import { startTally, type Tally } from './tally.ts'

/** A request as it goes over the wire. A load may know more of it, and is told what became of it. */
export interface LoadRequest {
  /** head and body; traffic.ts makes them */
  readonly bytes: Buffer
}

export interface ClosedLoop<R extends LoadRequest> {
  readonly target: Target
  /** each sends its next request when its last is answered */
  readonly connections: number
  /** the next request; null: that was all */
  readonly next: () => R | null
  /** no request is begun after so long. @default until there are no more */
  readonly seconds?: number
  /** how long to wait for an answer. @default 10 s */
  readonly timeoutMs?: number
  /** what became of each request; a lost one is not sent again */
  readonly onOutcome?: (request: R, outcome: Outcome) => void
}

export const TIMEOUT_MS = 10_000

/** How long a connection that was lost waits before the next (our choice): a server that is down is not stormed. */
const RECONNECT_MS = 20

/** As fast as the server answers: how much it can take. Latencies leave out what a slow answer kept from being sent. */
export async function closedLoop<R extends LoadRequest>(given: ClosedLoop<R>): Promise<Tally> {
  const { target, connections, next, timeoutMs = TIMEOUT_MS, onOutcome } = given
  const until = performance.now() + (given.seconds ?? Number.POSITIVE_INFINITY) * 1_000
  const tally = startTally()

  async function lane(): Promise<void> {
    let connection = openConnection(target, timeoutMs)
    for (let request = next(); request !== null; request = performance.now() < until ? next() : null) {
      if (!connection.isOpen()) connection = openConnection(target, timeoutMs)
      const sentAt = performance.now()
      const outcome = await connection.exchange(request.bytes)
      tally.count(outcome, performance.now() - sentAt)
      onOutcome?.(request, outcome)
      if (outcome.kind === 'lost') await sleep(RECONNECT_MS)
    }
    connection.close()
  }

  await Promise.all(Array.from({ length: connections }, lane))
  return tally.end()
}

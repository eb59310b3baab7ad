import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { type LoadRequest, TIMEOUT_MS } from './closed-loop.ts'
import type { Connection, Outcome, Target } from './connection.ts'
import { poolOf } from './pool.ts'
import { startTally, type Tally } from './tally.ts'

export interface OpenLoop<R extends LoadRequest> {
  readonly target: Target
  /** requests, evenly spaced, whether or not earlier ones are answered */
  readonly perSecond: number
  readonly seconds: number
  /** at most so many at once. @default 256 */
  readonly connections?: number
  /** the next request, asked for when a connection can take it; null: that was all */
  readonly next: () => R | null
  /** how long to wait for an answer, and after the last instant for those that wait to be sent. @default 10 s */
  readonly timeoutMs?: number
  /** ends the load early: what was due by then is sent yet */
  readonly signal?: AbortSignal
  /** what became of each request that was sent, and ms from the instant it was meant to go; a lost one is not sent again */
  readonly onOutcome?: (request: R, outcome: Outcome, latencyMs: number) => void
}

/**
 * At a given rate, as visitors come: they do not wait for one another. Latency counts from the instant a request was meant to go,
 * so that what waits behind a stall is not left out (coordinated omission). What waits is an instant, no request: however much
 * is asked for, this side makes only what it sends, and has no more to do than a closed loop when every connection is taken.
 */
export async function openLoop<R extends LoadRequest>(given: OpenLoop<R>): Promise<Tally> {
  const { target, next, timeoutMs = TIMEOUT_MS, onOutcome } = given
  const tally = startTally()
  const connections = poolOf(target, given.connections ?? 256, timeoutMs)
  const instants = instantsOf(given)
  let underWay = 0

  async function exchange(request: R, at: number, connection: Connection): Promise<void> {
    underWay += 1
    const outcome = await connection.exchange(request.bytes)
    underWay -= 1
    const latencyMs = performance.now() - at
    tally.count(outcome, latencyMs)
    onOutcome?.(request, outcome, latencyMs)
    connections.giveBack(connection)
    sendDue()
  }

  /** @returns whether it was stopped before nothing was due, or nobody could take it */
  function sendDue(): boolean {
    for (let sent = 0; sent < AT_A_STRETCH; sent += 1) {
      if (instants.waitMs() > 0) return false
      const connection = connections.take()
      if (connection === null) return false
      const request = next()
      if (request === null) {
        connections.giveBack(connection)
        instants.end()
        return false
      }
      void exchange(request, instants.pass(), connection)
    }
    return true
  }

  while (instants.left() > 0 && !instants.isTooLate()) {
    if (sendDue()) await nextTurn()
    else await rest(instants.waitMs(), connections.areTaken())
  }
  tally.countUnsent(instants.end())
  const until = performance.now() + timeoutMs
  while (underWay > 0 && performance.now() < until) await sleep(5)
  connections.close()
  while (underWay > 0) await nextTurn()
  return tally.end()
}

/** So many late ones are sent before answers are read again: a load that is behind must not take its own delay for the server's. */
const AT_A_STRETCH = 32

/** It spins while the next instant is near, for timers know no less than a millisecond. */
const SPIN_MS = 2

/** Until something may be sent. Each connection that is given back sends what is due by itself: nobody needs to spin for that. */
async function rest(waitMs: number, areTaken: boolean): Promise<void> {
  if (areTaken) await sleep(1)
  else if (waitMs > SPIN_MS) await sleep(Math.min(waitMs - 1, LOOK_MS))
  else await nextTurn()
}

/** A load may be ended while the next instant is far. */
const LOOK_MS = 50

interface Instants {
  /** ms until the next; 0 or less: it is due. Endless when there is none */
  waitMs(): number
  /** Takes the next. @returns `performance.now()` at which it was meant */
  pass(): number
  /** those that were not taken; of a load that was ended early, those due by then */
  left(): number
  /** whether what waits is not sent any more */
  isTooLate(): boolean
  /** Nothing more is sent. @returns how many were left */
  end(): number
}

function instantsOf<R extends LoadRequest>(given: OpenLoop<R>): Instants {
  const { perSecond, seconds, signal, timeoutMs = TIMEOUT_MS } = given
  const began = performance.now()
  let until = began + seconds * 1_000 + timeoutMs
  let count = Math.round(perSecond * seconds)
  let passed = 0
  const at = (nth: number): number => began + (nth / perSecond) * 1_000
  const cut = (): void => {
    const due = Math.ceil(((performance.now() - began) / 1_000) * perSecond)
    count = Math.min(count, Math.max(passed, due))
    until = Math.min(until, performance.now() + timeoutMs)
  }
  if (signal?.aborted) cut()
  signal?.addEventListener('abort', cut, { once: true })
  return {
    waitMs: () => (passed < count ? at(passed) - performance.now() : Number.POSITIVE_INFINITY),
    pass: () => at(passed++),
    left: () => count - passed,
    isTooLate: () => performance.now() > until,
    end: () => {
      const left = count - passed
      count = passed
      return left
    },
  }
}

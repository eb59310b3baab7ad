import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { type LoadRequest, TIMEOUT_MS } from './closed-loop.ts'
import { type Connection, type Outcome, openConnection, type Target } from './connection.ts'
import { startTally, type Tally } from './tally.ts'

export interface OpenLoop<R extends LoadRequest> {
  readonly target: Target
  /** requests, evenly spaced, whether or not earlier ones are answered */
  readonly perSecond: number
  readonly seconds: number
  /** at most so many at once. @default 256 */
  readonly connections?: number
  /** the next request; null: that was all */
  readonly next: () => R | null
  /** how long to wait for an answer, and after the last instant for those that wait to be sent. @default 10 s */
  readonly timeoutMs?: number
  /** ends the load early */
  readonly signal?: AbortSignal
  /** what became of each request that was sent; a lost one is not sent again */
  readonly onOutcome?: (request: R, outcome: Outcome) => void
}

interface Meant<R> {
  readonly request: R
  /** `performance.now()` at which it was meant to go */
  readonly at: number
}

/**
 * At a given rate, as visitors come: they do not wait for one another. Latency counts from the instant a request was meant to go,
 * so that what waits behind a stall is not left out (coordinated omission). It spins while the next instant is near, for
 * timers know no less than a millisecond.
 */
export async function openLoop<R extends LoadRequest>(given: OpenLoop<R>): Promise<Tally> {
  const { target, connections = 256, timeoutMs = TIMEOUT_MS, onOutcome } = given
  const tally = startTally()
  const waiting = queue<Meant<R>>()
  const free: Connection[] = []
  const all = new Set<Connection>()
  let underWay = 0

  async function exchange({ request, at }: Meant<R>, connection: Connection): Promise<void> {
    underWay += 1
    const outcome = await connection.exchange(request.bytes)
    underWay -= 1
    tally.count(outcome, performance.now() - at)
    onOutcome?.(request, outcome)
    if (connection.isOpen()) free.push(connection)
    else all.delete(connection)
    sendWaiting()
  }

  function freeConnection(): Connection | null {
    for (let one = free.pop(); one !== undefined; one = free.pop()) {
      if (one.isOpen()) return one
      all.delete(one)
    }
    if (all.size >= connections) return null
    const fresh = openConnection(target, timeoutMs)
    all.add(fresh)
    return fresh
  }

  function sendWaiting(): void {
    while (waiting.size() > 0) {
      const connection = freeConnection()
      const meant = connection && waiting.take()
      if (!connection || !meant) return
      void exchange(meant, connection)
    }
  }

  await schedule(given, meant => {
    waiting.add(meant)
    sendWaiting()
  })
  const until = performance.now() + timeoutMs
  while (waiting.size() + underWay > 0 && performance.now() < until) await sleep(5)
  while (waiting.take() !== undefined) tally.countUnsent()
  for (const connection of all) connection.close()
  while (underWay > 0) await nextTurn()
  return tally.end()
}

const SPIN_MS = 2

/** So many late ones are sent before answers are read again: a load that is behind must not take its own delay for the server's. */
const AT_A_STRETCH = 32
const breath = (sent: number): Promise<void> | undefined =>
  sent % AT_A_STRETCH === 0 ? nextTurn() : undefined

/** Calls `send` at every instant of the load, late ones at once; what this side could not make in its time is not sent. */
async function schedule<R extends LoadRequest>(
  { perSecond, seconds, next, signal, timeoutMs = TIMEOUT_MS }: OpenLoop<R>,
  send: (meant: Meant<R>) => void,
): Promise<void> {
  const began = performance.now()
  const count = Math.round(perSecond * seconds)
  const isOver = (): boolean =>
    signal?.aborted === true || performance.now() > began + seconds * 1_000 + timeoutMs
  for (let sent = 0; sent < count && !isOver(); ) {
    const at = began + (sent / perSecond) * 1_000
    const waitMs = at - performance.now()
    if (waitMs > SPIN_MS) await sleep(waitMs - 1)
    else if (waitMs > 0) await nextTurn()
    else {
      const request = next()
      if (request === null) return
      send({ request, at })
      sent += 1
      await breath(sent)
    }
  }
}

/** First in, first out, without moving what is left. */
function queue<T>(): { add(item: T): void; take(): T | undefined; size(): number } {
  let items: T[] = []
  let head = 0
  return {
    add: item => void items.push(item),
    take: () => {
      const item = items[head]
      if (item === undefined) return item
      head += 1
      if (head === items.length) [items, head] = [[], 0]
      return item
    },
    size: () => items.length - head,
  }
}

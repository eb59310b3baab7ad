import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FactStore, RecordBatch, RecordOutcome } from '../storage/store.ts'

/**
 * Requests that arrive while a commit runs share the next one: the disk is asked to sync once for all of them, and
 * nobody waits for a timer.
 */
export interface GroupCommit {
  /**
   * Resolves after the commit with one outcome per fact and then per quarantined event, in order; rejects when the store failed.
   * `bytes` is what the batch weighs (its request's body).
   * @returns `overloaded`, at once, when what already waits reaches the limits: nothing was taken
   */
  submit(batch: RecordBatch, bytes: number): Promise<readonly RecordOutcome[]> | 'overloaded'
  /** What waits or is in commit now: events, and the bytes of their requests. */
  waiting(): { readonly events: number; readonly bytes: number }
  /**
   * For work that goes behind requests, to be called between its pieces. Resolves in a later turn of the event loop: when no
   * requests are being gathered, or when a commit of them has ended meanwhile. And at once while a slice of time lasts that
   * began with such a turn: requests that come without a pause must not leave the others one piece for each commit.
   */
  turn(): Promise<void>
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>
}

export interface GroupLimits {
  /** events in one commit: bounds how long a later request waits behind it */
  readonly eventsPerCommit: number
  /** events and bytes that may wait or be in commit: bounds memory */
  readonly waitingEvents: number
  readonly waitingBytes: number
  /** ms for which `turn` lets others work: how long a request waits for them */
  readonly sliceMs: number
}

/** Our choice: a commit of 1,000 events takes about 50 ms, and 20,000 waiting ones about 100 MB at worst. */
const LIMITS: GroupLimits = {
  eventsPerCommit: 1_000,
  waitingEvents: 20_000,
  waitingBytes: 32_000_000,
  sliceMs: 2,
}

/** One to accept, one to read: when neither brought a request, nothing else comes now. */
const QUIET_TURNS = 2

/** Requests that one commit waits for: a turn costs no more than each of them saves (our choice). */
const MOST_WAITERS = 64

interface Waiter {
  readonly batch: RecordBatch
  readonly bytes: number
  readonly events: number
  readonly resolve: (outcomes: readonly RecordOutcome[]) => void
  readonly reject: (error: unknown) => void
}

export function groupCommit(record: FactStore['record'], limits: GroupLimits = LIMITS): GroupCommit {
  const waiters: Waiter[] = []
  let waitingEvents = 0
  let waitingBytes = 0
  let isGathering = false
  let committed = 0
  let sliceEnds = 0
  let running: Promise<void> | null = null

  async function commitAll(): Promise<void> {
    while (waiters.length > 0) {
      await gathered()
      const group = takeGroup(waiters, limits.eventsPerCommit)
      const settle = await commit(group, record)
      committed += 1
      for (const { events, bytes } of group) {
        waitingEvents -= events
        waitingBytes -= bytes
      }
      settle()
    }
    running = null
  }

  /**
   * Sockets that are readable now are read before the commit starts, and connections that knock are let in: Node accepts one
   * a turn, and reads it in the next, so the commit waits while that brings requests.
   */
  async function gathered(): Promise<void> {
    isGathering = true
    let had = 0
    for (let quiet = 0; quiet < QUIET_TURNS && waiters.length < MOST_WAITERS; ) {
      await nextTurn()
      quiet = waiters.length > had ? 0 : quiet + 1
      had = waiters.length
    }
    isGathering = false
  }

  return {
    submit(batch, bytes) {
      const events = batch.facts.length + batch.quarantined.length
      if (waitingEvents + events > limits.waitingEvents || waitingBytes + bytes > limits.waitingBytes)
        return 'overloaded'
      waitingEvents += events
      waitingBytes += bytes
      const outcomes = new Promise<readonly RecordOutcome[]>((resolve, reject) => {
        waiters.push({ batch, bytes, events, resolve, reject })
      })
      running ??= commitAll()
      return outcomes
    },
    waiting: () => ({ events: waitingEvents, bytes: waitingBytes }),
    turn: async () => {
      if (performance.now() < sliceEnds) return
      const before = committed
      do await nextTurn()
      while (isGathering && committed === before)
      sliceEnds = performance.now() + limits.sliceMs
    },
    drain: async () => {
      await running
    },
  }
}

function takeGroup(waiters: Waiter[], maxEvents: number): readonly Waiter[] {
  let events = 0
  let count = 0
  for (const waiter of waiters) {
    if (count > 0 && events + waiter.events > maxEvents) break
    events += waiter.events
    count += 1
  }
  return waiters.splice(0, count)
}

/** @returns what tells each waiter how the commit ended */
async function commit(group: readonly Waiter[], record: FactStore['record']): Promise<() => void> {
  try {
    const { outcomes } = await record({
      facts: group.flatMap(({ batch }) => batch.facts),
      quarantined: group.flatMap(({ batch }) => batch.quarantined),
    })
    return () => {
      let fact = 0
      let aside = group.reduce((sum, { batch }) => sum + batch.facts.length, 0)
      for (const { batch, resolve } of group) {
        const [facts, quarantined] = [batch.facts.length, batch.quarantined.length]
        resolve([...outcomes.slice(fact, fact + facts), ...outcomes.slice(aside, aside + quarantined)])
        fact += facts
        aside += quarantined
      }
    }
  } catch (error) {
    return () => {
      for (const { reject } of group) reject(error)
    }
  }
}

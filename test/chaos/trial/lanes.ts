import { setTimeout as pause } from 'node:timers/promises'
import { type Delivery, isAcknowledged, type Sending } from './sending.ts'
import type { Batch, Visitor, Visitors } from './visitors.ts'

/** How long a lane that was turned away waits: the tag would wait longer. */
const TURNED_AWAY_MS = 20

export interface LanesGiven {
  readonly visitors: Visitors
  readonly sending: Sending
  readonly lanes: number
  /** epoch ms, of the browsers */
  readonly clock: () => number
  /** of every delivery that ended, cut ones too */
  readonly onDelivery: (batch: Batch, delivery: Delivery) => void
}

/**
 * Browsers at once. Each sends one batch after the other, and keeps what was not acknowledged, to send it again with the same
 * ids before it goes on: as the tag's queue does, across restarts of the collector.
 */
export interface Lanes {
  /** Sends until told to stop, or until nobody answers. Resolves when nothing is under way. */
  run(url: string, stop: AbortSignal): Promise<void>
  /** What is sent again next. */
  unacknowledged(): readonly Batch[]
  /** Every lane sends what it keeps, once. */
  sendAgain(url: string): Promise<readonly Delivery[]>
}

interface Lane {
  visitor: Visitor
  kept: Batch | null
}

export function openLanes(given: LanesGiven): Lanes {
  const { visitors, sending, clock, onDelivery } = given
  const lanes: readonly Lane[] = Array.from({ length: given.lanes }, () => ({
    visitor: visitors.come(),
    kept: null,
  }))

  function batchOf(lane: Lane): Batch {
    for (;;) {
      const batch = lane.kept ?? lane.visitor.next(clock())
      if (batch) return batch
      lane.visitor = visitors.come()
    }
  }

  async function sendOne(url: string, lane: Lane): Promise<Delivery> {
    const batch = batchOf(lane)
    lane.kept = batch
    const delivery = await sending.send(url, batch)
    if (isAcknowledged(delivery)) lane.kept = null
    onDelivery(batch, delivery)
    return delivery
  }

  async function runOne(url: string, lane: Lane, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const delivery = await sendOne(url, lane)
      if (delivery.kind === 'cut') return
      if (!isAcknowledged(delivery)) await pause(TURNED_AWAY_MS)
    }
  }

  const keeping = (): readonly Lane[] => lanes.filter(({ kept }) => kept !== null)
  return {
    run: async (url, stop) => {
      await Promise.all(lanes.map(lane => runOne(url, lane, stop)))
    },
    unacknowledged: () => keeping().flatMap(({ kept }) => kept ?? []),
    sendAgain: url => Promise.all(keeping().map(lane => sendOne(url, lane))),
  }
}

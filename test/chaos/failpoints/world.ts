import { once } from 'node:events'
import { randomFrom } from '../../support/random.ts'
import { type Place, siteKey } from '../trial/place.ts'
import { type Running, startGoldpan } from '../trial/program.ts'
import { openSending, type Sending } from '../trial/sending.ts'
import { openStored, type Stored } from '../trial/stored.ts'
import { type Visitors, visitorsOf } from '../trial/visitors.ts'
import { type Order, PASSED, type Point, REACHED } from './orders.ts'

/** A collector with failpoints that is started again whenever it has died. */
export interface World {
  readonly program: string
  readonly place: Place
  readonly visitors: Visitors
  readonly sending: Sending
  readonly stored: Stored
  readonly collector: () => Running
  /** Resolves when the collector has heard it. */
  order(order: Order): Promise<void>
  /** Resolves when a collector runs. */
  revive(): Promise<void>
  /** whether the point of the last order was reached */
  wasReached(): boolean
  /** The steps since the order to list them. */
  passed(): Promise<readonly Point[]>
  close(): Promise<void>
}

export async function openWorld(program: string, place: Place): Promise<World> {
  const start = (): Promise<Running> => startGoldpan(program, place, { isTold: true })
  let collector = await start()
  let reached = 0
  /** lines of those that died */
  let told: readonly string[] = []
  const visitors = visitorsOf(await siteKey(collector.url), randomFrom(1))
  const stored = openStored(place.database)
  const sending = openSending(1)
  const lines = (what: string): readonly string[] =>
    [...told, ...collector.said].filter(line => line.startsWith(what))

  async function revive(): Promise<void> {
    if (!collector.hasEnded()) return
    told = [...told, ...collector.said]
    collector = await start()
  }
  async function order(next: Order): Promise<void> {
    await revive()
    reached = lines(REACHED).length
    const heard = once(collector.child, 'message')
    collector.child.send(next)
    await heard
  }
  return {
    ...{ program, place, visitors, sending, stored, revive, order },
    collector: () => collector,
    wasReached: () => lines(REACHED).length > reached,
    passed: async () => {
      const before = lines(PASSED).length
      await order({ kind: 'none' })
      while (lines(PASSED).length === before) await once(collector.child.stderr ?? collector.child, 'data')
      return JSON.parse(lines(PASSED).at(-1)?.slice(PASSED.length) ?? '[]')
    },
    close: async () => {
      stored.close()
      sending.close()
      if (!collector.hasEnded()) await collector.end('SIGKILL')
    },
  }
}

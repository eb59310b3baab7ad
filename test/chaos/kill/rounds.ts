import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { Random } from '../../support/random.ts'
import { type Audit, audit } from '../trial/audit.ts'
import { type Lanes, openLanes } from '../trial/lanes.ts'
import { type Place, siteKey } from '../trial/place.ts'
import { type Running, spawnGoldpan, startGoldpan } from '../trial/program.ts'
import { openSending, type Sending } from '../trial/sending.ts'
import { openStored, type Stored } from '../trial/stored.ts'
import { type Batch, visitorsOf } from '../trial/visitors.ts'
import { type Bookkeeping, openBookkeeping } from './bookkeeping.ts'
import { drawMoment, type Moment, untilInstant } from './instants.ts'

const LANES = 16
/** Acknowledged deliveries of a round that come once more, as when an answer is lost on its way. */
const REPEATED = 8

/** One life of the collector, from its first event to the next life that has all of it. */
export interface Round {
  readonly moment: Moment
  /** whether it was killed in what its moment names, as far as that can be seen from outside */
  readonly isHit: boolean
  /** events acknowledged in it */
  readonly acknowledged: number
  /** deliveries that were under way at the kill, and how many of them had been recorded */
  readonly underWay: number
  readonly recordedUnanswered: number
  /** from the start after the kill until ready, ms */
  readonly readyMs: number
  readonly faults: readonly string[]
}

/** A collector that is killed again and again, on one database, under visitors who go on. */
export interface Killing {
  /** @param random draws the instant, and whatever else is chance in it */
  round(random: Random): Promise<Round>
  audit(): Promise<Audit>
  close(): Promise<void>
}

interface World {
  readonly program: string
  readonly place: Place
  readonly sending: Sending
  readonly lanes: Lanes
  readonly books: Bookkeeping
  collector: Running
  stored: Stored
}

/** @param random of what visitors do */
export async function openKilling(program: string, place: Place, random: Random): Promise<Killing> {
  const collector = await startGoldpan(program, place)
  const stored = openStored(place.database)
  const books = openBookkeeping(stored)
  const sending = openSending(LANES)
  const visitors = visitorsOf(await siteKey(collector.url), random)
  const lanes = openLanes({ visitors, sending, lanes: LANES, clock: Date.now, onDelivery: books.note })
  const world: World = { program, place, sending, lanes, books, collector, stored }
  return {
    round: random => round(world, random),
    audit: () => audit(program, place, world.stored, books.mqls()),
    close: async () => {
      world.stored.close()
      sending.close()
      if (!world.collector.hasEnded()) await world.collector.end('SIGKILL')
    },
  }
}

async function round(world: World, random: Random): Promise<Round> {
  const { lanes, books, program, place } = world
  const moment = drawMoment(random)
  const isHit = await killIn(world, moment, random)
  const underWay = lanes.unacknowledged()
  if (moment === 'start') await killStarts(world, random)
  world.collector = await startGoldpan(program, place)
  world.stored = openStored(place.database)
  const checked = books.check(world.stored, underWay)
  const again = await sendAgain(world, checked.recorded, random)
  return {
    ...{ moment, isHit, acknowledged: checked.acknowledged, underWay: underWay.length },
    recordedUnanswered: checked.recorded.size,
    readyMs: world.collector.readyMs,
    faults: [...checked.faults, ...again],
  }
}

async function killIn({ collector, stored, lanes }: World, moment: Moment, random: Random): Promise<boolean> {
  const stop = new AbortController()
  const load = lanes.run(collector.url, stop.signal)
  const stopLoad = (): Promise<void> => {
    stop.abort()
    return load
  }
  const isHit = await untilInstant(moment, random, stored, stopLoad)
  // before the kill: the last who closes a database tidies it up
  stored.close()
  await collector.end('SIGKILL')
  await stopLoad()
  return isHit
}

/** Starts that never come to an end: anywhere between the first instruction and listening. */
async function killStarts({ program, place, collector }: World, random: Random): Promise<void> {
  for (let left = random.whole(1, 3); left > 0; left -= 1) {
    const child = spawnGoldpan(program, place)
    const exited = once(child, 'exit')
    await pause(random.between(0, collector.readyMs))
    child.kill('SIGKILL')
    await exited
  }
}

/**
 * What was under way comes again with the same ids, and some of what was acknowledged, too.
 * @param recorded of what was under way, what is there already, by the first id
 * @returns what was answered that must not be
 */
async function sendAgain(
  { lanes, sending, books, collector: { url } }: World,
  recorded: ReadonlySet<string>,
  random: Random,
): Promise<readonly string[]> {
  const faults: string[] = []
  const send = async (batch: Batch, isThere: boolean): Promise<void> => {
    const delivery = await sending.send(url, batch)
    if (!isThere) books.note(batch, delivery)
    const counts = delivery.kind === 'answered' ? delivery.answer : null
    const [accepted, duplicate] = isThere ? [0, batch.ids.length] : [batch.ids.length, 0]
    if (counts?.accepted === accepted && counts.duplicate === duplicate) return
    const expected = `${accepted} accepted, ${duplicate} duplicate`
    faults.push(`sent again: expected ${expected}, came ${JSON.stringify(delivery)}`)
  }
  for (const batch of lanes.unacknowledged()) await send(batch, recorded.has(batch.ids[0] ?? ''))
  for (const batch of books.someAcknowledged(REPEATED, random)) await send(batch, true)
  // once more, by the lanes themselves
  await lanes.sendAgain(url)
  return faults
}

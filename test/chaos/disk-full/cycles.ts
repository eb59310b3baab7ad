import { setTimeout as pause } from 'node:timers/promises'
import { randomFrom } from '../../support/random.ts'
import { type Bookkeeping, openBookkeeping } from '../kill/bookkeeping.ts'
import { type Audit, audit } from '../trial/audit.ts'
import { heavyBatch } from '../trial/heavy.ts'
import { type Lanes, openLanes } from '../trial/lanes.ts'
import { type Place, siteKey } from '../trial/place.ts'
import { type Running, startGoldpan } from '../trial/program.ts'
import { type Delivery, openSending, type Sending } from '../trial/sending.ts'
import { openStored, type Stored } from '../trial/stored.ts'
import { visitorsOf } from '../trial/visitors.ts'
import type { TinyDisk } from './tiny-disk.ts'

const LANES = 4
/** What a full disk still has: less than a commit may need. */
const LEFT_BYTES = 100_000
/** How long it is full, once that was said, and how long visitors come between. */
const FULL_MS = 1_000
const BETWEEN_MS = 500
const GIVE_UP_MS = 60_000

/** The disk fills up under load, and has room again. */
export interface Cycle {
  readonly acknowledged: number
  /** answers that said so */
  readonly refused: number
  /** from the room until an event is taken, ms */
  readonly recoveredMs: number
  /** how a start on the full disk went; null: none was tried */
  readonly fullStart: 'refused' | 'listened' | null
  readonly faults: readonly string[]
}

export interface Filling {
  /** @param isKilled kills the collector while the disk is full, tries to start it so, and starts it with room */
  cycle(isKilled: boolean): Promise<Cycle>
  /** Ends the collector as its operator would, starts it again, and looks at everything. */
  audit(): Promise<Audit>
  close(): Promise<void>
}

interface World {
  readonly program: string
  readonly place: Place
  readonly disk: TinyDisk
  readonly site: string
  readonly sending: Sending
  readonly lanes: Lanes
  readonly books: Bookkeeping
  readonly answers: Answers
  readonly stored: Stored
  collector: Running
}

interface Answers {
  refused: number
  lastTakenAt: number
  readonly faults: string[]
}

export async function openFilling(program: string, place: Place, disk: TinyDisk): Promise<Filling> {
  const collector = await startGoldpan(program, place)
  const site = await siteKey(collector.url)
  const stored = openStored(place.database)
  const books = openBookkeeping(stored)
  const sending = openSending(LANES + 1)
  const answers: Answers = { refused: 0, lastTakenAt: 0, faults: [] }
  const lanes = openLanes({
    visitors: visitorsOf(site, randomFrom(1)),
    ...{ sending, lanes: LANES, clock: Date.now },
    onDelivery: (batch, delivery) => {
      books.note(batch, delivery)
      judge(answers, delivery)
    },
  })
  const world: World = { program, place, disk, site, sending, lanes, books, answers, stored, collector }
  return {
    cycle: isKilled => cycle(world, isKilled),
    audit: async () => {
      const code = await world.collector.end('SIGTERM')
      world.collector = await startGoldpan(program, place)
      const found = await audit(program, place, stored, books.mqls())
      return {
        ...found,
        faults: [...found.faults, ...(code === 0 ? [] : [`told to end, it ended with ${code}`])],
      }
    },
    close: async () => {
      stored.close()
      sending.close()
      if (!world.collector.hasEnded()) await world.collector.end('SIGKILL')
    },
  }
}

/** Nothing but 202 and 503 is said, and a 503 says when to come again. */
function judge(answers: Answers, delivery: Delivery): void {
  if (delivery.kind === 'cut') return
  const { status, retryAfter } = delivery
  if (status === 202) answers.lastTakenAt = performance.now()
  else if (status === 503 && retryAfter !== null) answers.refused += 1
  else answers.faults.push(`answered ${status}, Retry-After ${retryAfter}`)
}

async function cycle(world: World, isKilled: boolean): Promise<Cycle> {
  const { disk, lanes, books, answers, stored } = world
  const stop = new AbortController()
  Object.assign(answers, { refused: 0, faults: [] })
  const load = lanes.run(world.collector.url, stop.signal)
  await pause(BETWEEN_MS)
  disk.fill(LEFT_BYTES)
  const faults = await untilRefused(world)
  await pause(FULL_MS)
  const fullStart = isKilled ? await startOnFullDisk(world) : null
  disk.makeRoom()
  const roomAt = performance.now()
  if (world.collector.hasEnded()) world.collector = await startGoldpan(world.program, world.place)
  const reload = isKilled ? lanes.run(world.collector.url, stop.signal) : load
  const isTaken = await until(() => answers.lastTakenAt > roomAt)
  const recoveredMs = answers.lastTakenAt - roomAt
  stop.abort()
  await Promise.all([load, reload])
  const { acknowledged, faults: found } = books.check(stored, lanes.unacknowledged())
  const late = isTaken ? [] : ['with room again, nothing is taken']
  return {
    acknowledged,
    refused: answers.refused,
    recoveredMs,
    fullStart,
    faults: [...faults, ...late, ...answers.faults, ...found],
  }
}

/** The log and the pages it has reach a while: heavy events fill them. */
async function untilRefused({ site, sending, books, answers, collector }: World): Promise<readonly string[]> {
  const deadline = performance.now() + GIVE_UP_MS
  while (answers.refused === 0) {
    if (performance.now() > deadline) return ['the disk is full, and nothing is refused']
    const batch = heavyBatch(site)
    const delivery = await sending.send(collector.url, batch)
    books.note(batch, delivery)
    judge(answers, delivery)
  }
  return []
}

/** It may say that it cannot, or start and take nothing. */
async function startOnFullDisk(world: World): Promise<'refused' | 'listened'> {
  await world.collector.end('SIGKILL')
  try {
    world.collector = await startGoldpan(world.program, world.place, { mayWait: true })
    return 'listened'
  } catch {
    return 'refused'
  }
}

async function until(isSo: () => boolean): Promise<boolean> {
  const deadline = performance.now() + GIVE_UP_MS
  while (!isSo()) {
    if (performance.now() > deadline) return false
    await pause(5)
  }
  return true
}

import { setTimeout as pause } from 'node:timers/promises'
import { settled } from '../trial/audit.ts'
import { type Delivery, isAcknowledged } from '../trial/sending.ts'
import type { Batch } from '../trial/visitors.ts'
import type { Point, Way } from './orders.ts'
import type { World } from './world.ts'

/** What came of one failure at one point. */
export interface Outcome {
  readonly point: Point
  readonly way: Way
  /** false: this time the work went another way, and nothing was tried */
  readonly wasReached: boolean
  readonly faults: readonly string[]
  /** from the failure until the lead was told of, ms; with the wait that a caller was asked for left out */
  readonly tookMs: number
}

const GIVE_UP_MS = 20_000
/** What a commit is followed by, feeds and figures, comes a moment later. */
const AFTERMATH_MS = 60

/** Every step of the flow from a demo request to its hand-off, as it goes when nothing fails. */
export async function stepsOfFlow(world: World): Promise<readonly Point[]> {
  const request = await untilRequest(world)
  await world.order({ kind: 'list' })
  await world.sending.send(world.collector().url, request)
  await settled(world.stored)
  await pause(AFTERMATH_MS)
  return world.passed()
}

/** Somebody asks for a demo, and the collector fails at a point on the way to the hand-off, once. */
export async function failAt(world: World, point: Point, way: Way): Promise<Outcome> {
  const request = await untilRequest(world)
  await world.order({ kind: 'fail', point, way })
  const began = performance.now()
  const faults = await acknowledged(world, request)
  faults.push(...(await told(world, request)))
  const tookMs = performance.now() - began
  const wasReached = world.wasReached()
  if (!wasReached) await world.order({ kind: 'none' })
  faults.push(...world.stored.faultsOfTelling())
  return { point, way, wasReached, faults, tookMs }
}

/** A new visitor looks around, and all of that is dealt with. @returns what they send next */
async function untilRequest(world: World): Promise<Batch> {
  const visitor = world.visitors.comeToBuy()
  for (;;) {
    const batch = visitor.next(Date.now())
    if (!batch) throw new Error('a visitor who asks for nothing')
    if (batch.makesMql !== null) {
      await settled(world.stored)
      return batch
    }
    const faults = await acknowledged(world, batch)
    if (faults.length > 0) throw new Error(faults.join('; '))
  }
}

/** Sends until it is acknowledged, as the tag would, but without its patience. */
async function acknowledged(world: World, request: Batch): Promise<string[]> {
  const faults: string[] = []
  const deadline = performance.now() + GIVE_UP_MS
  while (performance.now() < deadline) {
    await world.revive()
    const delivery = await world.sending.send(world.collector().url, request)
    const flaw = flawOf(delivery)
    if (flaw !== null) faults.push(flaw)
    if (isAcknowledged(delivery)) {
      const lost = request.ids.filter(id => !world.stored.has(id))
      return lost.length === 0 ? faults : [...faults, `acknowledged and not there: ${lost.join(', ')}`]
    }
    await pause(20)
  }
  return [...faults, 'never acknowledged']
}

function flawOf(delivery: Delivery): string | null {
  if (delivery.kind === 'cut' || delivery.status === 202) return null
  if (delivery.status !== 503) return `answered ${delivery.status}`
  return delivery.retryAfter === null ? 'answered 503 without Retry-After' : null
}

/** Resolves when the failure has come, and the lead is told of all the same; or when the failure does not come. */
async function told(world: World, { makesMql, ids }: Batch): Promise<readonly string[]> {
  const deadline = performance.now() + GIVE_UP_MS
  const isTold = (): boolean => world.stored.dirty() === 0 && world.stored.mqlEmails().has(makesMql ?? '')
  for (;;) {
    await world.revive()
    if (isTold()) {
      await pause(AFTERMATH_MS)
      await world.revive()
      if (isTold()) break
    }
    if (performance.now() > deadline) return [`${makesMql} is not told of, ${world.stored.dirty()} wait`]
    await pause(10)
  }
  return ids.every(id => world.stored.has(id)) ? [] : ['an event is gone']
}

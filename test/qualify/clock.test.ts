import { describe, expect, it, onTestFinished } from 'vitest'
import { HOUR_MS } from '../../shared/time.ts'
import { COURSES } from '../chaos/clock/courses.ts'
import { runCourse } from '../chaos/clock/run-course.ts'
import { openClockWorld } from '../chaos/clock/world.ts'
import { siteKey } from '../chaos/trial/place.ts'
import { isAcknowledged, openSending } from '../chaos/trial/sending.ts'
import { visitorsOf } from '../chaos/trial/visitors.ts'
import { randomFrom } from '../support/random.ts'
import { tempDir } from '../support/temp-dir.ts'

/** More of it: `npm run chaos -- clock`. */
const LOAD_MS = 250

describe.for(COURSES)("the collector's clock: $what", course => {
  it('keeps every event with its time and order, and tells each MQL once', { timeout: 60_000 }, async () => {
    const { told, faults } = await runCourse(course, tempDir(), LOAD_MS)
    expect(faults).toEqual([])
    expect(told).toBeGreaterThan(0)
  })
})

it('an MQL that cooled by a clock an hour ahead stays so when the clock is put right, and cools no second time', async () => {
  const world = await openClockWorld(tempDir(), 0, () => undefined)
  const sending = openSending(1)
  onTestFinished(async () => {
    sending.close()
    await world.close()
  })
  const buyer = visitorsOf(await siteKey(world.url()), randomFrom(1)).comeToBuy()
  const visits = [1, 2, 3, 4].map(() => buyer.next(Date.now()))
  const send = async (index: number): Promise<void> => {
    const batch = visits[index]
    if (batch) expect(isAcknowledged(await sending.send(world.url(), batch))).toBe(true)
  }
  for (const index of [0, 1, 2]) await send(index)
  await world.put(0)
  expect(world.stored.mqlEmails().size).toBe(1)
  for (const off of [HOUR_MS, 0]) await world.put(off)
  await send(3)
  for (const off of [0, HOUR_MS]) await world.put(off)
  expect(world.stored.mqlEmails().size).toBe(0)
  expect(world.stored.faultsOfTelling(true)).toEqual([])
  expect(await world.replayed()).toEqual([])
})

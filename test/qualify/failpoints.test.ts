import { expect, it, onTestFinished } from 'vitest'
import { bundleWithFailpoints } from '../chaos/failpoints/build.ts'
import { WAYS } from '../chaos/failpoints/orders.ts'
import { failAt } from '../chaos/failpoints/scenario.ts'
import { openWorld } from '../chaos/failpoints/world.ts'
import { audit } from '../chaos/trial/audit.ts'
import { makePlace } from '../chaos/trial/place.ts'
import { tempDir } from '../support/temp-dir.ts'

/** The edges of the two transactions; `npm run chaos -- failpoints` has every statement in every way. */
const STEPS = [
  'factStore: BEGIN',
  'factStore: COMMIT',
  'factStore: after COMMIT',
  'applyStore: BEGIN',
  'applyStore: COMMIT',
  'applyStore: after COMMIT',
]

const [DIE, ...OF_SQLITE] = WAYS

/** The process dies at each; of the ways that SQLite has, each fails at some. */
const PLAN = STEPS.flatMap((step, n) => [
  { step, way: DIE },
  { step, way: OF_SQLITE[n % OF_SQLITE.length] ?? DIE },
])

it('a failure at an edge of record or apply loses and doubles nothing, and the lead is told of once', async () => {
  const program = await bundleWithFailpoints('failpoints-test')
  const world = await openWorld(program, makePlace(tempDir()))
  onTestFinished(world.close)
  for (const { step, way } of PLAN) {
    const { wasReached, faults } = await failAt(world, { step, nth: 1 }, way)
    expect(faults, `${way} at ${step}`).toEqual([])
    expect(wasReached, `${way} at ${step}`).toBe(true)
  }
  const { faults, mqls } = await audit(program, world.place, world.stored, [])
  expect(faults).toEqual([])
  expect(mqls).toBe(PLAN.length)
}, 180_000)

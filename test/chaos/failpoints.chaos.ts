import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProgress } from '../../collector/cli/progress.ts'
import { bundleWithFailpoints } from './failpoints/build.ts'
import { WAYS } from './failpoints/orders.ts'
import { failAt, type Outcome, stepsOfFlow } from './failpoints/scenario.ts'
import { openWorld } from './failpoints/world.ts'
import { optionsFrom } from './load/options.ts'
import { openReport, whole } from './load/report.ts'
import { audit } from './trial/audit.ts'
import { makePlace } from './trial/place.ts'

/** Fails at every step between an event and its hand-off, in every way (docs/chaos.md, failpoints). */
const { every } = optionsFrom({ every: 1 })

const report = openReport()
const folder = mkdtempSync(join(tmpdir(), 'goldpan-failpoints-'))
const program = await bundleWithFailpoints('failpoints')
const world = await openWorld(program, makePlace(folder))
try {
  const steps = await stepsOfFlow(world)
  const plan = WAYS.flatMap((way, shift) =>
    steps.filter((_, n) => (n + shift) % every === 0).map(point => ({ point, way })),
  )
  report.say(`${steps.length} steps from a demo request to its hand-off, ${plan.length} failures`)
  const progress = startProgress({
    ...{ what: 'failures', total: plan.length, clock: Date.now, say: console.log },
    onTerminal: process.stdout.isTTY === true,
  })
  const outcomes: Outcome[] = []
  for (const { point, way } of plan) {
    outcomes.push(await failAt(world, point, way))
    await progress(1)
  }
  const reached = outcomes.filter(({ wasReached }) => wasReached)
  const faulty = outcomes.filter(({ faults }) => faults.length > 0)
  for (const way of WAYS) {
    const own = reached.filter(outcome => outcome.way === way).map(({ tookMs }) => tookMs)
    report.say(`${way}: ${own.length} times, told within ${whole(Math.max(0, ...own))} ms`)
  }
  report.promise(
    'nothing acknowledged is lost, nothing is doubled, nothing is answered but 202 and 503, it recovers by itself',
    faulty.length === 0,
    `${reached.length} of ${plan.length} failures came`,
  )
  for (const { point, way, faults } of faulty)
    report.say(`  ${way} at “${point.step}” (${point.nth}): ${faults.join('; ')}`)
  const { faults, mqls } = await audit(program, world.place, world.stored, [])
  report.promise(
    'scores are those of a replay, each MQL is told once, the file is whole',
    faults.length === 0,
    `${mqls} MQLs`,
  )
  for (const fault of faults) report.say(`  ${fault}`)
} finally {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
}
report.end()

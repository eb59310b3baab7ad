import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProgress } from '../../collector/cli/progress.ts'
import { optionsFrom } from '../support/options.ts'
import { whole } from '../support/words.ts'
import { bundleWithFailpoints } from './failpoints/build.ts'
import { type Point, WAYS, type Way } from './failpoints/orders.ts'
import { failAt, stepsOfFlow } from './failpoints/scenario.ts'
import { failFirstStart, stepsOfStart } from './failpoints/starts.ts'
import { openWorld } from './failpoints/world.ts'
import { openReport } from './load/report.ts'
import { audit } from './trial/audit.ts'
import { makePlace } from './trial/place.ts'

/** Fails at every step between an event and its hand-off, and of a first start, in every way (docs/chaos.md, failpoints). */
const { every } = optionsFrom({ every: 1 })

const report = openReport()
const root = mkdtempSync(join(tmpdir(), 'goldpan-failpoints-'))
const program = await bundleWithFailpoints('failpoints')

/** One of `every` steps in each way, others in others. After a commit's turn nothing of SQLite's runs that could fail. */
function planOf(steps: readonly Point[]): readonly { readonly point: Point; readonly way: Way }[] {
  return WAYS.flatMap((way, shift) =>
    steps
      .filter((_, n) => (n + shift) % every === 0)
      .filter(({ step }) => way === 'die' || !step.endsWith('a turn after COMMIT'))
      .map(point => ({ point, way })),
  )
}

async function withProgress<T, R>(
  what: string,
  all: readonly T[],
  act: (one: T) => Promise<R>,
): Promise<readonly R[]> {
  const progress = startProgress({
    ...{ what, total: all.length, clock: Date.now, say: console.log },
    onTerminal: process.stdout.isTTY === true,
  })
  const results: R[] = []
  for (const one of all) {
    results.push(await act(one))
    await progress(1)
  }
  return results
}

async function tryFlow(): Promise<void> {
  const world = await openWorld(program, makePlace(join(root, 'flow')))
  try {
    const steps = await stepsOfFlow(world)
    const outcomes = await withProgress('failures', planOf(steps), ({ point, way }) =>
      failAt(world, point, way),
    )
    const reached = outcomes.filter(({ wasReached }) => wasReached)
    const faulty = outcomes.filter(({ faults }) => faults.length > 0)
    for (const way of WAYS) {
      const own = reached.filter(outcome => outcome.way === way).map(({ tookMs }) => tookMs)
      report.say(`${way}: ${own.length} times, told within ${whole(Math.max(0, ...own))} ms`)
    }
    report.promise(
      'nothing acknowledged is lost, nothing is doubled, nothing is answered but 202 and 503, it recovers by itself',
      faulty.length === 0,
      `${steps.length} steps from a demo request to its hand-off, ${reached.length} of ${outcomes.length} failures came`,
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
  }
}

async function tryStarts(): Promise<void> {
  const steps = await stepsOfStart(program, join(root, 'start'))
  const plan = planOf(steps).filter(({ way }) => way === 'die' || way === 'SQLITE_IOERR')
  const found = await withProgress('failed starts', plan, async ({ point, way }) => {
    const folder = mkdtempSync(join(root, 'start-'))
    const faults = await failFirstStart(program, folder, point, way)
    rmSync(folder, { recursive: true, force: true })
    return faults.map(fault => `${way} at “${point.step}” (${point.nth}): ${fault}`)
  })
  report.promise(
    'after a first start that failed at any step the next one works',
    found.flat().length === 0,
    `${steps.length} steps, ${plan.length} failed starts`,
  )
  for (const fault of found.flat()) report.say(`  ${fault}`)
}

try {
  await tryFlow()
  await tryStarts()
} finally {
  rmSync(root, { recursive: true, force: true })
}
report.end()

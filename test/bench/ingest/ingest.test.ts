import { expect, test } from 'vitest'
import { openStore } from '../../../collector/storage/open.ts'
import { bundleProgram, inPlaceOf } from '../../support/bundle-program.ts'
import { closedLoop } from '../../support/load/closed-loop.ts'
import { eachOf, requestsOf, trafficOf } from '../../support/load/traffic.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { SITE } from '../scoring/crowd.ts'
import { ask, leadQuestions } from './asking.ts'
import { databaseIn, drained, startBenchCollector } from './collectors.ts'
import { copyFolder, fill, fillWithCopies, hasCopy } from './filling.ts'
import { GOAL_SIZES, readOptions } from './options.ts'
import { buildPrograms } from './program.ts'
import { partsOf } from './steady-memory.ts'

const TIMEOUT_MS = 60_000
const VISITORS = 200
const BUNDLES = 'node_modules/.cache/goldpan-test/bench-ingest'
const silent = (): void => {}

test('sizes are read, and a number that makes no sense is named', () => {
  expect(
    readOptions(['--leads', '2_000', '--events', '50000', '--keep', 'somewhere', '--anew']),
  ).toMatchObject({ leads: 2_000, events: 50_000, keep: 'somewhere', isAnew: true, seconds: 10 })
  expect(readOptions([])).toMatchObject({ ...GOAL_SIZES, keep: null, isAnew: false })
  expect(() => readOptions(['--rounds', '0'])).toThrow('--rounds: expected a whole number')
  expect(() => readOptions(['--leads', '0.5'])).toThrow('--leads: expected a whole number')
  expect(() => readOptions(['--leads', '1000', '--events', '3000'])).toThrow('--events: expected at least 4')
})

test(
  'the program alone acknowledges and qualifies nothing, and the whole one goes on from there',
  async () => {
    const ground = { cores: null, programs: await buildPrograms(BUNDLES) }
    const folder = tempDir()
    const alone = await startBenchCollector({ folder, ground, qualifier: 'at rest' })
    const { target, siteKey } = alone
    const requests = requestsOf(VISITORS, trafficOf({ site: siteKey, eventsPerRequest: 1 }))
    const { statuses } = await closedLoop({ target, connections: 4, next: eachOf(requests) })
    expect(statuses).toEqual({ 202: VISITORS })
    expect(await alone.dirty()).toBe(VISITORS)
    await alone.stop()
    const whole = await startBenchCollector({ folder, ground })
    await drained(whole)
    expect(await whole.dirty()).toBe(0)
    const asked = await ask(whole, await leadQuestions(whole), 0)
    expect(asked.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'score from 20',
        'score from 20, by fit',
        'score from 20, by since when an MQL',
      ]),
    )
    await whole.stop()
  },
  TIMEOUT_MS,
)

test('a variant of a program whose module has moved is not built', async () => {
  const gone = inPlaceOf('collector/qualify/gone.ts', 'test/chaos/programs/resting-qualifier.ts')
  await expect(bundleProgram(`${BUNDLES}/gone.mjs`, [gone])).rejects.toThrow('nobody imports')
})

test('a long load is told by its second and its last fifth, and drawn by sixtieths', () => {
  const seen = Array.from({ length: 120 }, (_, second) => ({
    rss: second === 50 ? 999 : Math.floor(second / 24),
    latencies: Float64Array.of(second, second + 1),
  }))
  const { early, late, most, course } = partsOf(seen)
  expect(early).toEqual({ rss: 1, p50: 36, p99: 47 })
  expect(late).toEqual({ rss: 4, p50: 108, p99: 119 })
  expect([most, course.length, course[1]]).toEqual([999, 60, { rss: 0, p50: 3, p99: 3 }])
})

test(
  'a database that is filled goes on where it was, and nobody in it waits',
  async () => {
    const folder = tempDir()
    await fill(folder, { leads: 100, eventsEach: 5 }, silent)
    await fillWithCopies(folder, { leads: 300, eventsEach: 5 }, silent, [0.2, 0.8])
    expect(await countsIn(folder)).toMatchObject({ facts: 1_500, persons: 300, dirty: 0 })
    // what it had passed when it was asked for is not to be had any more
    expect([0.2, 0.8].map(share => hasCopy(folder, share))).toEqual([false, true])
    expect(await countsIn(copyFolder(folder, 0.8))).toMatchObject({ facts: 1_200, persons: 240, dirty: 0 })
    await expect(fill(folder, { leads: 290, eventsEach: 5 }, silent)).rejects.toThrow('Name another folder')
    await expect(fill(folder, { leads: 300, eventsEach: 6 }, silent)).rejects.toThrow('Name another folder')
  },
  TIMEOUT_MS,
)

async function countsIn(folder: string) {
  const store = await openStore(databaseIn(folder))
  const facts = await store.factsSince(SITE, 0, 2_000)
  expect(
    facts.map(({ id, occurredAt }) => Number.parseInt(id.replace('-', '').slice(0, 12), 16) - occurredAt),
  ).toEqual(facts.map(() => 0))
  const counts = await store.counts(SITE)
  await store.close()
  return counts
}

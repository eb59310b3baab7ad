import { expect, it } from 'vitest'
import type { Tally } from '../../../support/load/tally.ts'
import { capacityFrom } from './capacity.ts'

const tallyOf = (statuses: Tally['statuses'], lost: Tally['lost'] = {}): Tally => ({
  ...{ statuses, lost, seconds: 10, latencies: Float64Array.of() },
  answered: Object.values(statuses).reduce((sum, count) => sum + count, 0),
})

/** A collector that takes 8,000 a second in a closed loop, and 5 s of CPU for what comes evenly. */
async function measured(even: Tally) {
  const rates: number[] = []
  let cpu = 7
  const capacity = await capacityFrom({
    closed: async () => {
      cpu += 10
      return tallyOf({ 202: 80_000, 503: 9 })
    },
    evenly: async perSecond => {
      rates.push(perSecond)
      cpu += 5
      return even
    },
    cpuSeconds: () => cpu,
  })
  return { rates, ...capacity }
}

it('what keeps a core busy is told by the CPU of events that come evenly, not by the closed loop', async () => {
  expect(await measured(tallyOf({ 202: 20_000 }))).toEqual({ rates: [2_000], closed: 8_000, even: 4_000 })
})

it('an even load that was not taken whole is no measure', async () => {
  for (const tally of [tallyOf({ 202: 19_999, 503: 1 }), tallyOf({ 202: 1 }, { closed: 2 }), tallyOf({})])
    await expect(measured(tally)).rejects.toThrow('expected 202 for every request at 2000 a second')
})

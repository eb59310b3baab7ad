import { resolve } from 'node:path'
import { openStore } from '../../collector/storage/open.ts'
import { optionsFrom } from '../support/options.ts'
import { megabytes, percent, whole } from '../support/words.ts'
import { lookBehind } from './load/aftermath.ts'
import { withCollector } from './load/collector-process.ts'
import { inPlace } from './load/in-place.ts'
import { heldOf } from './load/overload/acknowledged.ts'
import { judgeAfter, judgeGoodput, offeredOf } from './load/overload/judge.ts'
import { type OverloadFound, overload } from './load/overload/round.ts'
import { openReport } from './load/report.ts'
import type { Place } from './trial/place.ts'
import { bundleGoldpan } from './trial/program.ts'

/**
 * Three times what the collector can take, measured first in the same run (docs/chaos.md): `--seconds` of it, `--times`,
 * `--connections` for one number of connections instead of 64, 1,000 and 10,000, `--heap` MB that the
 * collector may have, `--program` for another build to compare with.
 */
const options = optionsFrom({ seconds: 60, times: 3, connections: 0, heap: 0, program: '' })
const NUMBERS = options.connections > 0 ? [options.connections] : [64, 1_000, 10_000]
/** Our choice: what 10,000 sockets may take (collector.md), and twice the bodies and events that may wait. */
const RSS_BYTES = 400_000_000
const RECOVERED_S = 5

const program = options.program ? resolve(options.program) : await bundleGoldpan('overload')
const bounded = options.heap > 0 ? { env: { NODE_OPTIONS: `--max-old-space-size=${options.heap}` } } : {}
const report = openReport()
for (const connections of NUMBERS) {
  const given = { connections, seconds: options.seconds, times: options.times, say: report.say }
  await inPlace(place =>
    withCollector(
      program,
      place,
      async collector => {
        report.say(`${whole(connections)} connections`)
        const found = await overload(collector, given)
        const { exitCode } = await lookBehind(collector, program, place)
        await judge(place, found, exitCode)
      },
      bounded,
    ),
  )
}
report.end()

async function judge(place: Place, found: OverloadFound, exitCode: number | null): Promise<void> {
  const { before, tally, told, watched, meanwhile } = found
  const perSecond = told.inTime() / options.seconds
  const counts = Object.entries({ ...tally.statuses, ...tally.lost })
  const offered = offeredOf(found, options.seconds)
  report.say(
    `offered ${whole(offered)} requests/s, ${(offered / before.perSecond).toFixed(1)} × the capacity; the sender took ${percent(watched.senderShare)} of a core, ${percent(before.senderShare)} when the capacity was measured`,
  )
  report.say(`answers: ${counts.map(([what, count]) => `${what} × ${whole(count)}`).join(', ')}`)
  report.say(
    `acknowledged after ${meanwhile.p50.toFixed(0)} ms (p50), ${meanwhile.p99.toFixed(0)} ms (p99) of when it was meant to go; at most ${whole(watched.mostWaiting)} events waited for a commit, ${whole(watched.mostDirty)} timelines for the qualifier; the event loop was late by ${(watched.longestDelay * 1_000).toFixed(0)} ms; ${whole((watched.cpu / told.ids.size) * 1e6)} µs of a core for each acknowledged, ${whole(before.cpuMicros)} when the capacity was measured`,
  )
  judgeGoodput(report, found, perSecond, options.seconds)
  judgeAfter(report, found)
  const unfit = [...told.unfit].map(([status, count]) => `${status} × ${count}`).join(', ')
  report.promise('every other answer is an honest 429 or 503', told.unfit.size === 0, unfit || 'all of them')
  const held = await heldIn(place, found)
  report.promise(
    'everything acknowledged is there, once',
    held.missing === 0,
    `${whole(told.ids.size)} events, ${held.missing} missing, ${held.unheard} committed whose answer did not arrive`,
  )
  report.promise('memory is bounded', watched.topRss < RSS_BYTES, megabytes(watched.topRss))
  const { recoveredS, settledS } = found
  report.promise(
    'it recovers within seconds',
    recoveredS !== null && recoveredS <= RECOVERED_S && settledS !== null && exitCode === 0,
    `answers as before after ${recoveredS?.toFixed(1) ?? '(not within the patience)'} s, qualified after ${settledS?.toFixed(0) ?? '(never)'} s more, exit code ${exitCode}`,
  )
}

async function heldIn(place: Place, { site, told }: OverloadFound) {
  const store = await openStore(`sqlite:${place.database}`)
  try {
    return await heldOf(store, site, told.ids)
  } finally {
    await store.close()
  }
}

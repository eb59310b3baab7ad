import { targetOf } from '../support/load/connection.ts'
import { listenForMqls } from '../support/load/stream.ts'
import { demoRequests, trafficOf } from '../support/load/traffic.ts'
import { optionsFrom } from '../support/options.ts'
import { megabytes, whole } from '../support/words.ts'
import { lookBehind, settled } from './load/aftermath.ts'
import { type CollectorProcess, createSite, withCollector } from './load/collector-process.ts'
import { inPlace } from './load/in-place.ts'
import { openReport } from './load/report.ts'
import { capacityOf } from './load/soak/capacity.ts'
import { judgeMinutes } from './load/soak/flat.ts'
import { type Minute, soakMinute } from './load/soak/minute.ts'
import { writePicture } from './load/soak/picture.ts'
import type { Place } from './trial/place.ts'
import { bundleGoldpan } from './trial/program.ts'
import { differencesIn } from './trial/replay.ts'

/**
 * An hour at half load (docs/chaos.md): `--minutes`, `--rate` of requests a second instead of half of what keeps a core busy,
 * `--heap` MB that the collector may have, to see what it needs, `--picture` a file for the charts, `--replay` compares everything in the end.
 */
const options = optionsFrom({ minutes: 60, rate: 0, heap: 0, picture: '', replay: false })
const SETTLE_S = 600

const program = await bundleGoldpan('soak')
const report = openReport()
const given = options.heap > 0 ? { env: { NODE_OPTIONS: `--max-old-space-size=${options.heap}` } } : {}
await inPlace(place => withCollector(program, place, collector => soak(collector, place), given))
report.end()

async function soak(collector: CollectorProcess, place: Place): Promise<void> {
  const target = targetOf(collector.url)
  const perSecond = options.rate > 0 ? options.rate : await halfLoadOf(collector)
  const { id, publicKey } = await createSite(collector, 'soak')
  let streamEnds = 0
  const moves = await listenForMqls({
    ...{ url: collector.url, site: id, authorization: `Bearer ${place.env.GOLDPAN_ADMIN_TOKEN}` },
    onEnd: () => {
      streamEnds += 1
    },
  })
  const soaking = {
    ...{ collector, target, perSecond, moves, site: id },
    nextVisit: trafficOf({ site: publicKey, eventsPerRequest: 1, load: 6 }),
    nextDemo: demoRequests(publicKey, 7),
  }
  report.say(`${options.minutes} minutes at ${whole(perSecond)} requests/s`)
  const minutes: Minute[] = []
  while (minutes.length < options.minutes) {
    const minute = await soakMinute(soaking)
    minutes.push(minute)
    report.say(inWords(minutes.length, minute))
    if (options.picture !== '') writePicture(options.picture, minutes, perSecond)
  }
  report.promise('the stream is never cut', streamEnds === 0, `${streamEnds} times`)
  moves.close()
  judgeMinutes(report, minutes)
  if (options.replay) await judgeReplay(collector, place)
}

async function halfLoadOf(collector: CollectorProcess): Promise<number> {
  const { closed, even } = await capacityOf(collector)
  report.say(
    `${whole(even)} single events/s keep a core busy when they come evenly and are qualified; half load is half of it. ${whole(closed)} are acknowledged in a closed loop`,
  )
  return even / 2
}

function inWords(nth: number, found: Minute): string {
  const { rss, heap, taken, notTaken, ackP50, ackP99, delayP99, mqls, mqlP50, mqlMost, leadsP90, dirty } =
    found
  return [
    `minute ${nth}: ${megabytes(rss)}, heap ${megabytes(heap)}`,
    `acknowledged ${whole(taken)} in ${ackP50.toFixed(1)} ms (p99 ${ackP99.toFixed(1)}), ${whole(notTaken)} not`,
    `the loop ${delayP99.toFixed(0)} ms late (p99)`,
    `${mqls} MQLs after ${mqlP50.toFixed(0)} ms (most ${mqlMost.toFixed(0)})`,
    `leads ${leadsP90.toFixed(0)} ms`,
    `${whole(dirty)} waiting`,
  ].join('; ')
}

async function judgeReplay(collector: CollectorProcess, place: Place): Promise<void> {
  await settled(collector, SETTLE_S)
  const { replay, total } = await lookBehind(collector, program, place)
  const { count, some } = differencesIn(replay)
  report.promise(
    'a replay gives the same',
    count === 0,
    `${whole(total.facts)} events, ${whole(total.persons)} persons, ${count} differences ${some.join('; ')}`,
  )
}

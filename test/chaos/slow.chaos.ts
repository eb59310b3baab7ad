import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { SERVER_LIMITS } from '../../collector/http/server.ts'
import { type Target, targetOf } from '../support/load/connection.ts'
import { openLoop } from '../support/load/open-loop.ts'
import type { Tally } from '../support/load/tally.ts'
import { trafficOf } from '../support/load/traffic.ts'
import { optionsFrom } from '../support/options.ts'
import { ascending, quantileOf } from '../support/quantiles.ts'
import { megabytes, percent, whole } from '../support/words.ts'
import { type CollectorProcess, createSite, withCollector } from './load/collector-process.ts'
import { inPlace } from './load/in-place.ts'
import { openReport } from './load/report.ts'
import { crowded } from './load/slow/crowded.ts'
import {
  KINDS,
  openSlowSockets,
  type SlowKind,
  type SlowLimit,
  type SlowSockets,
} from './load/slow/sockets.ts'
import { watching } from './load/watch.ts'
import { bundleGoldpan } from './trial/program.ts'

/**
 * A thousand senders that are never done, while honest ones go on (docs/chaos.md): `--sockets`, `--seconds` of it, `--rate`
 * of honest requests a second, `--files` that the collector of the second part may have open, `--program` for
 * another build to compare with.
 */
const options = optionsFrom({ sockets: 1_000, seconds: 75, rate: 100, files: 400, program: '' })
const CALM_S = 10
/** What a connection may take, however slow (our choice): 100 KB, and what a heap moves about. */
const SOCKET_BYTES = 100_000
const ROOM_BYTES = 60_000_000
/** How much later than calm an honest answer may come (our choice). */
const LATE_MS = 50
/** Node looks every two seconds, and a busy machine is late. */
const SLACK_S = 5
const SILENCE_S = 60

const LIMIT_S: Readonly<Record<SlowLimit, number>> = {
  headersTimeout: SERVER_LIMITS.headersTimeout / 1_000,
  requestTimeout: SERVER_LIMITS.requestTimeout / 1_000,
  keepAliveTimeout: SERVER_LIMITS.keepAliveTimeout / 1_000,
  silence: SILENCE_S,
}

const program = options.program ? resolve(options.program) : await bundleGoldpan('slow/goldpan')
/** As large as the tag is: what is asked for and never read must not fit into the system's buffers. */
const TAG_BYTES = 10_000
const publicDir = join(dirname(program), 'public')
mkdirSync(publicDir, { recursive: true })
writeFileSync(join(publicDir, 'goldpan.js'), 'x'.repeat(TAG_BYTES))

const report = openReport()
await inPlace(place => withCollector(program, place, slow))
const given = { under: ['/bin/sh', '-c', `ulimit -n ${options.files}; exec "$@"`, 'sh'] }
await inPlace(place =>
  withCollector(program, place, collector => crowded(collector, options.files, report), given),
)
report.end()

async function slow(collector: CollectorProcess): Promise<void> {
  const target = targetOf(collector.url)
  const { publicKey } = await createSite(collector, 'slow')
  const next = trafficOf({ site: publicKey, eventsPerRequest: 1, load: 3 })
  const honest = (seconds: number): Promise<Tally> =>
    openLoop({ target, perSecond: options.rate, seconds, connections: 64, next })
  await honest(CALM_S)
  const calm = await honest(CALM_S)
  const rssBefore = collector.rssBytes()

  const sockets = await openAll(target)
  const { result, topRss } = await watching(collector, () => honest(options.seconds))
  report.say(
    `${whole(options.sockets)} slow sockets for ${options.seconds} s, ${options.rate} honest requests/s`,
  )
  await sockets.probe()
  for (const kind of sockets.lived.keys()) judgeKind(sockets, kind)
  sockets.close()
  judgeHonest(calm, result)
  report.promise(
    'slow senders take little memory',
    topRss - rssBefore < options.sockets * SOCKET_BYTES + ROOM_BYTES,
    `${megabytes(rssBefore)} before, ${megabytes(topRss)} at the top`,
  )
}

async function openAll(target: Target): Promise<SlowSockets> {
  const sockets = openSlowSockets(target, options.sockets)
  await sockets.connected
  return sockets
}

function judgeKind(sockets: SlowSockets, kind: SlowKind): void {
  const lived = ascending(sockets.lived.get(kind) ?? [])
  const limit = LIMIT_S[KINDS[kind].limit]
  const left = sockets.left(kind)
  const latest = lived.at(-1) ?? Number.NaN
  const told = limit === SILENCE_S ? 'by the end' : `after ${lived[0]?.toFixed(1)} to ${latest.toFixed(1)} s`
  report.promise(
    `who ${kind} is let go within ${limit} s`,
    left === 0 && (limit === SILENCE_S || latest <= limit + SLACK_S),
    `${lived.length} ${told}, ${left} never`,
  )
}

function judgeHonest(calm: Tally, meanwhile: Tally): void {
  const p99 = (tally: Tally): number => quantileOf(tally.latencies, 0.99)
  const sent = Math.round(options.rate * options.seconds)
  const taken = meanwhile.statuses[202] ?? 0
  report.promise(
    'every honest request is taken',
    taken === sent,
    `${percent(taken / sent)} of ${whole(sent)}`,
  )
  report.promise(
    'honest answers come as soon as before',
    p99(meanwhile) <= p99(calm) + LATE_MS,
    `p99 ${p99(calm).toFixed(1)} ms before, ${p99(meanwhile).toFixed(1)} ms meanwhile`,
  )
}

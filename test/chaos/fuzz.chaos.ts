import { fingerprint, openLedger } from '../support/ledger.ts'
import { optionsFrom } from '../support/options.ts'
import { lookBehind, settled } from './load/aftermath.ts'
import { type CollectorProcess, unlessEnded, withCollector } from './load/collector-process.ts'
import { sendSlice } from './load/fuzz/slice.ts'
import { memoryOf, replayedIn, reportSlice, type SliceVerdict, storedIn } from './load/fuzz/verdicts.ts'
import { inPlace } from './load/in-place.ts'
import { openReport } from './load/report.ts'
import type { Place } from './trial/place.ts'
import { bundleGoldpan } from './trial/program.ts'

/**
 * A million broken requests (docs/chaos.md): `--bodies`, `--slice` of them with a collector and a database of its own,
 * `--seed` to send the same again, `--from` a body's number, `--heap` of the collector in MB,
 * `--anew` to forget what an
 * earlier run found, `--keep` to leave the databases.
 */
const LEDGER = 'node_modules/.cache/goldpan/chaos/fuzz.json'
const PATIENCE_S = 600

/** What is said at a start, and of a flood from one address whose events are mostly refused, is no fault. */
const EXPECTED =
  /^Goldpan collector on|^No site yet|seems to be a proxy|^Most of what came|are answered 503|^A commit of/

const options = optionsFrom({
  bodies: 1_000_000,
  slice: 250_000,
  from: 0,
  seed: Date.now() % 1_000_000,
  heap: 200,
  anew: false,
  keep: false,
})
const program = await bundleGoldpan('fuzz')
const ledger = openLedger(LEDGER, fingerprint(program), options.anew)
const report = openReport()
/** A run that is cut goes on with the seed it had. */
const seed = process.argv.includes('--seed')
  ? options.seed
  : await ledger.step('seed', async () => options.seed)
report.say(`seed ${seed}`)

const given = { env: { NODE_OPTIONS: `--max-old-space-size=${options.heap}` } }
const end = options.from + options.bodies
for (let from = options.from; from < end; from += options.slice) {
  const to = Math.min(end, from + options.slice)
  const name = `bodies ${from} to ${to} of seed ${seed}`
  const verdict = await ledger.step(name, () =>
    inPlace(
      place => withCollector(program, place, collector => runSlice(collector, place, from, to), given),
      options.keep,
    ),
  )
  reportSlice(report, name, verdict)
  if (verdict.failed.length > 0 || verdict.after === null) ledger.forget(name)
  if (verdict.after === null) break
}
report.end()

async function runSlice(
  collector: CollectorProcess,
  place: Place,
  from: number,
  to: number,
): Promise<SliceVerdict> {
  const onProgress = (words: string): void => report.say(`  … ${words}`)
  const { tally, seconds, rss } = await sendSlice(collector, { seed, from, to, onProgress })
  const told = await unlessEnded(collector, () => toldBy(collector))
  const { sent, statuses, unanswered, failed } = tally
  const sending = { sent, statuses, unanswered, failed, perSecond: sent / seconds, rss: memoryOf(rss) }
  if (told === null)
    return {
      ...{ ...sending, after: null },
      ...{ exitCode: await collector.end(), complaints: faultsIn(collector.said) },
    }
  const behind = await lookBehind(collector, program, place)
  const stored = { ...storedIn(behind), ...replayedIn(behind) }
  return {
    ...{ ...sending, after: { ...told, answeredAccepted: tally.accepted, ...stored } },
    ...{ exitCode: behind.exitCode, complaints: faultsIn(collector.said) },
  }
}

/** What the collector says of itself when everything is qualified. */
async function toldBy(collector: CollectorProcess) {
  const settledS = await settled(collector, PATIENCE_S)
  const figures = await collector.figures()
  const counted = (outcome: string): number => figures.of(`goldpan_events_total{outcome="${outcome}"}`)
  return { settledS, accepted: counted('accepted'), quarantined: counted('quarantined') }
}

function faultsIn(lines: readonly string[]): readonly string[] {
  return lines.filter(line => !EXPECTED.test(line)).slice(0, 5)
}

import { openLedger } from '../support/ledger.ts'
import { measureAcks } from './ingest/ack.ts'
import { programFingerprint } from './ingest/collectors.ts'
import { syncTimes } from './ingest/cores.ts'
import { CACHE, openGround } from './ingest/ground.ts'
import { readOptions } from './ingest/options.ts'
import { ackRows, syncRow, table, tenRows } from './ingest/rows.ts'

/**
 * What the collector reaches, against the table of its goals: each row a step that a cut run does not take twice.
 * docs/benchmarks.md has the options and how to read it.
 */

const options = readOptions(process.argv.slice(2))
const ground = openGround(options)
const { leads, events, seconds, rounds } = options
const of = `${programFingerprint()} ${JSON.stringify({ leads, events, seconds, rounds })}`
const ledger = openLedger(`${CACHE}/ingest.json`, of, options.isAnew)
try {
  const sync = await ledger.step('sync', async () => syncTimes(ground.folder('sync')))
  const singles = await ledger.step('acks, 1 event', () => measureAcks(ground, 1))
  const tens = await ledger.step('acks, 10 events', () => measureAcks(ground, 10))
  const { cores } = ground
  console.log(
    cores
      ? `Servers on core ${cores.server}, the client on core ${cores.client}.`
      : 'No taskset, or one core: servers and client share what there is.',
  )
  console.log(table([syncRow(sync), ...ackRows(singles), ...tenRows(tens)]))
} finally {
  ground.clear()
}

import { openLedger } from '../support/ledger.ts'
import { openGround } from './ingest/ground.ts'
import { readOptions } from './ingest/options.ts'
import { writePicture } from './ingest/picture.ts'
import { ledgerFile, measureAll } from './ingest/steps.ts'
import { rowsOf, table } from './ingest/table.ts'

/**
 * What the collector reaches, against the table of its goals: each row a step that a cut run does not take twice.
 * docs/benchmarks.md has the options and how to read it.
 */

const options = readOptions()
const ground = await openGround(options)
const { keep, picture, isAnew, ...sizes } = options
const of = `${ground.programs.fingerprint} ${JSON.stringify(sizes)}`
try {
  const found = await measureAll(ground, openLedger(ledgerFile(options), of, isAnew))
  const { cores } = ground
  console.log(
    cores
      ? `Servers on core ${cores.server}, the client on core ${cores.client}; each server's figures are of one core.\n`
      : 'There is no taskset, or one core: servers and client share what there is.\n',
  )
  console.log(`Measured since ${found.began}; \`--anew\` begins again.\n`)
  console.log(table(rowsOf(found, options)))
  writePicture(picture, found)
  console.log(`\nDrawn: ${picture}`)
} finally {
  ground.clear()
}

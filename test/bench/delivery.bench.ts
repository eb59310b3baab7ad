import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Row, runBattery, served } from '../delivery/battery.ts'

/**
 * What is lost when a page is left, in every way and 200 times each, before a collector far away. `GOLDPAN_BENCH_RUNS`
 * asks for another number of runs.
 */
const RUNS = Number(process.env.GOLDPAN_BENCH_RUNS ?? 200)

const VARIANTS = [
  { delayMs: 150, warm: false },
  { delayMs: 600, warm: false },
  { delayMs: 150, warm: true },
]

/** From its own file, not bundled into this program: it finds the sources beside it. */
const { bundleSnippet }: typeof import('../../scripts/lib/bundle-snippet.mjs') = await import(
  pathToFileURL(resolve('scripts/lib/bundle-snippet.mjs')).href
)

const snippet = served(await bundleSnippet())
const rows: Row[] = []
for (const variant of VARIANTS) {
  const name = `${variant.delayMs} ms ${variant.warm ? 'warm' : 'cold'}`
  const startedAt = Date.now()
  const onProgress = (done: number, of: number): void => {
    const seconds = Math.round((Date.now() - startedAt) / 1_000)
    if (done % 100 === 0 || done === of) console.log(`${name}: ${done} of ${of} runs, ${seconds} s`)
  }
  rows.push(...(await runBattery({ snippet, runs: RUNS, ...variant, onProgress })))
}

console.table(rows.map(({ faults, ...row }) => row))
for (const { scenario, variant, faults } of rows)
  for (const fault of faults) console.log(`${scenario}, ${variant}: ${fault}`)
if (rows.some(({ faults }) => faults.length > 0)) process.exitCode = 1

import { readFileSync, rmSync } from 'node:fs'
import { ensureChromium } from './lib/ensure-chromium.mjs'
import { ensureDependencies } from './lib/ensure-dependencies.mjs'
import { Failure, main } from './lib/failure.mjs'
import { fromRoot } from './lib/paths.mjs'
import { elapsed } from './lib/progress.mjs'
import { runInTerminal } from './lib/run.mjs'
import { countTests } from './lib/test-report.mjs'

const REPORT = 'node_modules/.cache/goldpan/tests.json'
const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json']

/**
 * `npm test` runs everything that must pass; `npm test -- test/identity` builds and runs only those tests. A step that
 * fails does not keep the others from running, so that one run shows all that is wrong.
 */
await main(async () => {
  const filters = process.argv.slice(2)
  await ensureDependencies()
  await ensureChromium()
  rmSync(fromRoot(REPORT), { force: true })
  const vitest = [...VITEST, `--outputFile.json=${REPORT}`, ...filters]
  const failed = [
    ...(await step('Build', 'npm run build', ['scripts/build.mjs'])),
    ...(filters.length > 0 ? [] : await step('Checks', 'npm run check', ['scripts/check.mjs'])),
    ...(await step('Tests', `npx vitest run ${filters.join(' ')}`, vitest)),
  ]
  if (failed.length > 0) process.exitCode = 1
  for (const line of failed) console.log(line)
  console.log(summary())
})

/**
 * @param {string} name
 * @param {string} alone the command that runs this step alone
 * @param {readonly string[]} args
 * @returns {Promise<string[]>} what to say at the end if it failed
 */
async function step(name, alone, args) {
  console.log(`\n— ${name}`)
  const startedAt = Date.now()
  const passed = (await runInTerminal(args)) === 0
  console.log(`${passed ? '✓' : '✗'} ${name}, ${elapsed(startedAt)}`)
  return passed ? [] : [`✗ ${name} failed. This step alone: ${alone}`]
}

function summary() {
  try {
    const { passed, failed } = countTests(JSON.parse(readFileSync(fromRoot(REPORT), 'utf8')))
    return `${passed} passed, ${failed} failed`
  } catch (error) {
    throw new Failure(`The tests ended without a report: ${error instanceof Error ? error.message : error}`)
  }
}

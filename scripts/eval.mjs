import { statSync } from 'node:fs'
import { cpus } from 'node:os'
import { pathToFileURL } from 'node:url'
import { ensureDependencies } from './lib/ensure-dependencies.mjs'
import { Failure, main } from './lib/failure.mjs'
import { findChromium } from './lib/find-chromium.mjs'
import { fromRoot, ROOT } from './lib/paths.mjs'
import { step } from './lib/progress.mjs'

const ENTRY = 'test/eval/eval.ts'
const BUILT = 'node_modules/.cache/goldpan/eval/eval.js'
/** Forms worked on at a time, one a core: they wait more for the snippet's timers than for the machine. */
const TABS_PER_CORE = 3

/**
 * `npm run eval -- FOLDER [SECTION…]` measures what is understood of labelled material of others. Nothing of it is kept.
 * What there is to measure stands in test/eval/sections.ts.
 */
await main(async () => {
  const [folder = '', ...names] = process.argv.slice(2)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Failure('Which material? Give a folder that holds *.ndjson: npm run eval -- FOLDER [SECTION…]')
  await ensureDependencies()
  const { evaluateSection, sectionsNamed } = await built()
  const sections = orFailure(() => sectionsNamed(names))
  const [cpu] = cpus()
  console.log(
    `${cpu?.model}, ${cpus().length} cores, Node ${process.versions.node}, ${new Date().toISOString()}`,
  )
  for (const section of sections) {
    const lines = await step(section.name, say =>
      evaluateSection(section, folder, { browser: browsing, say }),
    )
    console.log(`${lines.join('\n')}\n`)
  }
})

/**
 * @typedef {{ readonly name: string }} Section
 * @returns {Promise<{
 *   sectionsNamed(names: readonly string[]): readonly Section[],
 *   evaluateSection(section: Section, folder: string, means: object): Promise<readonly string[]>,
 * }>}
 */
async function built() {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: ROOT,
    entryPoints: [ENTRY],
    outfile: BUILT,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'error',
  })
  return import(pathToFileURL(fromRoot(BUILT)).href)
}

async function browsing() {
  const executablePath = await findChromium()
  if (!executablePath) throw new Failure('There is no Chromium. Run npm test, which installs one.')
  const snippet = await (await import('./lib/bundle-snippet.mjs')).bundleSnippet()
  return { snippet, executablePath, tabs: cpus().length * TABS_PER_CORE }
}

/**
 * @template T
 * @param {() => T} choose
 */
function orFailure(choose) {
  try {
    return choose()
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error))
  }
}

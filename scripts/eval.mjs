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
 * `npm run eval -- FOLDER` measures the snippet and the collector's reading on labelled forms of others: the folder's
 * `forms*.ndjson`. Nothing of them is kept. How forms are scored stands in test/eval/score.ts.
 */
await main(async () => {
  const [folder = ''] = process.argv.slice(2)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Failure('Which forms? Give a folder that holds forms*.ndjson: npm run eval -- FOLDER')
  await ensureDependencies()
  const executablePath = await findChromium()
  if (!executablePath) throw new Failure('There is no Chromium. Run npm test, which installs one.')
  const snippet = await (await import('./lib/bundle-snippet.mjs')).bundleSnippet()
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
  /** @type {{ evaluateForms(options: object): Promise<readonly string[]> }} */
  const { evaluateForms } = await import(pathToFileURL(fromRoot(BUILT)).href)
  const [cpu] = cpus()
  console.log(
    `${cpu?.model}, ${cpus().length} cores, Node ${process.versions.node}, ${new Date().toISOString()}`,
  )
  const lines = await step('Forms', say =>
    evaluateForms({
      folder,
      snippet,
      executablePath,
      tabs: cpus().length * TABS_PER_CORE,
      onProgress: say,
    }),
  )
  console.log(lines.join('\n'))
})

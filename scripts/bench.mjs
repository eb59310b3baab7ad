import { readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureDependencies } from './lib/ensure-dependencies.mjs'
import { Failure, main } from './lib/failure.mjs'
import { fromRoot, ROOT } from './lib/paths.mjs'
import { runInTerminal } from './lib/run.mjs'

const FOLDER = 'test/bench'
const ENDING = '.bench.ts'
const BUILT = 'node_modules/.cache/goldpan/bench'

/**
 * The scripts find the clone's folder from where they are themselves.
 * @type {import('esbuild').Plugin}
 */
const scriptsStayWhereTheyAre = {
  name: 'scripts-stay-where-they-are',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/scripts\/lib\/.*\.mjs$/ }, ({ path, resolveDir }) => ({
      path: pathToFileURL(resolve(resolveDir, path)).href,
      external: true,
    })),
}

/**
 * `npm run bench` runs every benchmark, `npm run bench -- ingest` one, and what begins with dashes goes to it. A benchmark is a program that prints a table; what
 * the machine is stands above, because a number without it means nothing.
 */
await main(async () => {
  await ensureDependencies()
  const { build } = await import('esbuild')
  const all = readdirSync(fromRoot(FOLDER))
    .filter(file => file.endsWith(ENDING))
    .map(file => file.slice(0, -ENDING.length))
  const words = process.argv.slice(2)
  const firstOption = words.findIndex(word => word.startsWith('--'))
  const asked = firstOption < 0 ? words : words.slice(0, firstOption)
  const options = words.slice(asked.length)
  const unknown = asked.find(name => !all.includes(name))
  if (unknown) throw new Failure(`There is no benchmark “${unknown}”. The benchmarks are: ${all.join(', ')}.`)

  const [cpu] = cpus()
  console.log(
    `${cpu?.model}, ${cpus().length} cores, Node ${process.versions.node}, ${new Date().toISOString()}`,
  )
  for (const name of asked.length > 0 ? asked : all) {
    const outfile = `${BUILT}/${name}.js`
    await build({
      absWorkingDir: ROOT,
      entryPoints: [`${FOLDER}/${name}${ENDING}`],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      packages: 'external',
      plugins: [scriptsStayWhereTheyAre],
    })
    console.log(`\n${name}`)
    const code = await runInTerminal(['--enable-source-maps', outfile, ...options])
    if (code !== 0) throw new Failure(`The benchmark ${name} ended with code ${code}.`)
  }
})

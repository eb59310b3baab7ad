import { readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureDependencies } from './ensure-dependencies.mjs'
import { Failure } from './failure.mjs'
import { fromRoot, ROOT } from './paths.mjs'
import { runInTerminal } from './run.mjs'
import { withReader } from './with-reader.mjs'

const BUILT = 'node_modules/.cache/goldpan'

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
 * Runs the programs of a folder, all of them or those named on the command line; what begins with dashes goes to them. What
 * the machine is stands above, because a number without it means nothing.
 * @param {{ folder: string, ending: string, what: string }} given folder of the sources; how their names end; what one is called
 */
export async function runPrograms({ folder, ending, what }) {
  await ensureDependencies()
  const { build } = await import('esbuild')
  const all = readdirSync(fromRoot(folder))
    .filter(file => file.endsWith(ending))
    .map(file => file.slice(0, -ending.length))
  const words = process.argv.slice(2)
  const firstOption = words.findIndex(word => word.startsWith('--'))
  const asked = firstOption < 0 ? words : words.slice(0, firstOption)
  const options = words.slice(asked.length)
  const unknown = asked.find(name => !all.includes(name))
  if (unknown) throw new Failure(`There is no ${what} “${unknown}”. There are: ${all.join(', ')}.`)

  const [cpu] = cpus()
  console.log(
    `${cpu?.model}, ${cpus().length} cores, Node ${process.versions.node}, ${new Date().toISOString()}`,
  )
  for (const name of asked.length > 0 ? asked : all) {
    const outfile = `${BUILT}/${folder}/${name}.js`
    await build({
      absWorkingDir: ROOT,
      entryPoints: [`${folder}/${name}${ending}`],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      packages: 'external',
      plugins: [scriptsStayWhereTheyAre, withReader],
    })
    console.log(`\n${name}`)
    const code = await runInTerminal(['--enable-source-maps', outfile, ...options])
    if (code !== 0) throw new Failure(`The ${what} ${name} ended with code ${code}.`)
  }
}

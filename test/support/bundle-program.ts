import { resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { BUNDLES } from '../../scripts/lib/bundles.mjs'

const ENTRY = 'collector/cli/goldpan.ts'

/**
 * Bundles the `goldpan` program from the sources as they are, or a variant of it, as dist/ has it. Runs in the clone's folder.
 * @param outfile relative to it; what runs at once each has its own
 * @returns its absolute path
 */
export async function bundleProgram(outfile: string, plugins: readonly Plugin[] = []): Promise<string> {
  const bundle = BUNDLES.find(({ entry }) => entry === ENTRY)
  if (!bundle) throw new Error(`expected ${ENTRY} among what is built`)
  const { entry, runs, ...options } = bundle
  await build({
    ...options,
    absWorkingDir: process.cwd(),
    entryPoints: [entry],
    outfile,
    bundle: true,
    sourcemap: false,
    logLevel: 'error',
    plugins: [...(options.plugins ?? []), ...plugins],
  })
  return resolve(outfile)
}

/**
 * A variant of the program that has another module in place of one of its own, which only the stand-in may import still.
 * @param file path from the root @param standIn the same; it exports what the program takes from the file
 * @throws at the build when nobody asks for the file: it has moved
 */
export const inPlaceOf = (file: string, standIn: string): Plugin => ({
  name: `${standIn} in place of ${file}`,
  setup: ({ onResolve, onEnd }) => {
    const [own, other] = [resolve(file), resolve(standIn)]
    let isDone = false
    onResolve({ filter: /^\./ }, ({ path, resolveDir, importer }) => {
      if (importer === other || resolve(resolveDir, path) !== own) return null
      isDone = true
      return { path: other }
    })
    onEnd(() => (isDone ? null : { errors: [{ text: `nobody imports ${file}` }] }))
  },
})

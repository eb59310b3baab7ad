import { resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { withReader } from '../../scripts/lib/with-reader.mjs'

/**
 * Bundles the `goldpan` program from the sources as they are, or a variant of it, as dist/ has it. Runs in the clone's folder.
 * @param outfile relative to it; what runs at once each has its own
 * @returns its absolute path
 */
export async function bundleProgram(outfile: string, plugins: Plugin[] = []): Promise<string> {
  await build({
    absWorkingDir: process.cwd(),
    entryPoints: ['collector/cli/goldpan.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'error',
    plugins: [withReader, ...plugins],
  })
  return resolve(outfile)
}

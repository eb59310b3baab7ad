import { chmodSync, cpSync, existsSync, statSync } from 'node:fs'
import { build as esbuild } from 'esbuild'
import { buildSnippet } from './build-snippet.mjs'
import { BUNDLES, COPIES, SNIPPET } from './bundles.mjs'
import { Failure } from './failure.mjs'
import { fromRoot, ROOT } from './paths.mjs'
import { elapsed } from './progress.mjs'
import { removeReaders } from './with-reader.mjs'

/** @typedef {import('./bundles.mjs').Bundle} Bundle */

const SHEBANG = '#!/usr/bin/env node'

/**
 * Builds dist/ and prints what it came to. Everything that can be built is, so that one run shows all that is wrong.
 * @throws {Failure} naming each entry that is missing or broken, and a snippet too big or made of foreign parts
 */
export async function build() {
  const startedAt = Date.now()
  removeReaders('dist')
  const complaints = (await Promise.all([...BUNDLES.map(bundle), snippet()])).flat()
  for (const { from, to } of COPIES) {
    if (existsSync(fromRoot(from))) cpSync(fromRoot(from), fromRoot(to), { recursive: true })
    else complaints.push(`${to} was not made: ${from} does not exist.`)
  }
  for (const { outfile } of BUNDLES)
    if (existsSync(fromRoot(outfile))) console.log(sizeLine(statSync(fromRoot(outfile)).size, outfile))
  if (complaints.length > 0) throw new Failure(complaints.join('\n'))
  console.log(`✓ Built dist in ${elapsed(startedAt)}`)
}

/**
 * @param {Bundle} bundle
 * @returns {Promise<readonly string[]>} complaints
 */
async function bundle({ entry, runs, ...options }) {
  const { outfile } = options
  if (!existsSync(fromRoot(entry))) return [`${outfile} was not built: its entry ${entry} does not exist.`]
  try {
    await esbuild({
      ...options,
      ...(runs && { banner: { js: SHEBANG } }),
      absWorkingDir: ROOT,
      entryPoints: [entry],
      bundle: true,
      logLevel: 'error',
    })
    if (runs) chmodSync(fromRoot(outfile), 0o755)
    return []
  } catch {
    return [`${outfile} was not built from ${entry}: see the errors above.`]
  }
}

/** @returns {Promise<readonly string[]>} complaints */
async function snippet() {
  try {
    const { sizes, complaints } = await buildSnippet()
    for (const [bytes, file] of sizes) console.log(sizeLine(bytes, file))
    return complaints
  } catch (error) {
    return [`${SNIPPET} was not built: ${error instanceof Error ? error.message : error}`]
  }
}

/**
 * @param {number} bytes
 * @param {string} file
 */
const sizeLine = (bytes, file) => `  ${bytes.toLocaleString('en').padStart(9)}  ${file}`

import { chmodSync, cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build as esbuild, transform } from 'esbuild'
import {
  BUNDLES,
  COPIES,
  SNIPPET,
  SNIPPET_BUDGET_BYTES,
  SNIPPET_SCRIPT,
  SNIPPET_SOURCES,
} from './bundles.mjs'
import { Failure } from './failure.mjs'
import { fromRoot, ROOT } from './paths.mjs'
import { elapsed } from './progress.mjs'

/** @typedef {import('./bundles.mjs').Bundle} Bundle */
/** @typedef {import('esbuild').Metafile} Metafile */

const SHEBANG = '#!/usr/bin/env node'

/**
 * Builds dist/ and prints what it came to. Everything that can be built is, so that one run shows all that is wrong.
 * @throws {Failure} naming each entry that is missing or broken, and a snippet too big or made of foreign parts
 */
export async function build() {
  const startedAt = Date.now()
  const complaints = (await Promise.all(BUNDLES.map(bundle))).flat()
  for (const { from, to } of COPIES) {
    if (existsSync(fromRoot(from))) cpSync(fromRoot(from), fromRoot(to), { recursive: true })
    else complaints.push(`${to} was not made: ${from} does not exist.`)
  }
  for (const line of sizes()) console.log(line)
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
    const { metafile } = await esbuild({
      ...options,
      ...(runs && { banner: { js: SHEBANG } }),
      absWorkingDir: ROOT,
      entryPoints: [entry],
      bundle: true,
      metafile: true,
      logLevel: 'error',
    })
    if (runs) chmodSync(fromRoot(outfile), 0o755)
    if (outfile !== SNIPPET) return []
    await minifyAgain(fromRoot(outfile))
    return [...foreignParts(metafile), ...overBudget(metafile)]
  } catch {
    return [`${outfile} was not built from ${entry}: see the errors above.`]
  }
}

/**
 * Names given to the whole program at once repeat more than names given file by file: 2 % less after Brotli.
 * @param {string} file a module, which becomes a plain script
 */
async function minifyAgain(file) {
  const { code } = await transform(readFileSync(file, 'utf8'), SNIPPET_SCRIPT)
  writeFileSync(file, code)
}

/**
 * @param {Metafile} metafile
 * @returns {string[]}
 */
const foreignParts = metafile =>
  Object.keys(metafile.inputs)
    .filter(input => !SNIPPET_SOURCES.some(folder => input.startsWith(folder)))
    .map(input => {
      const importer = Object.entries(metafile.inputs).find(([, { imports }]) =>
        imports.some(({ path }) => path === input),
      )
      return `${SNIPPET} may hold only ${SNIPPET_SOURCES.join(' and ')}, and ${importer?.[0]} imports ${input}.`
    })

/**
 * Writes the compressed forms beside the snippet and weighs it.
 * @param {Metafile} metafile
 * @returns {string[]}
 */
function overBudget(metafile) {
  const code = readFileSync(fromRoot(SNIPPET))
  const brotli = brotliCompressSync(code, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: code.length,
    },
  })
  writeFileSync(fromRoot(`${SNIPPET}.br`), brotli)
  writeFileSync(fromRoot(`${SNIPPET}.gz`), gzipSync(code, { level: 9 }))
  if (brotli.length <= SNIPPET_BUDGET_BYTES) return []
  const largest = Object.entries(metafile.outputs[SNIPPET]?.inputs ?? {})
    .sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
    .slice(0, 5)
    .map(([input, { bytesInOutput }]) => `\n  ${bytes(bytesInOutput)}  ${input}`)
  return [
    `${SNIPPET} is ${bytes(brotli.length).trim()} bytes after Brotli, over its budget of ${bytes(SNIPPET_BUDGET_BYTES).trim()}. Its largest parts, before:${largest.join('')}`,
  ]
}

/** One line per built file, its bytes first; the snippet's also as it travels. */
function sizes() {
  const built = BUNDLES.map(({ outfile }) => outfile).filter(outfile => existsSync(fromRoot(outfile)))
  return [...built, `${SNIPPET}.gz`, `${SNIPPET}.br`]
    .filter(file => existsSync(fromRoot(file)))
    .map(file => {
      const budget = file === `${SNIPPET}.br` ? ` (budget ${SNIPPET_BUDGET_BYTES.toLocaleString('en')})` : ''
      return `  ${bytes(statSync(fromRoot(file)).size)}  ${file}${budget}`
    })
}

/** @param {number} count */
const bytes = count => count.toLocaleString('en').padStart(9)

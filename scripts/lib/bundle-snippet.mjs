import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { minify } from 'terser'
import { CHUNKS } from './bundles.mjs'
import { ROOT } from './paths.mjs'

/** @typedef {import('esbuild').Metafile} Metafile */

/**
 * @typedef {object} Snippet
 * @property {string} code the script of the tag
 * @property {Readonly<Record<string, string>>} chunks code of the modules it loads when asked for, by name
 * @property {string} chunkVersion part of the chunks' file names: changes with any of them
 * @property {Metafile['inputs']} inputs the files the script is made of
 * @property {readonly [bytes: number, input: string][]} largest its parts before compression, the largest first
 */

/**
 * Bundles the snippet in memory: its chunks first, whose version the script names.
 * @returns {Promise<Snippet>}
 */
export async function bundleSnippet() {
  const parts = await Promise.all(
    Object.entries(CHUNKS).map(
      async ([name, entry]) => /** @type {const} */ ([name, (await bundle(entry)).code]),
    ),
  )
  const chunks = Object.fromEntries(parts)
  const chunkVersion = versionOf(parts.join())
  const { code, inputs, largest } = await bundle('snippet/entry.ts', { CHUNK_VERSION: `"${chunkVersion}"` })
  return { code: `(()=>{${code.replace(/;?\n?$/, '')}})()`, chunks, chunkVersion, inputs, largest }
}

/** @param {string} text */
export const versionOf = text => createHash('sha256').update(text).digest('hex').slice(0, 8)

/** @param {string | Uint8Array} code */
export const brotli = code =>
  brotliCompressSync(code, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: code.length,
    },
  })

/** @param {string | Uint8Array} code */
export const gzip = code => gzipSync(code, { level: 9 })

/**
 * One file with everything in it. esbuild resolves, terser minifies: it knows the whole program, 3 % less after Brotli.
 * @param {string} entry
 * @param {Record<string, string>} [define]
 */
async function bundle(entry, define = {}) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
    minifySyntax: true,
    logLevel: 'error',
    define,
  })
  const { code = '' } = await minify(outputFiles[0]?.text ?? '', {
    module: true,
    ecma: 2020,
    compress: { passes: 4, unsafe_arrows: true, unsafe_methods: true, pure_getters: true, keep_fargs: false },
  })
  const [output] = Object.values(metafile.outputs)
  const largest = Object.entries(output?.inputs ?? {})
    .map(([input, { bytesInOutput }]) => /** @type {[number, string]} */ ([bytesInOutput, input]))
    .sort(([a], [b]) => b - a)
  return { code, inputs: metafile.inputs, largest }
}

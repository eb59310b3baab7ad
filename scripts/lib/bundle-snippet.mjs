import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { minify } from 'terser'
import { CHUNKS, COMPANIONS } from './bundles.mjs'
import { ROOT } from './paths.mjs'

/** @typedef {import('esbuild').Metafile} Metafile */

/**
 * @typedef {object} Snippet
 * @property {string} code the script of the tag
 * @property {Readonly<Record<string, string>>} chunks code of the modules it loads when asked for, by name
 * @property {Readonly<Record<string, string>>} companions code of the scripts that a page may add beside it, by file
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
  const { code, inputs, largest } = await bundle('snippet/entry.ts', {
    define: { CHUNK_VERSION: `"${chunkVersion}"` },
    asScript: true,
  })
  const companions = Object.fromEntries(
    await Promise.all(
      Object.entries(COMPANIONS).map(
        async ([file, entry]) =>
          /** @type {const} */ ([file, (await bundle(entry, { asScript: true })).code]),
      ),
    ),
  )
  return { code, chunks, companions, chunkVersion, inputs, largest }
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
 * How terser may write the same program; which is the smallest after Brotli nobody can tell beforehand.
 * @type {readonly import('terser').CompressOptions[]}
 */
const WAYS = [
  { inline: 0 },
  { inline: 1 },
  { inline: 3 },
  { inline: 1, conditionals: false },
  { inline: 1, if_return: false },
  { inline: 1, sequences: false },
]

/**
 * One file with everything in it. esbuild resolves, terser minifies: it knows the whole program, 3 % less after Brotli.
 * @param {string} entry
 * @param {{ readonly define?: Record<string, string>, readonly asScript?: boolean }} [options] a script is a function of
 * its own, and nothing that a page has changed can make it throw
 */
async function bundle(entry, { define = {}, asScript = false } = {}) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2021',
    charset: 'utf8',
    legalComments: 'none',
    minifySyntax: true,
    logLevel: 'error',
    define,
  })
  const written = await Promise.all(WAYS.map(way => minified(outputFiles[0]?.text ?? '', way)))
  const [code = ''] = written
    .map(text => (asScript ? `(()=>{try{${text}}catch{}})()` : text))
    .sort((a, b) => brotli(a).length - brotli(b).length)
  const [output] = Object.values(metafile.outputs)
  const largest = Object.entries(output?.inputs ?? {})
    .map(([input, { bytesInOutput }]) => /** @type {[number, string]} */ ([bytesInOutput, input]))
    .sort(([a], [b]) => b - a)
  return { code, inputs: metafile.inputs, largest }
}

/**
 * @param {string} text
 * @param {import('terser').CompressOptions} way
 */
async function minified(text, way) {
  const { code = '' } = await minify(text, {
    module: true,
    ecma: 2020,
    compress: {
      ...way,
      passes: 4,
      unsafe_arrows: true,
      unsafe_methods: true,
      pure_getters: true,
      keep_fargs: false,
    },
  })
  return code.replace(/;?\n?$/, '')
}

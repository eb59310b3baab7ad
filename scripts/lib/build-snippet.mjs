import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { build as esbuild } from 'esbuild'
import typescript from 'typescript'
import { brotli, bundleSnippet, gzip, versionOf } from './bundle-snippet.mjs'
import {
  CHUNK_BUDGET_BYTES,
  MODULE,
  PUBLIC,
  RELEASES,
  SNIPPET,
  SNIPPET_BUDGET_BYTES,
  SNIPPET_SOURCES,
} from './bundles.mjs'
import { fromRoot, ROOT } from './paths.mjs'

/** @satisfies {import('esbuild').BuildOptions} */
const MODULE_OPTIONS = {
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'browser',
  format: 'esm',
  target: 'es2021',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'error',
}

/**
 * Writes what browsers load into dist/public: the moving `goldpan.js`, the same file under a name of its own that never
 * changes its content, the chunks, and `manifest.json` that says which file is which, with its SRI hash. Each also
 * compressed.
 * @returns {Promise<{ sizes: readonly (readonly [bytes: number, file: string])[], complaints: readonly string[] }>}
 */
export async function buildSnippet() {
  const { code, chunks, companions, chunkVersion, inputs, largest } = await bundleSnippet()
  const versioned = `goldpan.${versionOf(code)}.js`
  const chunkFiles = Object.entries(chunks).map(
    ([name, text]) => /** @type {const} */ ([`goldpan.${name}.${chunkVersion}.js`, text]),
  )
  rmSync(fromRoot(PUBLIC), { recursive: true, force: true })
  mkdirSync(fromRoot(PUBLIC), { recursive: true })
  // pages that pin a file of an earlier release go on finding it
  if (existsSync(fromRoot(RELEASES))) cpSync(fromRoot(RELEASES), fromRoot(PUBLIC), { recursive: true })
  const weights = [['goldpan.js', code], [versioned, code], ...chunkFiles, ...Object.entries(companions)].map(
    ([file = '', text = '']) => /** @type {const} */ ([write(file, text), `${PUBLIC}/${file}.br`]),
  )
  writeFileSync(
    fromRoot(`${PUBLIC}/manifest.json`),
    JSON.stringify({
      file: versioned,
      integrity: integrityOf(code),
      chunks: chunkFiles.map(([file]) => file),
    }),
  )
  await writeModule(chunkVersion)
  const [[coreBytes] = [0], , ...chunkWeights] = weights
  return {
    sizes: weights.map(([bytes, file], at) =>
      at === 0 ? [bytes, `${file} (budget ${SNIPPET_BUDGET_BYTES.toLocaleString('en')})`] : [bytes, file],
    ),
    complaints: [
      ...foreignParts(inputs),
      ...(coreBytes > SNIPPET_BUDGET_BYTES ? [tooBig(coreBytes, largest)] : []),
      ...chunkWeights
        .filter(([bytes]) => bytes > CHUNK_BUDGET_BYTES)
        .map(([bytes, file]) => `${file} is ${bytes} bytes, over its budget of ${CHUNK_BUDGET_BYTES}.`),
    ],
  }
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {number} bytes after Brotli
 */
function write(file, text) {
  const compressed = brotli(text)
  const path = fromRoot(`${PUBLIC}/${file}`)
  writeFileSync(path, text)
  writeFileSync(`${path}.br`, compressed)
  writeFileSync(`${path}.gz`, gzip(text))
  return compressed.length
}

/**
 * The snippet as an ES module, whose core is loaded when it is started, and its types.
 * @param {string} chunkVersion
 */
async function writeModule(chunkVersion) {
  await esbuild({
    ...MODULE_OPTIONS,
    absWorkingDir: ROOT,
    entryPoints: { [MODULE.name]: MODULE.entry },
    outdir: MODULE.folder,
    // in a bundle the script that runs is the app's, not our tag
    define: { CHUNK_VERSION: `"${chunkVersion}"`, 'document.currentScript': 'null' },
  })
  const source = readFileSync(fromRoot(MODULE.entry), 'utf8')
  const { outputText } = typescript.transpileDeclaration(source, { fileName: MODULE.entry })
  writeFileSync(fromRoot(`${MODULE.folder}/${MODULE.name}.d.ts`), outputText)
}

/** @param {string} text */
const integrityOf = text => `sha384-${createHash('sha384').update(text).digest('base64')}`

/**
 * @param {number} coreBytes
 * @param {readonly [bytes: number, input: string][]} largest
 */
const tooBig = (coreBytes, largest) =>
  `${SNIPPET} is ${coreBytes.toLocaleString('en')} bytes after Brotli, over its budget of ${SNIPPET_BUDGET_BYTES.toLocaleString('en')}. Its largest parts, before:${largest
    .slice(0, 5)
    .map(([bytes, input]) => `\n  ${bytes.toLocaleString('en').padStart(9)}  ${input}`)
    .join('')}`

/**
 * @param {import('esbuild').Metafile['inputs']} inputs
 * @returns {string[]}
 */
const foreignParts = inputs =>
  Object.keys(inputs)
    .filter(input => !SNIPPET_SOURCES.some(folder => input.startsWith(folder)))
    .map(input => {
      const importer = Object.entries(inputs).find(([, { imports }]) =>
        imports.some(({ path }) => path === input),
      )
      return `${SNIPPET} may hold only ${SNIPPET_SOURCES.join(' and ')}, and ${importer?.[0]} imports ${input}.`
    })

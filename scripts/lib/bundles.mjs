import { withReader } from './with-reader.mjs'

/**
 * What is built from what. The browser's bundles hold everything; a program's packages stay outside, installed beside it.
 * @typedef {import('esbuild').BuildOptions & { readonly entry: string, readonly outfile: string, readonly runs?: true }} Bundle
 */

/** Where the collector looks for what it serves to browsers: every file as it is and compressed beside it. */
export const PUBLIC = 'dist/public'

/** The snippet: the file whose content changes with each release. */
export const SNIPPET = `${PUBLIC}/goldpan.js`

/** What the snippet loads only when it is needed: `goldpan.<name>.<version>.js` beside it. */
export const CHUNKS = {
  debug: 'snippet/chunks/debug.ts',
  domains: 'snippet/chunks/domains.ts',
  forms: 'snippet/chunks/forms.ts',
  vitals: 'snippet/chunks/vitals.ts',
}

/** Scripts that a page may add beside the snippet, by the file they are served as. */
export const COMPANIONS = { 'goldpan-forms.js': 'snippet/progressive/entry.ts' }

/** Immutable files of earlier releases, kept so that pages which pin one go on finding it. */
export const RELEASES = 'snippet/releases'

/** Bytes of a chunk after Brotli 11, at most (snippet.md, What it must reach). */
export const CHUNK_BUDGET_BYTES = 3_200

/** The same for bundlers: an ES module and its types. */
export const MODULE = { entry: 'snippet/module.ts', folder: 'dist/module', name: 'goldpan' }

/** Bytes of the snippet as a browser fetches it, after Brotli 11 (our choice: every feature at a quarter of Matomo's size). */
export const SNIPPET_BUDGET_BYTES = 4_096

/** The folders a snippet may be made of: no package is worth its bytes on somebody else's page. */
export const SNIPPET_SOURCES = ['snippet/', 'shared/']

/** @satisfies {import('esbuild').BuildOptions} */
const BROWSER = { platform: 'browser', minify: true, legalComments: 'none' }

/** @satisfies {import('esbuild').BuildOptions} */
const NODE = {
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  sourcemap: 'linked',
  plugins: [withReader],
}

/** @type {readonly Bundle[]} */
export const BUNDLES = [
  {
    entry: 'demo-site/browser/panel.ts',
    outfile: 'dist/demo/panel.js',
    ...BROWSER,
    format: 'esm',
    target: 'es2022',
  },
  { entry: 'collector/cli/goldpan.ts', outfile: 'dist/goldpan.js', ...NODE, runs: true },
  { entry: 'demo-site/main.ts', outfile: 'dist/demo.js', ...NODE },
]

/** @type {readonly { readonly from: string, readonly to: string }[]} */
export const COPIES = [
  { from: 'demo-site/styles', to: 'dist/demo' },
  { from: 'demo-site/assets', to: 'dist/demo/assets' },
]

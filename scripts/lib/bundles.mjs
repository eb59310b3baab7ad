/**
 * What is built from what. The browser's bundles hold everything; a program's packages stay outside, installed beside it.
 * @typedef {import('esbuild').BuildOptions & { readonly entry: string, readonly outfile: string, readonly runs?: true }} Bundle
 */

/** Where the snippet lands. The collector serves it, or the compressed file beside it. */
export const SNIPPET = 'dist/public/goldpan.js'

/** Bytes of the snippet as a browser fetches it, after Brotli 11 (our choice: every feature at a quarter of Matomo's size). */
export const SNIPPET_BUDGET_BYTES = 4_096

/** The folders a snippet may be made of: no package is worth its bytes on somebody else's page. */
export const SNIPPET_SOURCES = ['snippet/', 'shared/']

/** @satisfies {import('esbuild').BuildOptions} */
const BROWSER = { platform: 'browser', minify: true, legalComments: 'none' }

/**
 * The snippet is bundled as a module first, and that module then becomes the script.
 * @satisfies {import('esbuild').BuildOptions}
 */
export const SNIPPET_MODULE = { ...BROWSER, charset: 'utf8', format: 'esm', target: 'es2020' }

/** @satisfies {import('esbuild').TransformOptions} */
export const SNIPPET_SCRIPT = { minify: true, charset: 'utf8', format: 'iife', target: 'es2020' }

/** @satisfies {import('esbuild').BuildOptions} */
const NODE = {
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  sourcemap: 'linked',
}

/** @type {readonly Bundle[]} */
export const BUNDLES = [
  { entry: 'snippet/entry.ts', outfile: SNIPPET, ...SNIPPET_MODULE },
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

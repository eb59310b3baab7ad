import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fromRoot, ROOT } from './paths.mjs'

const ENTRY = 'collector/storage/sqlite/reader-entry.ts'
const NAME = 'goldpan-reader'

/**
 * Builds the program of the threads that read the database.
 * @param {Pick<typeof import('esbuild'), 'build'>} esbuild
 * @returns {Promise<string>} its text
 */
async function readerText(esbuild) {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: [ENTRY],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'error',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

/**
 * Writes the reader to a file in one step: whoever starts one meanwhile has the one before, or this one.
 * @param {string} path from the root
 */
export async function writeReader(path) {
  writeWhole(fromRoot(path), await readerText(await import('esbuild')))
}

/**
 * For the build of a program that serves: builds the reader beside it, under a name of its content, and tells the program that
 * name. So a program finds the reader of its own build, or none.
 * @type {import('esbuild').Plugin}
 */
export const withReader = {
  name: 'with-reader',
  setup: async ({ initialOptions, esbuild }) => {
    const text = await readerText(esbuild)
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 12)
    const file = `${NAME}.${hash}.mjs`
    const folder = dirname(resolve(initialOptions.absWorkingDir ?? '.', initialOptions.outfile ?? ''))
    writeWhole(join(folder, file), text)
    initialOptions.define = { ...initialOptions.define, READER_FILE: JSON.stringify(`./${file}`) }
  },
}

/**
 * Takes readers of earlier builds out of a folder.
 * @param {string} folder from the root
 */
export function removeReaders(folder) {
  const there = existsSync(fromRoot(folder)) ? readdirSync(fromRoot(folder)) : []
  for (const file of there) if (file.startsWith(`${NAME}.`)) rmSync(fromRoot(`${folder}/${file}`))
}

/**
 * @param {string} path
 * @param {string} text
 */
function writeWhole(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  const making = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`
  writeFileSync(making, text)
  renameSync(making, path)
}

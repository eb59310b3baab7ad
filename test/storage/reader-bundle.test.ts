import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { describe, expect, it, onTestFinished } from 'vitest'
import { withReader } from '../../scripts/lib/with-reader.mjs'
import { tempDir } from '../support/temp-dir.ts'

const run = promisify(execFile)

/** Opens a store as a collector does, asks both its readers, and leaves it open. */
const PROGRAM = `
import { openServingStore } from './collector/storage/open.ts'
const store = await openServingStore('sqlite:' + process.argv[2])
const { facts } = await store.counts('demo')
console.log(facts, (await store.subjects('demo', '', 1)).length)
`

/** Below node_modules, so that the driver is found from there. */
async function bundled(): Promise<{ readonly folder: string; readonly program: string }> {
  const folder = mkdtempSync(resolve('node_modules/.cache/reader-bundle-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const program = join(folder, 'program.mjs')
  await build({
    stdin: { contents: PROGRAM, resolveDir: resolve('.') },
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'error',
    plugins: [withReader],
  })
  return { folder, program }
}

describe('a program built with its reader', () => {
  it('finds it wherever it runs, and is not kept alive by it', async () => {
    const { program } = await bundled()
    const cwd = tempDir()
    const { stdout } = await run(process.execPath, [program, 'goldpan.db'], { cwd })
    expect(stdout).toBe('0 0\n')
    expect(existsSync(join(cwd, 'goldpan.db'))).toBe(true)
  })

  it('takes no other one: it says which is missing, and does not start', async () => {
    const { folder, program } = await bundled()
    const [reader = ''] = readdirSync(folder).filter(file => file.startsWith('goldpan-reader.'))
    rmSync(join(folder, reader))
    const running = run(process.execPath, [program, 'goldpan.db'], { cwd: tempDir() })
    await expect(running).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(reader) })
    await expect(running).rejects.toMatchObject({ stderr: expect.stringContaining('npm run build') })
  })
})

it.each(['dist/goldpan.js', 'dist/demo.js'])(
  '%s has its reader beside it, and there is no other',
  program => {
    const named = new Set(readFileSync(program, 'utf8').match(/goldpan-reader\.[0-9a-f]{12}\.mjs/g))
    expect([...named]).toEqual(readdirSync('dist').filter(file => file.startsWith('goldpan-reader.')))
    expect(named.size).toBe(1)
  },
)

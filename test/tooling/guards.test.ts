import { execFile } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHECKS } from '../../scripts/lib/checks.mjs'

/**
 * The guards of this repository, each provoked once: a copy of the tree with every fault planted in it, where each guard
 * must fail and name the place. CONTRIBUTING.md tells how to do the same by hand.
 */
const ROOT = process.cwd()
const LEFT_OUT = new Set(['node_modules', '.git', 'dist', 'data', 'coverage'])
const TIMEOUT_MS = 120_000

let copy: string

beforeAll(() => {
  copy = realpathSync(mkdtempSync(join(tmpdir(), 'goldpan-guards-')))
  cpSync(ROOT, copy, { recursive: true, filter: path => !LEFT_OUT.has(relative(ROOT, path).split(sep)[0]!) })
  linkPackages()
  plant()
})

afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** The packages are shared with the real tree; the caches beside them, which the checks write, are the copy's own. */
function linkPackages() {
  mkdirSync(join(copy, 'node_modules/.cache'), { recursive: true })
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name !== '.cache') symlinkSync(join(ROOT, 'node_modules', name), join(copy, 'node_modules', name))
  }
}

function plant() {
  write(
    'collector/scoring/planted-file.ts',
    "import { readFileSync } from 'node:fs'\n\nexport const read = readFileSync\n",
  )
  write('collector/scoring/planted-clock.ts', 'export const today = () => Date.now()\n')
  write('collector/access/planted-env.ts', 'export const home = process.env.HOME\n')
  write('collector/attic/planted-room.ts', "export { type Fact } from '../contracts/facts.ts'\n")
  write(
    'snippet/planted-validator.ts',
    "import Type from 'typebox'\n\nexport const planted = Type.String()\n",
  )
  append('snippet/entry.ts', "import { planted } from './planted-validator.ts'\nconsole.log(planted)\n")
  append('shared/time.ts', '\nexport const plantedExport = 1\nexport const plantedError: string = 1\n')
}

const write = (path: string, text: string) => {
  mkdirSync(join(copy, path, '..'), { recursive: true })
  writeFileSync(join(copy, path), text)
}

const append = (path: string, text: string) => appendFileSync(join(copy, path), text)

/** Runs a script of the copy, as npm would. */
const script = (...args: readonly string[]) =>
  new Promise<{ failed: boolean; output: string }>(resolve => {
    execFile(process.execPath, [...args], { cwd: copy, maxBuffer: 64_000_000 }, (error, stdout, stderr) =>
      resolve({ failed: error !== null, output: stdout + stderr }),
    )
  })

describe.concurrent('each guard fails and names the place', { timeout: TIMEOUT_MS }, () => {
  it('import rules: a pure room with a file system, a snippet with a validator, a room without a row', async () => {
    const { failed, output } = await script('scripts/check.mjs', 'imports')
    expect(failed).toBe(true)
    expect(output).toContain('what scoring may import: collector/scoring/planted-file.ts → fs')
    expect(output).toMatch(
      /what snippet may import: snippet\/planted-validator\.ts → \S*node_modules\/typebox\//,
    )
    expect(output).toContain('every file is in a room: collector/attic/planted-room.ts')
    expect(output).toContain('no orphans: collector/scoring/planted-clock.ts')
  })

  it('lint: a pure room with a clock, a room that reads the environment', async () => {
    const { failed, output } = await script('scripts/check.mjs', 'style')
    expect(failed).toBe(true)
    expect(output).toMatch(/collector\/scoring\/planted-clock\.ts:1:28 plugin/)
    expect(output).toContain('A pure room reads no clock')
    expect(output).toMatch(/collector\/access\/planted-env\.ts:1:21 lint\/style\/noProcessEnv/)
  })

  it('unused code: an export that nobody imports, a file that nobody needs', async () => {
    const { failed, output } = await script('scripts/check.mjs', 'unused')
    expect(failed).toBe(true)
    expect(output).toMatch(/plantedExport\s+shared\/time\.ts:\d+/)
    expect(output).toMatch(/^collector\/scoring\/planted-file\.ts/m)
  })

  it('types: a number where a text is promised', async () => {
    const { failed, output } = await script(...CHECKS.types.args, 'shared')
    expect(failed).toBe(true)
    expect(output).toMatch(
      /shared\/time\.ts\(\d+,14\): error TS2322: Type 'number' is not assignable to type 'string'/,
    )
  })

  it('build: a snippet with a package in it, over its budget', async () => {
    const { failed, output } = await script('scripts/build.mjs')
    expect(failed).toBe(true)
    expect(output).toMatch(/goldpan\.js may hold only snippet\/ and shared\/, and \S+ imports \S*typebox/)
    expect(output).toMatch(/goldpan\.js is [\d,]+ bytes after Brotli, over its budget of 4,096/)
  })
})

import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { BUNDLES } from '../../../scripts/lib/bundles.mjs'
import { fingerprint } from '../../support/ledger.ts'

/** The program that is measured: built as dist/ is, from the sources as they were when the benchmark began. */
export interface Programs {
  readonly whole: string
  /**
   * The same with its qualifier at rest: what the durable answer costs alone. What it records stays dirty, and the whole program
   * goes on from there.
   */
  readonly alone: string
  /** results of another program are no results */
  readonly fingerprint: string
}

const ENTRY = 'collector/cli/goldpan.ts'
const QUALIFIER = 'function startQualifier(given) {'
const AT_REST = ' return { wake() {}, settle: async () => {}, stop: async () => {} };'

export async function buildPrograms(folder: string): Promise<Programs> {
  const bundle = BUNDLES.find(({ entry }) => entry === ENTRY)
  if (!bundle) throw new Error(`expected ${ENTRY} among what is built`)
  const { entry, runs, ...options } = bundle
  const whole = resolve(folder, 'goldpan.mjs')
  await build({
    ...options,
    entryPoints: [entry],
    bundle: true,
    outfile: whole,
    sourcemap: false,
    logLevel: 'error',
  })
  return { whole, alone: withQualifierAtRest(whole, folder), fingerprint: fingerprint(whole) }
}

function withQualifierAtRest(program: string, folder: string): string {
  const [before, after, ...more] = readFileSync(program, 'utf8').split(QUALIFIER)
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(
      `expected “${QUALIFIER}” once in the program; the benchmark has to be taught its new name`,
    )
  const path = join(folder, 'goldpan-alone.mjs')
  writeFileSync(path, `${before}${QUALIFIER}${AT_REST}${after}`)
  return path
}

import { resolve } from 'node:path'
import { bundleProgram, inPlaceOf } from '../../support/bundle-program.ts'
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

const atRest = inPlaceOf('collector/qualify/qualifier.ts', 'test/chaos/programs/resting-qualifier.ts')

/** @param folder below node_modules, so that packages are found from there */
export async function buildPrograms(folder: string): Promise<Programs> {
  const whole = await bundleProgram(resolve(folder, 'goldpan.mjs'))
  const alone = await bundleProgram(resolve(folder, 'goldpan-alone.mjs'), [atRest])
  return { whole, alone, fingerprint: fingerprint(whole) }
}

import type { TestProject } from 'vitest/node'
import { writeReader } from '../../scripts/lib/with-reader.mjs'

/** Where a collector that runs from source looks for it (collector/storage/sqlite/reader-file.ts). */
const READER = 'node_modules/.cache/goldpan/reader.mjs'

/** Builds what readers of the database run, before the tests, and again before tests that are run anew: it is never stale. */
export async function setup(project: TestProject): Promise<void> {
  await writeReader(READER)
  project.onTestsRerun(() => writeReader(READER))
}

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { StoreError } from '../store.ts'

/** The reader that was built with this program, by its content, beside it (scripts/lib/with-reader.mjs). */
declare const READER_FILE: string | undefined

/** Where the tests build it: run from source there is no file beside, for Node 20 starts no worker of TypeScript. */
const FOR_SOURCE = '../../../node_modules/.cache/goldpan/reader.mjs'

/**
 * The program that a reader's thread runs. Its name changes with its content, so none of another build is ever taken.
 * @throws StoreError `unavailable` when it is not there
 */
export function readerFile(): string {
  const isBuilt = typeof READER_FILE === 'string'
  const file = fileURLToPath(new URL(isBuilt ? READER_FILE : FOR_SOURCE, import.meta.url))
  if (existsSync(file)) return file
  throw new StoreError(
    'unavailable',
    `${file}, which answers reports, is not there. ${isBuilt ? FIX : SOURCE_FIX}`,
  )
}

const FIX =
  'It belongs to this very build: install the release anew, or say `npm run build`, and start the collector again.'

const SOURCE_FIX =
  'The tests build it (test/support/build-reader.ts); a bundle is built with scripts/lib/with-reader.mjs.'

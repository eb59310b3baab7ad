import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A directory that goes with its test. */
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'goldpan-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

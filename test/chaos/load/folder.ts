import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Gives a trial a folder with the model that comes with Goldpan, and takes it away again, whatever happened.
 * @param isKept leaves it there, to look at
 */
export async function inFolder<T>(act: (folder: string) => Promise<T>, isKept = false): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'goldpan-chaos-'))
  try {
    copyFileSync('goldpan.yaml', join(folder, 'goldpan.yaml'))
    return await act(folder)
  } finally {
    if (isKept) console.log(`kept: ${folder}`)
    else rmSync(folder, { recursive: true, force: true })
  }
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makePlace, type Place } from '../trial/place.ts'

/**
 * Gives a trial an installation of its own, and takes it away again, whatever happened.
 * @param isKept leaves it there, to look at
 */
export async function inPlace<T>(act: (place: Place) => Promise<T>, isKept = false): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'goldpan-chaos-'))
  try {
    return await act(makePlace(folder))
  } finally {
    if (isKept) console.log(`kept: ${folder}`)
    else rmSync(folder, { recursive: true, force: true })
  }
}

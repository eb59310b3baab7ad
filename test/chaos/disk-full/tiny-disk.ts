import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const MB = 1_000_000

/** A small disk of its own, in memory. */
export interface TinyDisk {
  readonly folder: string
  /** Fills it up, but for so much. */
  fill(leftBytes: number): void
  makeRoom(): void
  remove(): void
}

/** @returns null where this user may mount none */
export function mountTinyDisk(folder: string, megabytes: number): TinyDisk | null {
  mkdirSync(folder, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', folder], { stdio: 'ignore' })
  } catch {
    return null
  }
  const filler = join(folder, 'filler')
  return {
    folder,
    fill: leftBytes => fill(folder, filler, leftBytes),
    makeRoom: () => rmSync(filler, { force: true }),
    remove: () => {
      execFileSync('umount', [folder])
    },
  }
}

/** Others write meanwhile, so it goes by what is free. */
function fill(folder: string, filler: string, leftBytes: number): void {
  const file = openSync(filler, 'a')
  try {
    for (let free = freeIn(folder) - leftBytes; free > 0; free = freeIn(folder) - leftBytes)
      writeSync(file, Buffer.alloc(Math.min(free, MB)))
  } finally {
    closeSync(file)
  }
}

function freeIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Say, saying } from '../../support/say.ts'
import { type Cores, takeCores } from './cores.ts'
import type { Options } from './options.ts'
import { buildPrograms, type Programs } from './program.ts'

/** What every measurement stands on. */
export interface Ground {
  readonly options: Options
  readonly cores: Cores | null
  readonly programs: Programs
  /** a new folder on the disk of the clone, which goes at the end: a folder for temporary files may be in memory, where nothing syncs */
  folder(name: string): string
  readonly say: Say
  clear(): void
}

export const CACHE = 'node_modules/.cache/goldpan/bench'

export async function openGround(options: Options): Promise<Ground> {
  mkdirSync(CACHE, { recursive: true })
  clearOrphans()
  const own = mkdtempSync(join(CACHE, `ingest-of-${process.pid}-`))
  const programs = await buildPrograms(own)
  return {
    options,
    programs,
    cores: takeCores(),
    folder: name => {
      const path = join(own, name)
      mkdirSync(path)
      return path
    },
    say: saying(),
    clear: () => rmSync(own, { recursive: true, force: true }),
  }
}

/** What runs that were killed have left: their databases may be large. */
function clearOrphans(): void {
  for (const name of readdirSync(CACHE)) {
    const pid = /^ingest-of-(\d+)-/.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(CACHE, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // somebody else's process lives, too
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

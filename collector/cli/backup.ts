import { resolve } from 'node:path'
import { backupStore } from '../storage/open.ts'
import type { BackupReport } from '../storage/upkeep.ts'
import { existingConfig } from './existing-store.ts'
import { type Command, type Io, UsageError } from './io.ts'
import { onTerminal } from './model-desk.ts'
import { startProgress } from './progress.ts'
import { rowsInWords } from './rows-in-words.ts'
import { readArgs } from './usage.ts'
import { bytesInWords } from './words.ts'

export const BACKUP_USAGE = 'goldpan backup FILE [--verify] [--force] [--json]'

const OPTIONS = {
  verify: { type: 'boolean' },
  force: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

/**
 * `goldpan backup FILE`: one file with everything of one moment, while the collector goes on. --verify reads it back whole.
 * A file that is there is left alone without --force.
 */
export const backupCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { options: OPTIONS, allowPositionals: true }, BACKUP_USAGE)
  const { verify = false, force = false, json = false } = values
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0)
    throw new UsageError(`backup: expected one file. Write ${BACKUP_USAGE}`)
  const report = await backupStore(existingConfig(io).databaseUrl, {
    ...{ to: resolve(io.cwd, file), force, verify, stop: io.stop, onProgress: pagesWatched(io) },
  })
  if (json) io.out(JSON.stringify(report))
  else for (const line of inWords(report)) io.out(line)
  return 0
}

/** How many pages there are is known when the first are copied. */
function pagesWatched({ clock, err }: Io): (more: number, total: number) => Promise<void> {
  let progress: ReturnType<typeof startProgress> | undefined
  return (more, total) => {
    progress ??= startProgress({ what: 'pages', total, clock, say: err, onTerminal: onTerminal() })
    return progress(more)
  }
}

function inWords({ file, bytes, rows }: BackupReport): readonly string[] {
  return [
    `${file}: ${bytesInWords(bytes)}${rows ? ', read back and whole' : ''}`,
    ...(rows ? [`  ${rowsInWords(rows)}`] : []),
  ]
}

import { resolve } from 'node:path'
import { readConfig } from '../config/config.ts'
import { loadConnected } from '../qualify/connected.ts'
import { personIdsOf } from '../qualify/person-id.ts'
import { type Reapplied, reapplyErasures } from '../queries/reapply-erasures.ts'
import { createSignals } from '../signals.ts'
import { openStore, prepareRestore } from '../storage/open.ts'
import type { CarriedErasures, PreparedRestore, RowCounts } from '../storage/upkeep.ts'
import { type Command, type ExitCode, type Io, UsageError } from './io.ts'
import { rowsInWords } from './rows-in-words.ts'
import { readArgs } from './usage.ts'
import { count } from './words.ts'

export const RESTORE_USAGE = 'goldpan restore FILE [--yes] [--json]'

const OPTIONS = { yes: { type: 'boolean' }, json: { type: 'boolean' } } as const

/**
 * `goldpan restore FILE`: puts a backup in place of the database. Reads it whole first, asks, wants no other process at the
 * database, erases again whom the database knows to be erased, and keeps what is replaced beside it.
 */
export const restoreCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { options: OPTIONS, allowPositionals: true }, RESTORE_USAGE)
  const { yes = false, json = false } = values
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0)
    throw new UsageError(`restore: expected one file. Write ${RESTORE_USAGE}`)
  const { databaseUrl } = readConfig(io.env, io.cwd)
  if (!(yes || io.ask))
    throw new UsageError(`restore: it replaces ${databaseUrl}, so say --yes. Write ${RESTORE_USAGE}`)
  const prepared = await prepareRestore(databaseUrl, resolve(io.cwd, file))
  try {
    const say = json ? io.err : io.out
    say(`${file} is whole: ${rowsInWords(prepared.rows)}`)
    if (!(yes || (await agreed(io, databaseUrl)))) return 1
    return await restore(io, prepared, json)
  } finally {
    prepared.close()
  }
}

async function agreed({ ask, err }: Io, databaseUrl: string): Promise<boolean> {
  const answer =
    (await ask?.(`Put it in place of ${databaseUrl}? What is there is kept beside it. [y/N] `)) ?? ''
  const isAgreed = /^y(es)?$/i.test(answer.trim())
  if (!isAgreed) err('Nothing was restored.')
  return isAgreed
}

interface Restored {
  readonly rows: RowCounts
  readonly erasedAgain: Reapplied
  readonly replaced: string | null
  readonly unreadable: string | null
}

async function restore(io: Io, prepared: PreparedRestore, json: boolean): Promise<ExitCode> {
  const carried = prepared.carryErasures()
  const erasedAgain = await eraseAgain(io, prepared, carried)
  const replaced = prepared.swap(io.clock())
  const restored = { rows: prepared.rows, erasedAgain, replaced, unreadable: carried.unreadable }
  if (json) io.out(JSON.stringify(restored))
  else for (const line of inWords(restored)) io.out(line)
  return 0
}

async function eraseAgain(
  { clock }: Io,
  { url }: PreparedRestore,
  { tombstones }: CarriedErasures,
): Promise<Reapplied> {
  const store = await openStore(url)
  try {
    const given = { store, clock, signals: createSignals(), versionsOf: store.modelVersions }
    const deps = { ...given, idsOf: personIdsOf(store), connectedTo: loadConnected }
    return await reapplyErasures(deps, tombstones)
  } finally {
    await store.close()
  }
}

function inWords({ erasedAgain, replaced, unreadable }: Restored): readonly string[] {
  const { names, events } = erasedAgain
  return [
    'Restored.',
    ...(names > 0 ? [`  erased again: ${count(events, 'event')} of ${count(names, 'erased name')}`] : []),
    ...(replaced === null ? [] : [`  what was there is ${replaced}; delete it when you do not need it`]),
    ...(unreadable === null
      ? []
      : [
          `  it could not be read (${unreadable}), so whoever was erased since the backup is back: erase them again`,
        ]),
  ]
}

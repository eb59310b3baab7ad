import { CONTACTS_USAGE, importContactsCommand } from './import-contacts.ts'
import { importLogsCommand, LOGS_USAGE } from './import-logs.ts'
import { type Command, UsageError } from './io.ts'

export const IMPORT_USAGE = `${LOGS_USAGE}
  ${CONTACTS_USAGE}`

const ACTS: ReadonlyMap<string, Command> = new Map([
  ['logs', importLogsCommand],
  ['contacts', importContactsCommand],
])

/** `goldpan import logs|contacts`: what happened before Goldpan was there, or beside it. */
export const importCommand: Command = async (args, io) => {
  const [what, ...rest] = args
  const act = ACTS.get(what ?? '')
  if (act) return act(rest, io)
  throw new UsageError(`import: expected logs or contacts, came ${what ?? 'neither'}. Write ${IMPORT_USAGE}`)
}

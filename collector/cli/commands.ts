import { StartError } from '../config/start-error.ts'
import { StoreError } from '../storage/store.ts'
import { ACCOUNTS_USAGE, accountsCommand } from './accounts.ts'
import { BACKUP_USAGE, backupCommand } from './backup.ts'
import { DOCTOR_USAGE, doctorCommand } from './doctor.ts'
import { EMAIL_LINK_USAGE, emailLinkCommand } from './email-link.ts'
import { ERASE_USAGE, eraseCommand } from './erase.ts'
import { EXPLAIN_USAGE, explainCommand } from './explain.ts'
import { EXPORT_USAGE, exportCommand } from './export.ts'
import { HANDOFFS_USAGE, handoffsCommand } from './handoffs.ts'
import { IMPORT_USAGE, importCommand } from './import.ts'
import { type Command, type ExitCode, type Io, UsageError } from './io.ts'
import { MODEL_USAGE, modelCommand } from './model.ts'
import { QUARANTINE_USAGE, quarantineCommand } from './quarantine.ts'
import { REPLAY_USAGE, replayCommand } from './replay.ts'
import { RESTORE_USAGE, restoreCommand } from './restore.ts'
import { RETENTION_USAGE, retentionCommand } from './retention.ts'
import { SERVE_USAGE, serveCommand } from './serve.ts'
import { SITE_USAGE, siteCommand } from './site.ts'
import { SIZE_USAGE, sizeCommand } from './size.ts'
import { TOKEN_USAGE, tokenCommand } from './token.ts'

interface Entry {
  readonly run: Command
  readonly usage: string
}

const COMMANDS: ReadonlyMap<string, Entry> = new Map([
  ['serve', { run: serveCommand, usage: SERVE_USAGE }],
  ['site', { run: siteCommand, usage: SITE_USAGE }],
  ['token', { run: tokenCommand, usage: TOKEN_USAGE }],
  ['model', { run: modelCommand, usage: MODEL_USAGE }],
  ['explain', { run: explainCommand, usage: EXPLAIN_USAGE }],
  ['accounts', { run: accountsCommand, usage: ACCOUNTS_USAGE }],
  ['email-link', { run: emailLinkCommand, usage: EMAIL_LINK_USAGE }],
  ['handoffs', { run: handoffsCommand, usage: HANDOFFS_USAGE }],
  ['quarantine', { run: quarantineCommand, usage: QUARANTINE_USAGE }],
  ['import', { run: importCommand, usage: IMPORT_USAGE }],
  ['export', { run: exportCommand, usage: EXPORT_USAGE }],
  ['erase', { run: eraseCommand, usage: ERASE_USAGE }],
  ['replay', { run: replayCommand, usage: REPLAY_USAGE }],
  ['backup', { run: backupCommand, usage: BACKUP_USAGE }],
  ['restore', { run: restoreCommand, usage: RESTORE_USAGE }],
  ['retention', { run: retentionCommand, usage: RETENTION_USAGE }],
  ['size', { run: sizeCommand, usage: SIZE_USAGE }],
  ['doctor', { run: doctorCommand, usage: DOCTOR_USAGE }],
])

const HELP = `goldpan finds marketing qualified leads, and can always say why.

${[...COMMANDS.values()].map(({ usage }) => `  ${usage}`).join('\n')}

Configured by the environment (README). Exit codes: 0 done, 1 it did not work or a check found something, 2 the command
was not understood and nothing was done.`

/** Runs `goldpan …`; what goes wrong is said on `io.err`, with a stack only when it is a bug. */
export async function runCommand(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...args] = argv
  if (name === undefined || name === 'help' || argv.includes('--help') || name === '-h') {
    io.out(HELP)
    return 0
  }
  const command = COMMANDS.get(name)
  if (!command) {
    io.err(
      `Expected one of ${[...COMMANDS.keys()].join(', ')}, came ${JSON.stringify(name)}. See \`goldpan help\`.`,
    )
    return 2
  }
  try {
    return await command.run(args, io)
  } catch (error) {
    io.err(inWords(error))
    return error instanceof UsageError ? 2 : 1
  }
}

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const isExpected = error instanceof UsageError || error instanceof StartError || error instanceof StoreError
  return isExpected ? error.message : (error.stack ?? error.message)
}

import { type DeliveryTally, startDelivery } from '../imports/delivery.ts'
import { LOG_FORMATS, type LogFormat } from '../imports/logs/line.ts'
import { linesIn } from '../imports/logs/lines.ts'
import { type LogImport, startLogImport } from '../imports/logs/log-import.ts'
import { isNoLog } from '../imports/logs/log-tally.ts'
import { placesOf } from '../imports/logs/places.ts'
import { type Span, spanOf } from '../imports/logs/span.ts'
import { type Networks, openNetworks } from '../networks/networks.ts'
import { createSignals } from '../signals.ts'
import type { Site } from '../storage/store.ts'
import { inOrderOfTime, type LogFile, openLogFile, STDIN } from './import-files.ts'
import { logReportLines } from './import-logs-report.ts'
import { importProgress } from './import-progress.ts'
import { settledWords, settleImport } from './import-settle.ts'
import { type Command, type ExitCode, UsageError } from './io.ts'
import { type ModelDesk, storedSite, withModelDesk } from './model-desk.ts'
import { readArgs } from './usage.ts'

export const LOGS_USAGE =
  'goldpan import logs FILE… [--site ID] [--base https://www.example.com] [--format auto|combined|common|vhost|json] [--from 2026-11-01] [--to 2026-11-30] [--bots skip] [--dry-run] [--json]'

const OPTIONS = {
  site: { type: 'string' },
  base: { type: 'string' },
  format: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  bots: { type: 'string' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
} as const

/** What the options come to, before anything is opened. */
interface Asked {
  readonly files: readonly string[]
  readonly site: string | undefined
  readonly base: string | null
  readonly format: LogFormat
  readonly span: Span
  readonly skipBots: boolean
  readonly isDry: boolean
  readonly json: boolean
}

/**
 * `goldpan import logs`: access logs of Apache, nginx and others as page views and downloads, plain or gzip, `-` for standard
 * input. The same log imported twice changes nothing. May run beside a collector at work; without one it qualifies what it
 * brought itself. Exit code 1 when a file could not be read to its end, no line of all was understood, or some events were not taken.
 */
export const importLogsCommand: Command = async (args, io) => {
  const asked = askedIn(args)
  return withModelDesk(io, async desk => {
    const site = await storedSite(desk, asked.site)
    const { config, store } = desk
    const networks = await openNetworks({ config, store, signals: createSignals(), warn: io.err })
    try {
      await networks.prepare(site.id)
      return await importInto(desk, site, { ...asked, network: networks.network })
    } finally {
      networks.close()
    }
  })
}

/** @throws UsageError */
function askedIn(args: readonly string[]): Asked {
  const { values, positionals } = readArgs(args, { options: OPTIONS, allowPositionals: true }, LOGS_USAGE)
  const { site, base, from, to, bots, json = false } = values
  const expected = (what: string): UsageError =>
    new UsageError(`import logs: expected ${what}. Write ${LOGS_USAGE}`)
  if (positionals.length === 0) throw expected('a file, or - for standard input')
  const format = LOG_FORMATS.find(one => one === (values.format ?? 'auto'))
  if (format === undefined) throw expected(`--format with one of ${LOG_FORMATS.join(', ')}`)
  if (bots !== undefined && bots !== 'skip') throw expected('--bots skip, or no --bots')
  const span = spanOf(from, to)
  if (span === null) throw expected('--from and --to with a day, 2026-11-01, or an instant of RFC 3339')
  if (base !== undefined && !isOrigin(base)) throw expected('--base with an origin, https://www.example.com')
  const isDry = values['dry-run'] ?? false
  return {
    files: positionals,
    site,
    base: base ?? null,
    format,
    span,
    skipBots: bots === 'skip',
    isDry,
    json,
  }
}

const isOrigin = (text: string): boolean => /^https?:\/\/[^/?#@\s]+\/?$/i.test(text) && URL.canParse(text)

async function importInto(
  desk: ModelDesk,
  site: Site,
  asked: Asked & Pick<Networks, 'network'>,
): Promise<ExitCode> {
  const { io, store } = desk
  const { skipBots, format, span, isDry, json, network } = asked
  const base = asked.base ?? site.origins[0] ?? null
  const deps = { store, site, clock: io.clock, signals: createSignals(), network }
  const delivery = isDry ? null : startDelivery(deps)
  const places = placesOf(base, site.origins)
  const secret = await store.installationSecret()
  const given = { site: site.id, secret, format, places, span, skipBots, delivery }
  const reading = startLogImport({ ...given, clock: io.clock })
  const startedAt = io.clock()
  const unread = await readAll(desk, asked, reading)
  const recorded = (await delivery?.finish()) ?? null
  const tookMs = io.clock() - startedAt
  const found = { site: site.id, base, tally: reading.tally(), recorded, tookMs }
  if (!json) for (const line of logReportLines({ ...found, files: asked.files.length })) io.out(line)
  const settled = isDry ? null : (await settleImport(desk, site.id)).settled
  if (json) io.out(JSON.stringify({ site: site.id, ...found.tally, recorded, unread, settled }))
  else if (settled) io.out(settledWords(site.id, settled))
  const isUnread = unread.length > 0 || isNoLog(found.tally)
  return isUnread || io.stop.aborted || isIncomplete(recorded) ? 1 : 0
}

const isIncomplete = (recorded: DeliveryTally | null): boolean =>
  recorded !== null && recorded.quarantined + recorded.refused > 0

/** @returns files that could not be read to their end */
async function readAll(
  { io }: ModelDesk,
  { files, format }: Asked,
  reading: LogImport,
): Promise<readonly string[]> {
  const opened = [...new Set(files)].map(name => ({ name, file: openLogFile(io.cwd, name) }))
  const there = opened.flatMap(({ file }) => file ?? [])
  const unread = opened.filter(({ file }) => file === null).map(({ name }) => name)
  for (const name of unread) io.err(`${name}: expected a readable file. Check the path and its permissions.`)
  const ordered = await inOrderOfTime(there, format)
  const pace = { progress: importProgress(io, ordered), stop: io.stop }
  for (const file of ordered) {
    if (io.stop.aborted) break
    const code = await readOne(file, reading, pace).catch(codeOf)
    if (typeof code !== 'string') continue
    io.err(`${file.name}: ends before its end (${code}). What could be read of it was imported.`)
    unread.push(file.name)
  }
  if (io.stop.aborted) io.err('Stopped. What was imported stays; the same command again brings the rest.')
  return unread
}

/** Of an error of the file system or of zlib. @throws any other */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (typeof code === 'string' && /^[EZ]/.test(code)) return code
  throw error
}

interface Pace {
  readonly progress: (more: number) => Promise<void>
  readonly stop: AbortSignal
}

async function readOne(file: LogFile, reading: LogImport, { progress, stop }: Pace): Promise<void> {
  const take = reading.open(file.name === STDIN ? 'standard input' : file.name)
  const { chunks, bytesRead } = file.read()
  let told = 0
  for await (const lines of linesIn(chunks)) {
    await take(lines)
    const read = bytesRead()
    await progress(read - told)
    told = read
    if (stop.aborted) return
  }
}

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { MAPPABLE } from '../imports/contacts/columns.ts'
import type { Contact } from '../imports/contacts/contact.ts'
import { type ContactImportGiven, importOutcomes, importPeople } from '../imports/contacts/contact-import.ts'
import { type ContactFile, contactsIn } from '../imports/contacts/contacts.ts'
import { startDelivery } from '../imports/delivery.ts'
import { createSignals } from '../signals.ts'
import type { Site } from '../storage/store.ts'
import { type ContactReport, contactReportLines } from './import-contacts-report.ts'
import { settledWords, settleImport } from './import-settle.ts'
import { type Command, type ExitCode, type Io, UsageError } from './io.ts'
import { type ModelDesk, onTerminal, storedSite, withModelDesk } from './model-desk.ts'
import { startProgress } from './progress.ts'
import { readArgs } from './usage.ts'

export const CONTACTS_USAGE =
  'goldpan import contacts FILE.csv [--site ID] [--map "Column=trait" …] [--dry-run] [--json]'

const OPTIONS = {
  site: { type: 'string' },
  map: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
} as const

/**
 * `goldpan import contacts`: the contacts of a CRM as verified leads, and what became of them as decisions. The same file
 * imported twice changes nothing, a changed row adds what changed, and sales is told of nobody at once. May run beside a
 * collector at work. Exit code 1 when the file cannot be read or names nobody, or some rows were not taken.
 */
export const importContactsCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { options: OPTIONS, allowPositionals: true }, CONTACTS_USAGE)
  const [name, ...others] = positionals
  if (name === undefined || others.length > 0)
    throw new UsageError(`import contacts: expected one file. Write ${CONTACTS_USAGE}`)
  const mapped = mappedIn(values.map ?? [])
  const { 'dry-run': isDry = false, json = false } = values
  return withModelDesk(io, async desk => {
    const site = await storedSite(desk, values.site)
    const file = fileAt(io, name, mapped)
    return file ? importInto(desk, { site, name, file, isDry, json }) : 1
  })
}

/** @throws UsageError for what is no mapping */
function mappedIn(options: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    options.map(option => {
      const [, column, meaning] = /^(.+)=\s*([\w.-]{1,80})\s*$/.exec(option) ?? []
      if (column === undefined || meaning === undefined)
        throw new UsageError(
          `import contacts: expected --map "Column=trait" with one of ${MAPPABLE.join(', ')} or a trait of your own, came ${option}. Write ${CONTACTS_USAGE}`,
        )
      return [column.trim().toLowerCase(), meaning]
    }),
  )
}

/** @returns null when it cannot be used, which has been said */
function fileAt(io: Io, name: string, mapped: ReadonlyMap<string, string>): ContactFile | null {
  let bytes: Buffer
  try {
    bytes = readFileSync(resolve(io.cwd, name))
  } catch {
    io.err(`${name}: expected a readable file. Check the path and its permissions.`)
    return null
  }
  const file = contactsIn(bytes, mapped)
  if (typeof file === 'string') io.err(`${name}: ${file}`)
  return typeof file === 'string' ? null : file
}

interface Job {
  readonly site: Site
  readonly name: string
  readonly file: ContactFile
  readonly isDry: boolean
  readonly json: boolean
}

async function importInto(desk: ModelDesk, { site, file, isDry, json }: Job): Promise<ExitCode> {
  const { io, store, publishing } = desk
  const deps = { store, site, clock: io.clock, signals: createSignals(), network: null }
  const delivery = isDry ? null : startDelivery(deps)
  const given: ContactImportGiven = {
    ...{ site: site.id, contacts: file.contacts, store, now: io.clock(), stop: io.stop },
    idOf: await publishing.idsOf(site.id),
    onProgress: contactProgress(io, file.contacts),
  }
  const people = await importPeople(given, delivery)
  const recorded = (await delivery?.finish()) ?? null
  // Where a lead may be moved depends on where it is.
  const first = isDry ? null : await settleImport(desk, site.id)
  const outcomes = await importOutcomes(given, isDry)
  const last = first?.settled === 'done' ? await settleImport(desk, site.id, first.isAlone) : first
  const settled = last?.settled ?? null
  const { columns, unknownOutcomes, doubtfulDates } = file
  const found = { people, outcomes, recorded, settled, columns, unknownOutcomes, doubtfulDates }
  const report: ContactReport = { site: site.id, rows: file.contacts.length, ...found }
  if (json) io.out(JSON.stringify(report))
  else for (const line of contactReportLines(report)) io.out(line)
  if (!json && settled) io.out(settledWords(site.id, settled))
  return codeOf(report, io)
}

function codeOf({ rows, people, recorded }: ContactReport, { stop }: Io): ExitCode {
  const isLost = recorded !== null && recorded.quarantined + recorded.refused > 0
  return stop.aborted || isLost || (rows > 0 && people.nameless.length === rows) ? 1 : 0
}

const contactProgress = (io: Io, contacts: readonly Contact[]): ((more: number) => Promise<void>) =>
  startProgress({
    ...{ what: 'contacts', total: contacts.length, clock: io.clock, say: io.err },
    onTerminal: onTerminal(),
  })

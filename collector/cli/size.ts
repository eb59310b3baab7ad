import { measureStore } from '../storage/open.ts'
import type { SizeReport } from '../storage/upkeep.ts'
import { existingConfig } from './existing-store.ts'
import type { Command } from './io.ts'
import { readArgs } from './usage.ts'
import { bytesInWords, count } from './words.ts'

export const SIZE_USAGE = 'goldpan size [--json]'

/** What is small is left out of the table. */
const SHOWN_SHARE = 0.005

/** `goldpan size`: what takes how much room, how fast it grows, and when the disk will be full. */
export const sizeCommand: Command = async (args, io) => {
  const { json } = readArgs(args, { options: { json: { type: 'boolean' } } }, SIZE_USAGE).values
  const { databaseUrl, minFreeBytes } = existingConfig(io)
  const report = await measureStore(databaseUrl, io.clock())
  const growth = growthOf(report, minFreeBytes)
  if (json) io.out(JSON.stringify({ ...report, ...growth }))
  else for (const line of inWords(report, growth)) io.out(line)
  return 0
}

interface Growth {
  /** bytes of the database for one event, with all that is made of it; null: there is none */
  readonly bytesPerEvent: number | null
  readonly bytesPerDay: number
  /** until the floor (GOLDPAN_MIN_FREE_MB); null: nothing comes */
  readonly daysLeft: number | null
}

function growthOf({ bytes, fileBytes, freeBytes, sites, disk }: SizeReport, floorBytes: number): Growth {
  const events = sites.reduce((sum, site) => sum + site.events, 0)
  const perDay = sites.reduce((sum, site) => sum + site.eventsPerDay, 0)
  const bytesPerEvent = events === 0 ? null : (bytes - freeBytes) / events
  const bytesPerDay = perDay * (bytesPerEvent ?? 0)
  // the file has yet to grow by what stands in the log alone
  const owed = Math.max(0, bytes - fileBytes)
  const room = Math.max(0, disk.freeBytes + freeBytes - owed - floorBytes)
  return { bytesPerEvent, bytesPerDay, daysLeft: bytesPerDay > 0 ? room / bytesPerDay : null }
}

function inWords(report: SizeReport, { bytesPerEvent, bytesPerDay, daysLeft }: Growth): readonly string[] {
  const { file, bytes, logBytes, freeBytes, tables, sites, disk } = report
  const wide = Math.max(...tables.map(({ name }) => name.length))
  return [
    `${file}: ${bytesInWords(bytes)}, of which ${bytesInWords(freeBytes)} are free for what comes`,
    ...(logBytes > 0 ? [`  its log beside it: ${bytesInWords(logBytes)}, written over again and again`] : []),
    ...tables
      .filter(table => table.bytes >= bytes * SHOWN_SHARE)
      .map(({ name, bytes: all, indexes }) => {
        const inIndexes = indexes.reduce((sum, index) => sum + index.bytes, 0)
        return `  ${name.padEnd(wide)}  ${bytesInWords(all)}, ${bytesInWords(inIndexes)} of it indexes`
      }),
    ...sites.map(
      ({ site, events, eventsPerDay }) =>
        `${site}: ${count(events, 'event')}, ${count(Math.round(eventsPerDay), 'event')} a day`,
    ),
    ...(bytesPerEvent === null
      ? []
      : [
          `growth: ${bytesInWords(bytesPerDay)} a day, ${bytesInWords(bytesPerEvent)} an event with all that is made of it`,
        ]),
    `disk: ${bytesInWords(disk.freeBytes)} of ${bytesInWords(disk.totalBytes)} free${leftWords(daysLeft)}`,
  ]
}

const leftWords = (days: number | null): string =>
  days === null ? '' : `, enough for ${days > 3_650 ? 'more than ten years' : count(Math.floor(days), 'day')}`

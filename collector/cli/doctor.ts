import { checkStore } from '../storage/open.ts'
import type { CheckReport } from '../storage/upkeep.ts'
import { existingConfig } from './existing-store.ts'
import type { Command } from './io.ts'
import { rowsInWords } from './rows-in-words.ts'
import { readArgs } from './usage.ts'
import { bytesInWords } from './words.ts'

export const DOCTOR_USAGE = 'goldpan doctor [--json]'

/**
 * `goldpan doctor`: reads the whole database and says what is damaged. Changes nothing, and may run beside a collector at
 * work. Exit code 1 when something is wrong.
 */
export const doctorCommand: Command = async (args, io) => {
  const { json } = readArgs(args, { options: { json: { type: 'boolean' } } }, DOCTOR_USAGE).values
  const report = await checkStore(existingConfig(io).databaseUrl)
  if (json) io.out(JSON.stringify(report))
  else for (const line of inWords(report)) io.out(line)
  return report.problems.length === 0 ? 0 : 1
}

function inWords({ file, bytes, schema, rows, problems }: CheckReport): readonly string[] {
  if (rows) return [`${file} is whole: ${bytesInWords(bytes)}, schema ${schema}`, `  ${rowsInWords(rows)}`]
  return [
    `${file} is damaged:`,
    ...problems.map(problem => `  ${problem}`),
    'Stop the collector, keep the file, and put a backup in its place: `goldpan restore FILE`.',
  ]
}

import { checkStore, cutLog } from '../storage/open.ts'
import type { CheckReport, CutLog } from '../storage/upkeep.ts'
import { existingConfig } from './existing-store.ts'
import type { Command } from './io.ts'
import { rowsInWords } from './rows-in-words.ts'
import { readArgs } from './usage.ts'
import { bytesInWords, count } from './words.ts'

export const DOCTOR_USAGE = 'goldpan doctor [--cut-log] [--json]'

/**
 * `goldpan doctor`: reads the whole database and says what is damaged. Changes nothing, and may run beside a collector at
 * work. Exit code 1 when something is wrong. `--cut-log` first gives up what stands behind damage within the log, and keeps the
 * log as it was: for a start that refuses because of it.
 */
export const doctorCommand: Command = async (args, io) => {
  const { values } = readArgs(args, { options: OPTIONS }, DOCTOR_USAGE)
  const { databaseUrl } = existingConfig(io)
  const cut = values['cut-log'] ? cutLog(databaseUrl, io.clock()) : undefined
  const report = await checkStore(databaseUrl)
  if (values.json) io.out(JSON.stringify(cut === undefined ? report : { ...report, cut }))
  else for (const line of [...(cut === undefined ? [] : cutInWords(cut)), ...inWords(report)]) io.out(line)
  return report.problems.length === 0 ? 0 : 1
}

const OPTIONS = { 'cut-log': { type: 'boolean' }, json: { type: 'boolean' } } as const

const cutInWords = (cut: CutLog | null): readonly string[] =>
  cut === null
    ? ['Nothing within the log is damaged, and nothing was cut.']
    : [
        `The log is cut: the damaged transaction and ${count(cut.transactions, 'whole one')} behind it are given up. As it was it is ${cut.kept}`,
      ]

function inWords({ file, bytes, logBytes, schema, rows, problems }: CheckReport): readonly string[] {
  const log = logBytes > 0 ? ` and a log of ${bytesInWords(logBytes)}` : ''
  if (rows)
    return [`${file} is whole: ${bytesInWords(bytes)}${log}, schema ${schema}`, `  ${rowsInWords(rows)}`]
  return [
    `${file} is damaged:`,
    ...problems.map(problem => `  ${problem}`),
    'Stop the collector, keep the file, and put a backup in its place: `goldpan restore FILE`.',
  ]
}

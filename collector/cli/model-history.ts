import { isatty } from 'node:tty'
import { versionEventShape } from '../models/version-event-shape.ts'
import { type VersionEvent, versionHistory } from '../models/versions.ts'
import { columns } from './columns.ts'
import { type Command, UsageError } from './io.ts'
import { sitesAsked, withModelDesk } from './model-desk.ts'
import { paintFor } from './paint.ts'
import { readArgs } from './usage.ts'
import { count, instantWords, timeWords } from './words.ts'

export const HISTORY_USAGE = 'goldpan model history [--site ID] [--json]'

const STDOUT = 1

/** `goldpan model history`: what was published and rebuilt, by whom, and since when it is in force; how far rescoring is. */
export const historyCommand: Command = async (args, io) => {
  const options = { site: { type: 'string' }, json: { type: 'boolean' } } as const
  const { values, positionals } = readArgs(args, { options, allowPositionals: true }, HISTORY_USAGE)
  if (positionals.length > 0)
    throw new UsageError(`model history: expected options only. Write ${HISTORY_USAGE}`)
  return withModelDesk(io, async desk => {
    const paint = paintFor(io.env, isatty(STDOUT))
    for (const site of sitesAsked(desk, values.site)) {
      const history = await versionHistory(desk.store, site)
      if (values.json) io.out(JSON.stringify({ site, history: history.map(versionEventShape) }))
      else for (const line of [paint('bold', site), ...tableOf(history)]) io.out(line)
    }
    return 0
  })
}

function tableOf(history: readonly VersionEvent[]): readonly string[] {
  return columns([
    ['version', 'model', 'asked for', 'by', 'in force since', 'tests', 'rescored'],
    ...history.map(event => [
      event.version ? String(event.version.version) : 'rebuild',
      event.version?.model.name ?? '',
      timeWords(event.at),
      event.actor || 'unknown',
      event.switchedAt === null
        ? `not yet, from ${instantWords(event.inForceAt)}`
        : timeWords(event.inForceAt),
      { text: event.version ? String(event.version.model.tests.length) : '', align: 'right' as const },
      rescoredWords(event),
    ]),
  ])
}

function rescoredWords({ done, total, switchedAt }: VersionEvent): string {
  if (switchedAt === null) return `${done.toLocaleString('en')} of ${count(total, 'timeline')}`
  return total === 0 ? 'nobody' : count(total, 'timeline')
}

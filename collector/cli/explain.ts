import { isatty } from 'node:tty'
import { readConfig } from '../config/config.ts'
import { personIdsOf } from '../qualify/person-id.ts'
import type { QueryDeps } from '../queries/deps.ts'
import { type FoundLead, findLeads } from '../queries/find-leads.ts'
import { ScoreParams } from '../queries/params.ts'
import { readParams } from '../queries/read-params.ts'
import type { Answer } from '../queries/refusal.ts'
import { readScore } from '../queries/score.ts'
import type { ScoreShape } from '../queries/score-shape.ts'
import { openExisting } from './existing-store.ts'
import { explanationLines } from './explain-report.ts'
import { type Command, type Io, UsageError } from './io.ts'
import { paintFor } from './paint.ts'
import { readArgs } from './usage.ts'

export const EXPLAIN_USAGE = 'goldpan explain LEAD_ID|EMAIL [--site ID] [--at TIME] [--model N] [--json]'

/**
 * `goldpan explain`: why a lead scores as it does, what is missing for an MQL, and until when; as of now or of any instant,
 * under the model in force then or under another published version. TIME is RFC 3339 or a day (its beginning, UTC).
 * Reads only, and may run beside a collector at work. Shows personal data, as the database beside it holds it. Exit code
 * 1 when there is no such lead.
 */
export const explainCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { options: OPTIONS, allowPositionals: true }, EXPLAIN_USAGE)
  const [who, ...others] = positionals
  if (who === undefined || others.length > 0)
    throw new UsageError(`explain: expected one lead, by id or e-mail address. Write ${EXPLAIN_USAGE}`)
  const params = understood(readParams(ScoreParams, paramsIn(values)))
  const store = await openExisting(readConfig(io.env, io.cwd))
  try {
    const deps = { store, clock: io.clock, versionsOf: store.modelVersions, idsOf: personIdsOf(store) }
    const lead = theOne(who, understood(await findLeads(deps, who, values.site)))
    if (!lead) {
      io.err(`Expected a lead, by id or e-mail address; nobody is known as ${JSON.stringify(who)}.`)
      return 1
    }
    const score = await readScore(deps, lead.site, lead.id, params, true)
    if (!score.ok) {
      io.err(score.refusal.detail)
      return 1
    }
    if (values.json) io.out(JSON.stringify({ site: lead.site, lead: lead.id, ...score.value }))
    else await print(deps, lead, score.value, io)
    return 0
  } finally {
    await store.close()
  }
}

const OPTIONS = {
  site: { type: 'string' },
  at: { type: 'string' },
  model: { type: 'string' },
  json: { type: 'boolean' },
} as const

const DAY = /^\d{4}-\d{2}-\d{2}$/

function paramsIn({ at, model }: { readonly at?: string; readonly model?: string }) {
  return {
    ...(at === undefined ? {} : { at: [DAY.test(at) ? `${at}T00:00:00Z` : at] }),
    ...(model === undefined ? {} : { model: [model] }),
  }
}

/** What the API refuses, the command line did not understand. */
function understood<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new UsageError(`explain: ${answer.refusal.detail} Write ${EXPLAIN_USAGE}`)
  return answer.value
}

function theOne(who: string, leads: readonly FoundLead[]): FoundLead | undefined {
  const sites = leads.map(({ site }) => site)
  if (leads.length > 1)
    throw new UsageError(
      `explain: ${who} is a lead on ${leads.length} sites, ${sites.join(' and ')}. Say which with --site.`,
    )
  return leads[0]
}

const STDOUT = 1

async function print(deps: QueryDeps, { site, id }: FoundLead, score: ScoreShape, io: Io): Promise<void> {
  const versions = await deps.versionsOf(site)
  const timezone = versions.find(({ version }) => version === score.model.version)?.model.timezone ?? 'UTC'
  const lines = explanationLines({ site, id, timezone, score }, paintFor(io.env, isatty(STDOUT)))
  for (const line of lines) io.out(line)
}

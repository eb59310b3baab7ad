import { loadConnected } from '../qualify/connected.ts'
import { applyRetention, type RetentionReport } from '../queries/retention.ts'
import { pause } from '../queries/retention-keeper.ts'
import { createSignals } from '../signals.ts'
import type { Forgotten } from '../storage/retention-store.ts'
import type { Command } from './io.ts'
import { sitesAsked, withModelDesk } from './model-desk.ts'
import { readArgs } from './usage.ts'
import { count } from './words.ts'

export const RETENTION_USAGE = 'goldpan retention [--dry-run] [--site ID] [--json]'

const OPTIONS = {
  'dry-run': { type: 'boolean' },
  site: { type: 'string' },
  json: { type: 'boolean' },
} as const

/**
 * `goldpan retention`: takes out what is older than GOLDPAN_RETENTION says, as a collector does every hour; --dry-run says
 * who would go. May run beside a collector at work. Ctrl-C ends it between two commits.
 */
export const retentionCommand: Command = async (args, io) => {
  const { site, json, 'dry-run': isTrial } = readArgs(args, { options: OPTIONS }, RETENTION_USAGE).values
  return withModelDesk(io, async desk => {
    const { store, publishing, config } = desk
    const given = { store, clock: io.clock, signals: createSignals(), versionsOf: store.modelVersions }
    const deps = { ...given, idsOf: publishing.idsOf, connectedTo: loadConnected, pause, stop: io.stop }
    const reports: RetentionReport[] = []
    for (const one of sitesAsked(desk, site))
      reports.push(await applyRetention(deps, one, config.retention, isTrial))
    if (json) io.out(JSON.stringify(reports))
    else for (const report of reports) for (const line of inWords(report, isTrial === true)) io.out(line)
    return 0
  })
}

function inWords(
  { site, quarantined, anonymous, leads }: RetentionReport,
  isTrial: boolean,
): readonly string[] {
  const verb = isTrial ? 'would go' : 'went'
  return [
    `${site}: ${verb}`,
    `  anonymous visitors: ${goneWords(anonymous, isTrial)}`,
    `  inactive leads: ${goneWords(leads, isTrial)}`,
    ...(isTrial ? [] : [`  quarantine: ${count(quarantined, 'event')}`]),
  ]
}

const goneWords = ({ components, events, persons, handoffs }: Forgotten, isTrial: boolean): string =>
  isTrial
    ? `${count(components, 'group')} of connected people with ${count(events, 'event')}`
    : `${persons === 1 ? '1 person' : `${persons.toLocaleString('en')} people`} with ${count(events, 'event')} and ${count(handoffs, 'hand-off')}`

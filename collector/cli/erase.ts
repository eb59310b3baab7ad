import { type ErasureResult, erasePerson } from '../queries/erasure.ts'
import { createSignals } from '../signals.ts'
import { type Command, type ExitCode, type Io, UsageError } from './io.ts'
import { type ModelDesk, siteAsked, withModelDesk } from './model-desk.ts'
import { readArgs } from './usage.ts'
import { count } from './words.ts'

export const ERASE_USAGE = 'goldpan erase --email ADDRESS | --lead ID [--site ID] [--yes] [--json]'

const OPTIONS = {
  site: { type: 'string' },
  email: { type: 'string' },
  lead: { type: 'string' },
  yes: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

/**
 * `goldpan erase`: takes a person out of the store, whole and at once: what they did, what was made of it, what sales was
 * told. It cannot be undone, so it asks; without a terminal it wants --yes. What they did before is refused from then on;
 * a form they send later makes a new person. May run beside a collector at work. Exit code 1 when it was not agreed to, or events kept
 * coming meanwhile.
 */
export const eraseCommand: Command = async (args, io) => {
  const {
    site,
    email,
    lead,
    yes = false,
    json = false,
  } = readArgs(args, { options: OPTIONS }, ERASE_USAGE).values
  const who = email ?? lead
  if (who === undefined || (email !== undefined && lead !== undefined))
    throw new UsageError(`erase: expected one person, by --email or by --lead. Write ${ERASE_USAGE}`)
  return withModelDesk(io, async desk => {
    const request = { site: siteAsked(desk, site), ...(email === undefined ? { lead: who } : { email: who }) }
    if (!(yes || (await agreed(io, who, request.site)))) return 1
    return erase(desk, request, json)
  })
}

async function agreed({ ask, err }: Io, who: string, site: string): Promise<boolean> {
  if (!ask) throw new UsageError(`erase: it cannot be undone, so say --yes. Write ${ERASE_USAGE}`)
  const answer = await ask(`Erase everything of ${who} on ${site}? It cannot be undone. [y/N] `)
  const isAgreed = /^y(es)?$/i.test(answer.trim())
  if (!isAgreed) err('Nothing was erased.')
  return isAgreed
}

async function erase(
  { io, store, publishing }: ModelDesk,
  request: Parameters<typeof erasePerson>[1],
  json: boolean,
): Promise<ExitCode> {
  const { clock } = io
  const { idsOf, connectedTo } = publishing
  const signals = createSignals()
  const deps = { store, clock, signals, versionsOf: store.modelVersions, idsOf, connectedTo }
  const erased = await erasePerson(deps, request)
  if (!erased.ok && erased.refusal.code === 'not_settled') {
    io.err(erased.refusal.detail)
    return 1
  }
  if (!erased.ok) throw new UsageError(`erase: ${erased.refusal.detail} Write ${ERASE_USAGE}`)
  if (json) io.out(JSON.stringify(erased.value))
  else for (const line of inWords(erased.value)) io.out(line)
  return 0
}

function inWords({
  site,
  events,
  persons,
  handoffs,
  changes,
  quarantined,
  blotted,
}: ErasureResult): readonly string[] {
  const parts = [
    count(events, 'event'),
    persons === 1 ? '1 person' : `${persons.toLocaleString('en')} people`,
    count(handoffs, 'hand-off'),
    `${count(changes, 'change')} of the feed`,
    `${count(quarantined, 'event')} in quarantine`,
  ]
  return [
    `${site}: erased ${parts.join(', ')}`,
    ...(blotted > 0 ? [`  and their address where ${count(blotted, 'event')} of others named it`] : []),
    'Backups made before hold it still.',
  ]
}

import { exportPerson } from '../queries/export-person.ts'
import { type Command, UsageError } from './io.ts'
import { siteAsked, withModelDesk } from './model-desk.ts'
import { readArgs } from './usage.ts'

export const EXPORT_USAGE = 'goldpan export --email ADDRESS | --lead ID [--site ID]'

const OPTIONS = { site: { type: 'string' }, email: { type: 'string' }, lead: { type: 'string' } } as const

/**
 * `goldpan export`: everything that is kept of a person and made of it, as one JSON for the person to have. Reads only, and may
 * run beside a collector at work. Exit code 1 when there is no such person.
 */
export const exportCommand: Command = async (args, io) => {
  const { site, email, lead } = readArgs(args, { options: OPTIONS }, EXPORT_USAGE).values
  if ((email === undefined) === (lead === undefined))
    throw new UsageError(`export: expected one person, by --email or by --lead. Write ${EXPORT_USAGE}`)
  const who = email === undefined ? { lead: lead ?? '' } : { email }
  return withModelDesk(io, async desk => {
    const { store, publishing } = desk
    const deps = { store, clock: io.clock, versionsOf: store.modelVersions, idsOf: publishing.idsOf }
    const exported = await exportPerson(deps, { site: siteAsked(desk, site), ...who })
    if (exported.ok) io.out(JSON.stringify(exported.value, null, 2))
    else io.err(exported.refusal.detail)
    return exported.ok ? 0 : 1
  })
}

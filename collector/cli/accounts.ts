import type { BuyingRole } from '../contracts/account.ts'
import { personIdsOf } from '../qualify/person-id.ts'
import type { AccountListed } from '../queries/account-shape.ts'
import { listAccounts } from '../queries/accounts.ts'
import { AccountsParams } from '../queries/params.ts'
import { readParams } from '../queries/read-params.ts'
import { spaced, stageName } from '../queries/words/english/names.ts'
import { type Cell, columns, plain } from './columns.ts'
import { type Command, UsageError } from './io.ts'
import { sitesAsked, withModelDesk } from './model-desk.ts'
import { readArgs } from './usage.ts'
import { count } from './words.ts'

export const ACCOUNTS_USAGE =
  'goldpan accounts [--sort score|fit|last_seen|people] [--limit N] [--site ID] [--json]'

const OPTIONS = {
  sort: { type: 'string' },
  limit: { type: 'string' },
  site: { type: 'string' },
  json: { type: 'boolean' },
} as const

/**
 * `goldpan accounts`: the companies whose people were here, those with the highest score first, with how far they are and
 * which buying roles are missing. Reads only, and may run beside a collector at work. Shows personal data, as the database
 * beside it holds it; `--json` is what the API answers, a site on a line.
 */
export const accountsCommand: Command = async (args, io) => {
  const { values } = readArgs(args, { options: OPTIONS }, ACCOUNTS_USAGE)
  const { site: asked, json = false, sort, limit } = values
  const params = readParams(AccountsParams, {
    ...(sort === undefined ? {} : { sort: [sort] }),
    ...(limit === undefined ? {} : { limit: [limit] }),
  })
  if (!params.ok) throw new UsageError(`accounts: ${params.refusal.detail} Write ${ACCOUNTS_USAGE}`)
  return withModelDesk(io, async desk => {
    const { store } = desk
    const deps = { store, clock: io.clock, versionsOf: store.modelVersions, idsOf: personIdsOf(store) }
    for (const site of sitesAsked(desk, asked)) {
      const { data, next } = await listAccounts(deps, site, params.value)
      for (const line of json ? [JSON.stringify({ site, data, next })] : linesOf(site, data, next))
        io.out(line)
    }
    return 0
  })
}

function linesOf(site: string, accounts: readonly AccountListed[], next: string | null): readonly string[] {
  const many = next === null ? count(accounts.length, 'account') : `the first ${accounts.length} accounts`
  return [`${site}: ${many}`, ...columns(accounts.map(rowOf))]
}

function rowOf({
  id,
  domain,
  name,
  score,
  fit,
  stage,
  people,
  anonymous,
  roles,
}: AccountListed): readonly Cell[] {
  const unknown = anonymous === 0 ? '' : ` and ${anonymous} unknown`
  return [
    { text: plain([name, domain].filter(part => part !== null).join(', ') || id, 60) },
    { text: String(Math.round(score)), align: 'right' },
    { text: fit === null ? '–' : fit.grade },
    { text: stageName(stage) },
    { text: `${count(people, 'lead')}${unknown}` },
    {
      text:
        roles.missing.length === 0 ? 'every role present' : `no ${roles.missing.map(roleName).join(', ')}`,
    },
  ]
}

const roleName = (role: BuyingRole): string => spaced(role)

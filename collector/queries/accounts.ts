import { STAGES } from '../../shared/stages.ts'
import { DAY_MS } from '../../shared/time.ts'
import type { ModelVersion } from '../contracts/model.ts'
import { companyDomainIn } from '../enrich/account.ts'
import { type AccountListed, type AccountPerson, accountListed, peopleOf } from './account-shape.ts'
import { type QueryDeps, versionInForce } from './deps.ts'
import { type ListShape, minRankOf } from './leads.ts'
import { underOneVersion } from './one-version.ts'
import { type AccountsParams, DEFAULT_LIMIT } from './params.ts'
import { asOfNow } from './person.ts'
import { type Answer, answered, refused } from './refusal.ts'
import { rfc3339 } from './rfc3339.ts'

/** `GET /v1/accounts`: companies with their people's scores rolled up, hottest first unless asked otherwise. */
export const listAccounts = (
  deps: QueryDeps,
  site: string,
  params: AccountsParams,
): Promise<ListShape<AccountListed>> =>
  underOneVersion(deps, site, async versions => {
    const now = deps.clock()
    const halfLifeMs = halfLifeIn(versions)
    const { items, next } = await deps.store.accounts({
      site,
      id: params.domain === undefined ? null : await idOfDomain(deps, site, params.domain),
      minRank: minRankOf(params.minScore, now, halfLifeMs),
      text: params.q ?? null,
      sort: params.sort ?? 'score',
      limit: params.limit ?? DEFAULT_LIMIT,
      cursor: params.cursor ?? null,
    })
    return { data: items.map(account => accountListed(site, account, now, halfLifeMs)), next }
  })

const halfLifeIn = (versions: readonly ModelVersion[]): number =>
  versionInForce(versions).model.engagement.halfLifeMs

/** Whatever part of a company's domain is given, an account is known by the registrable one. */
async function idOfDomain(deps: QueryDeps, site: string, domain: string): Promise<string> {
  const idOf = await deps.idsOf(site)
  return idOf(`account:${companyDomainIn(domain) ?? domain}`)
}

export type AccountDetail = AccountListed & {
  readonly members: readonly AccountPerson[]
  readonly activity: { readonly events: number; readonly since: string }
}

/** Members shown: those further down weigh less than a number can hold. */
const MOST_MEMBERS = 200

/** What is lately, of an account (our choice): a month, in which a committee meets once. */
const RECENT_MS = 30 * DAY_MS

/** `GET /v1/accounts/:id`: the account, its people and what of its score each of them is. */
export const readAccount = (deps: QueryDeps, site: string, id: string): Promise<Answer<AccountDetail>> =>
  underOneVersion(deps, site, async versions => {
    const account = await deps.store.account(site, id)
    if (!account)
      return refused(
        'unknown_account',
        `Expected the id of an account of the site ${site}, got ${JSON.stringify(id)}.`,
      )
    const now = deps.clock()
    const since = now - RECENT_MS
    const [people, events] = await Promise.all([
      membersOf(deps, site, id, now),
      deps.store.accountActivity(site, id, since),
    ])
    return answered({
      ...accountListed(site, account, now, halfLifeIn(versions)),
      score: people.reduce((sum, { engagement, weight }) => sum + weight * engagement.score, 0),
      members: people,
      activity: { events, since: rfc3339(since) },
    })
  })

async function membersOf(
  deps: QueryDeps,
  site: string,
  account: string,
  now: number,
): Promise<readonly AccountPerson[]> {
  const everybody = { site, account, stages: STAGES, grade: null, minRank: null, text: null, isTest: false }
  const page = await deps.store.persons({
    ...everybody,
    sort: 'engagement',
    limit: MOST_MEMBERS,
    cursor: null,
  })
  return peopleOf(await Promise.all(page.items.map(({ state }) => asOfNow(deps, state))), now)
}

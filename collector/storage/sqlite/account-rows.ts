import type { AccountMember, AccountState, Said } from '../../contracts/account.ts'
import { orLast, searchKey } from './columns.ts'
import { jsonIn } from './json-column.ts'

/** Where columns become accounts and their members. */

export interface AccountRow {
  readonly state: string
}

export const accountOf = (row: AccountRow): AccountState =>
  jsonIn('accounts.state', row.state) as AccountState

/** Named parameters of an account's row, but for the place. */
export const accountValues = (state: AccountState) => ({
  id: state.id,
  score_rank: orLast(state.rank),
  fit_score: orLast(state.fit?.score),
  last_seen_at: state.lastSeenAt,
  people: state.people,
  search_text: searchKey(`${state.domain ?? ''}\n${state.name ?? ''}`),
  state: JSON.stringify(state),
})

type SaidText = readonly [Said['value'], strength: number, at: number] | null

/** A member without the names of its parts: it is written with every event of a person, and again in an index. */
type MemberText = readonly [
  stage: AccountMember['stage'],
  counts: 0 | 1,
  rank: number | null,
  fit: readonly [number, AccountMember['fit']['grade']],
  roles: AccountMember['roles'],
  domain: string | null,
  said: readonly [name: SaidText, industry: SaidText, companySize: SaidText],
  seen: readonly [first: number, last: number],
]

export function memberText(member: AccountMember): string {
  const { stage, counts, rank, fit, roles, domain, name, industry, companySize, firstSeenAt, lastSeenAt } =
    member
  const text: MemberText = [
    stage,
    counts ? 1 : 0,
    rank,
    [fit.score, fit.grade],
    roles,
    domain,
    [saidText(name), saidText(industry), saidText(companySize)],
    [firstSeenAt, lastSeenAt],
  ]
  return JSON.stringify(text)
}

const saidText = (said: Said | null): SaidText => said && [said.value, said.strength, said.at]

/** @throws StoreError `corrupt` */
export function memberIn(text: string): AccountMember {
  const [stage, counts, rank, fit, roles, domain, said, seen] = jsonIn(
    'persons.account_member',
    text,
  ) as MemberText
  return {
    stage,
    counts: counts === 1,
    rank,
    fit: { score: fit[0], grade: fit[1] },
    roles,
    domain,
    name: saidIn(said[0]),
    industry: saidIn(said[1]),
    companySize: saidIn(said[2]),
    firstSeenAt: seen[0],
    lastSeenAt: seen[1],
  }
}

const saidIn = (text: SaidText): Said | null => text && { value: text[0], strength: text[1], at: text[2] }

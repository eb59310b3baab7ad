import type { AccountState } from '../../contracts/account.ts'
import type { AccountQuery, AccountStore } from '../account-store.ts'
import type { Page } from '../store.ts'
import { type AccountRow, accountOf } from './account-rows.ts'
import { searchKey } from './columns.ts'
import { type Connection, method, present } from './connection.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { upTo } from './limit.ts'
import { SHOWN } from './shown.ts'

/** Indexes are named, as for persons (person-list.ts). */
const ORDERS = {
  score: { column: 'score_rank', index: 'accounts_by_score', hasAll: true },
  fit: { column: 'fit_score', index: 'accounts_by_fit', hasAll: false },
  last_seen: { column: 'last_seen_at', index: 'accounts_by_last_seen', hasAll: true },
  people: { column: 'people', index: 'accounts_by_people', hasAll: false },
} as const satisfies Record<
  AccountQuery['sort'],
  { readonly column: string; readonly index: string; readonly hasAll: boolean }
>

interface ListedAccountRow extends AccountRow {
  readonly id: string
  readonly sort_value: number
}

/** Greatest first, ties by id downwards. A cursor of another list or order gives an empty page. */
export function listAccounts(db: Connection, query: AccountQuery): Page<AccountState> {
  const list = `accounts:${query.sort}`
  const after = query.cursor === null ? null : decodeCursor(list, query.cursor)
  if (query.cursor !== null && after === null) return { items: [], next: null }
  const statement = areSortedWhole(query) ? ofThePicked(query) : inOrder(query)
  const rows = db.prepare<[object], ListedAccountRow>(statement).all({
    ...query,
    text: searchKey(query.text ?? ''),
    afterValue: after?.value,
    afterId: after?.id,
    rows: query.limit + 1,
  })
  return pageOf(rows, query.limit, list, {
    item: accountOf,
    position: row => ({ value: row.sort_value, id: row.id }),
  })
}

/** As of persons (person-list.ts, isSortedWhole). */
export const areSortedWhole = ({ sort, id, minRank }: AccountQuery): boolean =>
  !ORDERS[sort].hasAll && id === null && minRank !== null

function inOrder(query: AccountQuery): string {
  const { column, index } = ORDERS[query.sort]
  const from = query.id === null ? `accounts INDEXED BY ${index}` : 'accounts'
  return `SELECT state, id, ${column} AS sort_value FROM ${from} WHERE ${conditionsOf(query)} ${GREATEST_FIRST}`
}

const GREATEST_FIRST = `ORDER BY sort_value DESC, id DESC ${upTo('@rows')}`

/** Sorts entries of the index alone, and reads the rows of the page. */
function ofThePicked(query: AccountQuery): string {
  const picked = picking(query, `site, generation, id, ${ORDERS[query.sort].column} AS sort_value`)
  return `WITH picked AS MATERIALIZED (${picked} ${GREATEST_FIRST})
    SELECT state, id, sort_value FROM picked CROSS JOIN accounts USING (site, generation, id) ${GREATEST_FIRST}`
}

const picking = (query: AccountQuery, columns: string): string =>
  `SELECT ${columns} FROM accounts INDEXED BY accounts_by_score WHERE ${conditionsOf(query)}`

const conditionsOf = ({ sort, id, minRank, text, cursor }: AccountQuery): string =>
  [
    'site = @site',
    `generation = ${SHOWN}`,
    id === null ? null : 'id = @id',
    minRank === null ? null : 'score_rank >= @minRank',
    text === null ? null : 'instr(search_text, @text) > 0',
    cursor === null ? null : `(${ORDERS[sort].column}, id) < (@afterValue, @afterId)`,
  ]
    .filter(condition => condition !== null)
    .join(' AND ')

const ACCOUNT = `SELECT state FROM accounts WHERE site = @site AND generation = ${SHOWN} AND id = @id`

/** From the account's persons to their timelines, and to what lies in their stretches of these. */
const ACTIVITY = `
  WITH own AS MATERIALIZED (
    SELECT DISTINCT spans.subject FROM persons INDEXED BY persons_by_account CROSS JOIN spans
    ON spans.site = persons.site AND spans.person = persons.id AND spans.generation = persons.generation
    WHERE persons.site = @site AND persons.generation = ${SHOWN} AND persons.account = @id
  )
  SELECT count(*) FROM own CROSS JOIN events INDEXED BY events_by_subject
  ON events.site = @site AND events.subject = own.subject AND events.occurred_at >= @since
  CROSS JOIN persons ON persons.site = @site AND persons.generation = ${SHOWN} AND persons.account = @id
  AND persons.id = (
    SELECT person FROM spans WHERE site = @site AND subject = events.subject AND generation = ${SHOWN}
    AND (starts_at, starts_id) <= (events.occurred_at, events.id)
    ORDER BY starts_at DESC, starts_id DESC LIMIT 1
  )`

/** What the API asks of accounts. */
export function accountStore(db: Connection): AccountStore {
  const account = db.prepare<[object], AccountRow>(ACCOUNT)
  const activity = db.prepare<[object], number>(ACTIVITY).pluck()
  return {
    accounts: method(query => listAccounts(db, query)),
    account: method((site, id) => {
      const row = account.get({ site, id })
      return row === undefined ? null : accountOf(row)
    }),
    accountActivity: method((site, id, since) => present(activity.get({ site, id, since }))),
  }
}

import type { AccountState } from '../../contracts/account.ts'
import type { AccountQuery, AccountStore } from '../account-store.ts'
import type { Page } from '../store.ts'
import { type AccountRow, accountOf } from './account-rows.ts'
import { searchKey } from './columns.ts'
import { type Connection, method, present } from './connection.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { SHOWN } from './shown.ts'

/** Indexes are named, as for persons (person-list.ts). */
const ORDERS = {
  score: { column: 'score_rank', index: 'accounts_by_score' },
  fit: { column: 'fit_score', index: 'accounts_by_fit' },
  last_seen: { column: 'last_seen_at', index: 'accounts_by_last_seen' },
  people: { column: 'people', index: 'accounts_by_people' },
} as const satisfies Record<AccountQuery['sort'], { readonly column: string; readonly index: string }>

interface ListedAccountRow extends AccountRow {
  readonly id: string
  readonly sort_value: number
}

function listAccounts(db: Connection, query: AccountQuery): Page<AccountState> {
  const list = `accounts:${query.sort}`
  const after = query.cursor === null ? null : decodeCursor(list, query.cursor)
  if (query.cursor !== null && after === null) return { items: [], next: null }
  const rows = db.prepare<[object], ListedAccountRow>(statementFor(query)).all({
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

function statementFor({ sort, id, minRank, text, cursor }: AccountQuery): string {
  const { column, index } = ORDERS[sort]
  const conditions = [
    'site = @site',
    `generation = ${SHOWN}`,
    id === null ? null : 'id = @id',
    minRank === null ? null : 'score_rank >= @minRank',
    text === null ? null : 'instr(search_text, @text) > 0',
    cursor === null ? null : `(${column}, id) < (@afterValue, @afterId)`,
  ].filter(condition => condition !== null)
  const from = id === null ? `accounts INDEXED BY ${index}` : 'accounts'
  return `SELECT state, id, ${column} AS sort_value FROM ${from} WHERE ${conditions.join(' AND ')}
    ORDER BY ${column} DESC, id DESC LIMIT @rows`
}

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

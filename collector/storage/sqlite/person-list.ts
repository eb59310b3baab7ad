import { type LifecycleStage, STAGES } from '../../../shared/stages.ts'
import type { Page, PersonQuery, StoredPerson } from '../store.ts'
import { searchKey } from './columns.ts'
import type { Connection } from './connection.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { listedUnder, type PersonRow, personOf } from './rows.ts'
import { SHOWN } from './shown.ts'

/** Indexes are named: without statistics the planner would sort all leads above a rank. */
const ORDERS = {
  engagement: { column: 'engagement_rank', index: 'persons_by_engagement' },
  fit: { column: 'fit_score', index: 'persons_by_fit' },
  last_seen: { column: 'last_seen_at', index: 'persons_by_last_seen' },
  mql_since: { column: 'mql_since', index: 'persons_by_mql_since' },
} as const satisfies Record<PersonQuery['sort'], { readonly column: string; readonly index: string }>

const IDENTIFIED: readonly LifecycleStage[] = STAGES.filter(stage => stage !== 'anonymous')

interface ListedPersonRow extends PersonRow {
  readonly id: string
  readonly sort_value: number
}

/** Greatest first, ties by id downwards. A cursor of another list or order gives an empty page. */
export function listPersons(db: Connection, query: PersonQuery): Page<StoredPerson> {
  const list = `persons:${query.sort}`
  const after = query.cursor === null ? null : decodeCursor(list, query.cursor)
  if (query.cursor !== null && after === null) return { items: [], next: null }
  const stages = query.stages.length > 0 ? [...new Set(query.stages)] : IDENTIFIED
  const rows = db.prepare<[object], ListedPersonRow>(statementFor(query, stages.length)).all({
    ...query,
    ...Object.fromEntries(stages.map((stage, index) => [`stage${index}`, listedUnder(stage, query.isTest)])),
    text: searchKey(query.text ?? ''),
    afterValue: after?.value,
    afterId: after?.id,
    rows: query.limit + 1,
  })
  return pageOf(rows, query.limit, list, {
    item: personOf,
    position: row => ({ value: row.sort_value, id: row.id }),
  })
}

/**
 * One select per stage, each in the order of its index, merged: the page is read without sorting the list. Of an account,
 * whose people are few, all are read and sorted.
 */
function statementFor(query: PersonQuery, stageCount: number): string {
  const { column, index } = ORDERS[query.sort]
  const names = Array.from({ length: stageCount }, (_, stage) => `@stage${stage}`)
  const conditions = [
    query.grade === null ? null : 'fit_grade = @grade',
    query.minRank === null ? null : 'engagement_rank >= @minRank',
    query.text === null ? null : 'instr(search_text, @text) > 0',
    query.cursor === null ? null : `(${column}, id) < (@afterValue, @afterId)`,
  ].filter(condition => condition !== null)
  const select = (from: string, ...among: readonly string[]): string => {
    const where = ['site = @site', `generation = ${SHOWN}`, ...among, ...conditions].join(' AND ')
    return `SELECT version, state, ${column} AS sort_value, id FROM persons INDEXED BY ${from} WHERE ${where}`
  }
  const selects =
    query.account === null
      ? names.map(name => select(index, `stage = ${name}`))
      : [select('persons_by_account', 'account = @account', `stage IN (${names.join(', ')})`)]
  return `${selects.join('\nUNION ALL\n')}\nORDER BY sort_value DESC, id DESC LIMIT @rows`
}

import { FIT_GRADES } from '../../../shared/grades.ts'
import { type LifecycleStage, STAGES } from '../../../shared/stages.ts'
import type { Page, PersonQuery, StoredPerson } from '../store.ts'
import { searchKey } from './columns.ts'
import type { Connection } from './connection.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { upTo } from './limit.ts'
import { type Prepare, preparer } from './prepared.ts'
import { listedUnder, type PersonRow, personOf } from './rows.ts'
import { SHOWN } from './shown.ts'

/**
 * Each order is one of a stage and a grade. Indexes are named: without statistics the planner would sort all leads above a rank. What an
 * event changes is in no order that it does not write anyway (migrations/0010); `hasAll`: that order knows ranks, and anonymous visitors.
 */
const ORDERS = {
  engagement: { column: 'engagement_rank', index: 'persons_by_engagement', hasAll: true },
  fit: { column: 'fit_score', index: 'persons_by_fit', hasAll: false },
  last_seen: { column: 'last_seen_at', index: 'persons_by_last_seen', hasAll: true },
  mql_since: { column: 'mql_since', index: 'persons_by_mql_since', hasAll: false },
} as const satisfies Record<
  PersonQuery['sort'],
  { readonly column: string; readonly index: string; readonly hasAll: boolean }
>

const IDENTIFIED: readonly LifecycleStage[] = STAGES.filter(stage => stage !== 'anonymous')

/**
 * So many are looked at in the wanted order before all who are wanted are picked and sorted: some ten milliseconds. Where
 * one in twenty is wanted, the page is among them; where fewer are, there are few to sort. Our choice.
 */
const WALKED = 1_000

interface ListedPersonRow extends PersonRow {
  readonly id: string
  readonly sort_value: number
  readonly engagement_rank: number
}

/** Names of the parameters that stand for what is asked for. */
interface Among {
  readonly stages: readonly string[]
  readonly grades: readonly string[]
}

const names = (of: 'stage' | 'grade', count: number): readonly string[] =>
  Array.from({ length: count }, (_, nth) => `@${of}${nth}`)

/** Greatest first, ties by id downwards. A cursor of another list or order gives an empty page. */
export function personLister(
  db: Connection,
  { walked = WALKED } = {},
): (query: PersonQuery) => Page<StoredPerson> {
  const prepare = preparer<ListedPersonRow>(db)
  return query => listPersons(prepare, query, walked)
}

function listPersons(
  prepare: Prepare<ListedPersonRow>,
  query: PersonQuery,
  walked: number,
): Page<StoredPerson> {
  const list = `persons:${query.sort}`
  const after = query.cursor === null ? null : decodeCursor(list, query.cursor)
  if (query.cursor !== null && after === null) return { items: [], next: null }
  const stages = query.stages.length > 0 ? [...new Set(query.stages)] : IDENTIFIED
  const grades = query.grade === null ? FIT_GRADES : [query.grade]
  const among = { stages: names('stage', stages.length), grades: names('grade', grades.length) }
  const parameters = {
    ...query,
    ...Object.fromEntries(stages.map((stage, nth) => [`stage${nth}`, listedUnder(stage, query.isTest)])),
    ...Object.fromEntries(grades.map((grade, nth) => [`grade${nth}`, grade])),
    text: searchKey(query.text ?? ''),
    afterValue: after?.value,
    afterId: after?.id,
    rows: query.limit + 1,
  }
  const inTheirOrder = (asked: PersonQuery) => prepare(inOrder(asked, among))
  const { limit, minRank } = query
  const first =
    minRank !== null && mayBeAmongTheFirst(query)
      ? amongTheFirst(inTheirOrder({ ...query, minRank: null }).iterate({ ...parameters, rows: walked }), {
          isWanted: row => row.engagement_rank >= minRank,
          limit,
          walked,
        })
      : null
  const whole = () => (isSortedWhole(query) ? prepare(ofThePicked(query, among)) : inTheirOrder(query))
  const rows = first ?? whole().all(parameters)
  return pageOf(rows, query.limit, list, {
    item: personOf,
    position: row => ({ value: row.sort_value, id: row.id }),
  })
}

/**
 * Whether more than the page is read: all to sort them, or an order for the few in it who are wanted. Of many selects that are merged each is
 * read up to its first, and one without any to its end.
 */
export const isLongRead = (query: PersonQuery): boolean =>
  query.text !== null ||
  isSortedWhole(query) ||
  (query.sort === 'last_seen' && query.minRank !== null && query.account === null)

/**
 * Whether the wanted order does not know whom to pick: unless the page is among its first, all who are wanted are picked
 * from the order of engagement and sorted. It takes as long as they are many: 23 ms for 100,000.
 */
const isSortedWhole = ({ sort, account, stages, minRank }: PersonQuery): boolean =>
  !ORDERS[sort].hasAll && account === null && (stages.includes('anonymous') || minRank !== null)

/** Ranks stand beside the order. In search of a text it might be read to its end. */
const mayBeAmongTheFirst = (query: PersonQuery): boolean =>
  isSortedWhole(query) && query.text === null && !query.stages.includes('anonymous')

interface Walk {
  readonly isWanted: (row: ListedPersonRow) => boolean
  readonly limit: number
  readonly walked: number
}

/** @returns the page; null when the first of the order do not fill it, and there are more */
function amongTheFirst(
  first: Iterable<ListedPersonRow>,
  { isWanted, limit, walked }: Walk,
): readonly ListedPersonRow[] | null {
  const wanted: ListedPersonRow[] = []
  let looked = 0
  for (const row of first) {
    looked += 1
    if (isWanted(row) && wanted.push(row) > limit) return wanted
  }
  return looked < walked ? wanted : null
}

/**
 * One select per stage and grade, each in the order of its index, merged: the page is read without sorting the list. Of an
 * account, whose people are few, all are read and sorted.
 */
function inOrder(query: PersonQuery, among: Among): string {
  const { column, index, hasAll } = ORDERS[query.sort]
  const known = hasAll ? [] : [KNOWN]
  const each = among.stages.flatMap(stage =>
    among.grades.map(grade => [`stage = ${stage}`, `fit_grade = ${grade}`]),
  )
  const select = (from: string, ...conditions: readonly string[]): string =>
    `SELECT version, state, ${column} AS sort_value, id, engagement_rank FROM persons INDEXED BY ${from}
    WHERE ${[...conditions, ...conditionsOf(query)].join(' AND ')}`
  const selects =
    query.account === null
      ? each.map(one => select(index, ...one, ...known))
      : [select('persons_by_account', 'account = @account', ...anyOf(among))]
  return `${selects.join('\nUNION ALL\n')}\n${GREATEST_FIRST}`
}

/** As the partial indexes have it, so that the planner sees that these hold everybody who is asked for. */
const KNOWN = "stage NOT IN ('anonymous', 'test:anonymous')"

const GREATEST_FIRST = `ORDER BY sort_value DESC, id DESC ${upTo('@rows')}`

/** Sorts entries of the index alone, and reads the rows of the page. */
function ofThePicked(query: PersonQuery, among: Among): string {
  const picked = picking(query, among, `seq, ${ORDERS[query.sort].column} AS sort_value, id`)
  return `WITH picked AS MATERIALIZED (${picked} ${GREATEST_FIRST})
    SELECT version, state, sort_value, picked.id, engagement_rank FROM picked CROSS JOIN persons USING (seq)
    ORDER BY sort_value DESC, picked.id DESC`
}

const picking = (query: PersonQuery, among: Among, columns: string): string =>
  `SELECT ${columns} FROM persons INDEXED BY persons_by_engagement
  WHERE ${[...anyOf(among), ...conditionsOf(query)].join(' AND ')}`

const anyOf = ({ stages, grades }: Among): readonly string[] => [
  `stage IN (${stages.join(', ')})`,
  `fit_grade IN (${grades.join(', ')})`,
]

const conditionsOf = ({ sort, minRank, text, cursor }: PersonQuery): readonly string[] =>
  [
    'site = @site',
    `generation = ${SHOWN}`,
    minRank === null ? null : 'engagement_rank >= @minRank',
    text === null ? null : 'instr(search_text, @text) > 0',
    cursor === null ? null : `(${ORDERS[sort].column}, id) < (@afterValue, @afterId)`,
  ].filter(condition => condition !== null)

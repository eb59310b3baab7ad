import type Database from 'better-sqlite3'

/** Every column that holds JSON, as `table.column`: what is read as JSON is what a check of the whole file looks at. */
export const JSON_COLUMNS = [
  'events.page',
  'events.props',
  'events.noted',
  'persons.state',
  'persons.account_member',
  'accounts.state',
  'handoffs.reasons',
  'changes.body',
  'prepared_news.body',
  'quarantine.body',
  'quarantine.came',
  'quarantine.settled',
  'sites.origins',
  'sites.params',
  'tokens.scopes',
  'model_versions.model',
  'model_drafts.model',
] as const

export type JsonColumn = (typeof JSON_COLUMNS)[number]

/** Where only some rows of a column hold JSON. */
const HOLDS_JSON: Readonly<Partial<Record<JsonColumn, string>>> = {
  'prepared_news.body': "kind <> 'withdrawn'",
}

/** A flipped byte in one of these texts is seen only by reading it: most are in no index. */
export function unreadableJson(db: Database.Database): readonly string[] {
  return JSON_COLUMNS.flatMap(name => {
    const [table, column] = name.split('.')
    const isThere = db.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?').get(table, column)
    if (!isThere) return []
    const sql = `SELECT count(*) FROM ${table} WHERE ${column} IS NOT NULL AND NOT json_valid(${column}) AND ${HOLDS_JSON[name] ?? 'TRUE'}`
    const broken = db.prepare<[], number>(sql).pluck().get() ?? 0
    return broken === 0 ? [] : `${name} cannot be read in ${broken} rows`
  })
}

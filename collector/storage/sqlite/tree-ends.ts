import type Database from 'better-sqlite3'

type Connection = Database.Database

/** A table that has row numbers is a tree of its own; one that has none is the index of its key. */
const TABLES = `
  SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND wr = 0 AND name NOT LIKE 'sqlite_%'`

const INDEXES = `
  SELECT tables.name AS "table", indexes.name AS name, own.sql,
    (SELECT name FROM pragma_index_info(indexes.name) ORDER BY seqno LIMIT 1) AS "column"
  FROM sqlite_schema AS tables JOIN pragma_index_list(tables.name) AS indexes
  LEFT JOIN sqlite_schema AS own ON own.type = 'index' AND own.name = indexes.name
  WHERE tables.type = 'table'`

interface IndexRow {
  readonly table: string
  readonly name: string
  /** null: SQLite made it for a key */
  readonly sql: string | null
  /** the first that it is in the order of; none of ours begins with an expression */
  readonly column: string
}

/**
 * Reads the first and the last entry of every table and index: each step down a tree checks its pages.
 * @throws SqliteError of what is damaged
 */
export function readEnds(db: Connection): void {
  for (const query of endsOf(db))
    for (const way of ['ASC', 'DESC']) db.prepare(`${query} ${way} LIMIT 1`).get()
}

/** Each in the order of its tree, so that no more is read: looked at by `EXPLAIN QUERY PLAN` in its test. */
export function endsOf(db: Connection): readonly string[] {
  const tables = db.prepare<[], string>(TABLES).pluck().all()
  return [
    ...tables.map(name => `SELECT 1 FROM "${name}" NOT INDEXED ORDER BY rowid`),
    ...db.prepare<[], IndexRow>(INDEXES).all().map(endOf),
  ]
}

const endOf = ({ table, name, sql, column }: IndexRow): string =>
  `SELECT 1 FROM "${table}" INDEXED BY "${name}" ${conditionOf(sql)} ORDER BY "${column}"`

/** Of an index that holds a part of its table: SQLite takes it only for who asks for no more than that part. */
const conditionOf = (sql: string | null): string => /\sWHERE\s[\s\S]*$/.exec(sql ?? '')?.[0] ?? ''

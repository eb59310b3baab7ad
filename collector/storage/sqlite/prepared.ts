import type Database from 'better-sqlite3'
import type { Connection } from './connection.ts'

/** By the text of a statement with named parameters. */
export type Prepare<Row> = (text: string) => Database.Statement<[object], Row>

/** Our choice: the lists that dashboards ask for are few. One is some 26 KB. */
const KEPT = 8

/**
 * Prepares statements that are made of parts, and keeps the latest by their text: a list of thirty selects takes 0.3 ms to
 * prepare, as long as to read.
 */
export function preparer<Row>(db: Connection): Prepare<Row> {
  const kept = new Map<string, ReturnType<Prepare<Row>>>()
  return text => {
    const statement = kept.get(text) ?? db.prepare<[object], Row>(text)
    kept.delete(text)
    kept.set(text, statement)
    const [oldest] = kept.keys()
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
    return statement
  }
}

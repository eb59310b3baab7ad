import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Row = Readonly<Record<string, unknown>>

export const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null

/** A file of a corpus: `null` stands for a line that holds no JSON object. */
export interface CorpusFile {
  readonly file: string
  readonly rows: readonly (Row | null)[]
}

/** The folder's `PREFIX*.ndjson`, by name. */
export function corpusFiles(folder: string, prefix: string): readonly CorpusFile[] {
  const files = readdirSync(folder).filter(file => file.startsWith(prefix) && file.endsWith('.ndjson'))
  return files.toSorted().map(file => ({
    file,
    rows: readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean).map(rowIn),
  }))
}

/** The rows of all of them that `read` can read. Says how many it could not. */
export function corpusRows<T>(
  folder: string,
  prefix: string,
  read: (row: Row) => T | null,
): { readonly rows: readonly T[]; readonly notes: readonly string[] } {
  const found = corpusFiles(folder, prefix).flatMap(({ rows }) => rows)
  const rows = found.map(row => row && read(row)).filter(row => row !== null)
  if (found.length === 0) return { rows, notes: [`No ${prefix}*.ndjson is in ${folder}.`] }
  const skipped = found.length - rows.length
  return { rows, notes: skipped > 0 ? [`${prefix}*.ndjson: skipped ${skipped} rows of another shape`] : [] }
}

/** The text of a row's field; empty when it has none. */
export const textOf = (row: Row, key: string): string => (typeof row[key] === 'string' ? row[key] : '')

/** The texts of a row's list. */
export const listOf = (row: Row, key: string): readonly string[] =>
  Array.isArray(row[key]) ? row[key].filter(item => typeof item === 'string') : []

function rowIn(line: string): Row | null {
  try {
    const value: unknown = JSON.parse(line)
    return isRow(value) ? value : null
  } catch {
    return null
  }
}

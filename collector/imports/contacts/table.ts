import { CsvError, type Info, parse } from 'csv-parse/sync'
import { delimiterOf } from '../../../shared/csv.ts'

export interface Table {
  readonly header: readonly string[]
  readonly rows: readonly TableRow[]
}

export interface TableRow {
  readonly cells: readonly string[]
  /** in the file, from 1 */
  readonly line: number
}

/** A CSV file with a header, or a sentence about what is wrong with it. */
export function tableIn(bytes: Uint8Array): Table | string {
  const text = textIn(bytes)
  return text === null
    ? 'expected UTF-8 (or UTF-16 as spreadsheets save it), came other bytes. Save it as "CSV UTF-8".'
    : tableOf(text)
}

function textIn(bytes: Uint8Array): string | null {
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Excel's own first line, which names the separator */
const SEPARATOR = /^sep=(.)\r?\n/i

function tableOf(whole: string): Table | string {
  const named = SEPARATOR.exec(whole)
  const text = whole.slice(named?.[0].length ?? 0)
  const skipped = named ? 1 : 0
  const rows: TableRow[] = []
  try {
    parse(text, {
      delimiter: named?.[1] ?? delimiterOf(text),
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      relax_quotes: true,
      on_record: (cells: string[], { lines }: Info) => {
        rows.push({ cells, line: lines + skipped })
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return `expected CSV; ${error.message}.`
  }
  const [header, ...others] = rows
  return header
    ? { header: header.cells, rows: others.filter(isFilled) }
    : 'expected a header, came an empty file.'
}

const isFilled = ({ cells }: TableRow): boolean => cells.some(cell => cell !== '')

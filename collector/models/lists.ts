import { CsvError, type Info, parse } from 'csv-parse/sync'
import { delimiterOf } from '../../shared/csv.ts'
import type { CompanyList } from '../contracts/model.ts'
import { EMPTY_LIST, LIST_CHECKS } from './grammar/lists.ts'
import { type ModelProblem, problemAt, quoted } from './problems.ts'
import { didYouMean } from './suggest.ts'

export interface ListReading {
  readonly list: CompanyList
  readonly problems: readonly ModelProblem[]
}

/** Far above any list kept by hand (our choice: it is read whole, and kept with every published version). */
const MOST_LIST_BYTES = 10_000_000

const COLUMNS: ReadonlyMap<string, keyof CompanyList> = new Map([
  ['domain', 'domains'],
  ['email', 'emails'],
  ['company', 'companies'],
  ['ip', 'ips'],
])

interface Row {
  readonly cells: readonly string[]
  readonly line: number
}

/**
 * Reads a list file: a header with any of domain, email, company, ip, then a line an entry; cells may be empty. Comma,
 * semicolon or tab, whichever the header uses (spreadsheets differ by country).
 */
export function readList(text: string, file: string): ListReading {
  const bytes = Buffer.byteLength(text)
  if (bytes > MOST_LIST_BYTES) return { list: EMPTY_LIST, problems: [tooLong(bytes, file)] }
  const { rows, broken } = rowsOf(text, file)
  if (broken) return { list: EMPTY_LIST, problems: [broken] }
  const [header, ...entries] = rows
  const columns = (header?.cells ?? []).map(cell => cell.toLowerCase())
  const flaws = headerProblems(columns, header?.line ?? 1, file)
  if (flaws.length > 0) return { list: EMPTY_LIST, problems: flaws }
  const cells = entries.flatMap(entry => cellsOf(entry, columns))
  const problems = cells.flatMap(cell => cellProblem(cell, file))
  const of = (kind: keyof CompanyList) => cells.filter(cell => cell.kind === kind).map(cell => cell.text)
  const lowered = (kind: keyof CompanyList) => of(kind).map(text => text.toLowerCase())
  const list = {
    domains: lowered('domains'),
    emails: lowered('emails'),
    companies: of('companies'),
    ips: of('ips'),
  }
  return {
    list,
    problems: [...problems, ...entries.flatMap(entry => excessProblem(entry, columns.length, file))],
  }
}

const tooLong = (bytes: number, file: string): ModelProblem =>
  problemAt(
    { path: '', line: 1, column: 1 },
    { expected: `a list of at most ${MOST_LIST_BYTES} bytes`, got: `${bytes} bytes` },
    file,
  )

interface Cell {
  readonly kind: keyof CompanyList
  readonly column: string
  readonly text: string
  readonly line: number
  readonly index: number
}

const cellsOf = ({ cells, line }: Row, columns: readonly string[]): readonly Cell[] =>
  columns.flatMap((column, index) => {
    const kind = COLUMNS.get(column)
    const text = cells[index] ?? ''
    return kind && text !== '' ? [{ kind, column, text, line, index }] : []
  })

function cellProblem({ kind, column, text, line, index }: Cell, file: string): readonly ModelProblem[] {
  const expected = LIST_CHECKS[kind](text)
  if (expected === null) return []
  return [problemAt({ path: column, line, column: index + 1 }, { expected, got: quoted(text) }, file)]
}

function excessProblem({ cells, line }: Row, columns: number, file: string): readonly ModelProblem[] {
  if (cells.length <= columns) return []
  const expected = `at most ${columns} cells, as in the header`
  const finding = { expected, got: String(cells.length), fix: 'Put text with commas in quotes.' }
  return [problemAt({ path: '', line, column: columns + 1 }, finding, file)]
}

function rowsOf(
  text: string,
  file: string,
): { readonly rows: readonly Row[]; readonly broken?: ModelProblem } {
  const rows: Row[] = []
  try {
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      on_record: (cells: string[], { lines }: Info) => {
        rows.push({ cells, line: lines })
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? error.lines : 1
    return {
      rows,
      broken: problemAt({ path: '', line, column: 1 }, { expected: 'CSV', got: error.message }, file),
    }
  }
  return { rows }
}

function headerProblems(columns: readonly string[], line: number, file: string): readonly ModelProblem[] {
  const expected = `a header with any of ${[...COLUMNS.keys()].join(', ')}`
  if (columns.length === 0)
    return [problemAt({ path: '', line, column: 1 }, { expected, got: 'an empty file' }, file)]
  return columns.flatMap((column, index) => {
    const place = { path: column, line, column: index + 1 }
    if (!COLUMNS.has(column)) {
      const fix = didYouMean(column, COLUMNS.keys())
      return [problemAt(place, { expected, got: quoted(column), fix }, file)]
    }
    const again = columns.indexOf(column) < index
    return again ? [problemAt(place, { expected: 'each column once', got: `${column} again` }, file)] : []
  })
}

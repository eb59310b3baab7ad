import { CsvError, type Info, parse } from 'csv-parse/sync'
import { getDomain } from 'tldts'
import { delimiterOf } from '../../shared/csv.ts'
import type { NetworkOwner } from '../contracts/facts.ts'
import { type AddressRange, between, readRange } from './address.ts'
import type { OwnedRange } from './ranges.ts'

export interface CompanyRows {
  readonly ranges: readonly OwnedRange<NetworkOwner>[]
  readonly problems: readonly RowProblem[]
}

export interface RowProblem {
  /** of the file, from 1 */
  readonly line: number
  /** its name in the header */
  readonly column: string
  readonly expected: string
  readonly came: string
}

/** Where each thing is in a row; -1: the file does not have it. */
interface Columns {
  readonly names: readonly string[]
  readonly range: number
  readonly start: number
  readonly end: number
  readonly domain: number
  readonly name: number
}

type Cells = readonly string[]

/**
 * Reads ranges of addresses and whose they are: a header with `cidr`, `network` or `range`, or with `start` and `end`; and
 * with `domain`, `company` (or `name`), or both. Other columns are left alone. Comma, semicolon or tab, whichever the header
 * uses.
 */
export function readRows(text: string): CompanyRows {
  const ranges: OwnedRange<NetworkOwner>[] = []
  const problems: RowProblem[] = []
  const ownerOf = owners()
  let columns: Columns | null = null

  function take(cells: Cells, line: number): void {
    if (columns === null) {
      columns = columnsOf(cells)
      problems.push(...headerProblems(columns, line))
      return
    }
    const range = rangeIn(cells, columns)
    const owner = ownerOf(cells, columns)
    if (range !== null && owner !== null) ranges.push({ ...range, owner })
    else problems.push(...rowProblems(cells, columns, line, range, owner))
  }

  const broken = eachRow(text, (cells, line) => {
    if (!hasBadHeader(columns, problems)) take(cells, line)
  })
  if (broken !== null) problems.push(broken)
  else if (columns === null)
    problems.push({ line: 1, column: '1', expected: HEADER_EXPECTED, came: 'an empty file' })
  return { ranges, problems }
}

const hasBadHeader = (columns: Columns | null, problems: readonly RowProblem[]): boolean =>
  columns !== null && problems.some(({ expected }) => expected === HEADER_EXPECTED)

const HEADER_EXPECTED =
  'a header with cidr (or network, range), or start and end; and with domain or company (or name)'

function columnsOf(header: Cells): Columns {
  const names = header.map(name => name.toLowerCase())
  const oneOf = (...wanted: readonly string[]) => names.findIndex(name => wanted.includes(name))
  return {
    names,
    range: oneOf('cidr', 'network', 'range'),
    start: oneOf('start'),
    end: oneOf('end'),
    domain: oneOf('domain'),
    name: oneOf('company', 'name'),
  }
}

function headerProblems(columns: Columns, line: number): readonly RowProblem[] {
  const { names, range, start, end, domain, name } = columns
  const hasRange = range >= 0 || (start >= 0 && end >= 0)
  if (hasRange && (domain >= 0 || name >= 0)) return []
  return [{ line, column: '1', expected: HEADER_EXPECTED, came: JSON.stringify(names.join(',')) }]
}

const cellAt = (cells: Cells, column: number): string => cells[column] ?? ''

const rangeIn = (cells: Cells, { range, start, end }: Columns): AddressRange | null =>
  range >= 0 ? readRange(cellAt(cells, range)) : between(cellAt(cells, start), cellAt(cells, end))

/** One object per company, however many ranges it has. */
function owners(): (cells: Cells, columns: Columns) => NetworkOwner | null {
  const known = new Map<string, NetworkOwner | null>()
  return (cells, columns) => {
    const [domain, name] = [cellAt(cells, columns.domain), cellAt(cells, columns.name)]
    const key = `${domain}\n${name}`
    const owner = known.get(key)
    if (owner !== undefined) return owner
    const fresh = ownerNamed(domain, name)
    known.set(key, fresh)
    return fresh
  }
}

function ownerNamed(domainText: string, nameText: string): NetworkOwner | null {
  const [domain, name] = [registrable(domainText), nameText || null]
  const isBroken = domainText !== '' && domain === null
  return isBroken || (domain === null && name === null) ? null : { domain, name }
}

const registrable = (domain: string): string | null => getDomain(domain, { allowPrivateDomains: true })

function rowProblems(
  cells: Cells,
  columns: Columns,
  line: number,
  range: AddressRange | null,
  owner: NetworkOwner | null,
): readonly RowProblem[] {
  const at = (column: number, expected: string): RowProblem => ({
    line,
    column: columns.names[column] ?? String(column + 1),
    expected,
    came: JSON.stringify(cellAt(cells, column)),
  })
  const ofRange =
    columns.range >= 0
      ? at(columns.range, 'a network such as 203.0.113.0/28, or first–last')
      : at(columns.end, `an address not before start (${JSON.stringify(cellAt(cells, columns.start))})`)
  const ofOwner =
    cellAt(cells, columns.domain) === ''
      ? at(columns.domain >= 0 ? columns.domain : columns.name, 'a domain or a company')
      : at(columns.domain, 'a domain such as acme.example')
  return [...(range === null ? [ofRange] : []), ...(owner === null ? [ofOwner] : [])]
}

/** @returns what ended the reading before the end */
function eachRow(text: string, take: (cells: Cells, line: number) => void): RowProblem | null {
  try {
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      on_record: (cells: string[], { lines }: Info) => {
        take(cells, lines)
        return null
      },
    })
    return null
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? error.lines : 1
    return { line, column: '1', expected: 'CSV', came: error.message }
  }
}

import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CsvError, type Info, parse } from 'csv-parse'
import { delimiterOf } from '../../shared/csv.ts'
import { StartError } from '../config/start-error.ts'
import { type ExitCode, type Io, UsageError } from './io.ts'
import { count } from './words.ts'

/** What an address and a target make: a link, or in words why there is none. */
export type MakeLink = (email: string, url: string) => { readonly link: string } | { readonly why: string }

/** What is added to which file. */
export interface LinksWanted {
  /** path of the file */
  readonly csv: string
  /** name of the column with the addresses. @default the one that is called e-mail */
  readonly column: string | undefined
  /** a column of links for each */
  readonly urls: readonly string[]
}

interface Row {
  readonly record: readonly string[]
  readonly info: Info
}

const BYTE_ORDER_MARK = '\ufeff'
const EMAIL_HEADER = /mail|имейл|мейл|почт|courriel|correo/i
const HEADER_BYTES = 65_536
/** What a text column commonly holds. */
const FIELD_CHARS = 255
/** Our choice: enough to see what is wrong with a file. */
const MOST_COMPLAINTS = 20

/**
 * Writes a CSV file again, row by row, with a column of links for each address. A row that gets none has the plain
 * address of the page there, so that no mail goes out with an empty link.
 */
export async function addLinks(io: Io, wanted: LinksWanted, make: MakeLink): Promise<ExitCode> {
  const path = resolve(io.cwd, wanted.csv)
  const { delimiter, mark } = await formOf(path)
  const rows = rowsIn(path, delimiter)
  const first = await rows.next()
  if (first.done) throw new StartError(`${wanted.csv}: expected a header and rows, came an empty file.`)
  const names = first.value.record
  const header = { width: names.length, email: emailColumn(names, wanted.column) }
  io.out(mark + lineOf([...names, ...wanted.urls.map(columnName)], delimiter))
  let [failed, longest] = [0, 0]
  for await (const { record, info } of rows) {
    if (io.stop.aborted) break
    const { cells, chars, why } = withLinks(record, header, wanted.urls, make)
    io.out(lineOf(cells, delimiter))
    longest = Math.max(longest, chars)
    if (why === null) continue
    failed += 1
    if (failed <= MOST_COMPLAINTS) io.err(`line ${info.lines}: ${why}`)
  }
  if (failed > 0)
    io.err(`${count(failed, 'row')} without a link of their own: the plain address stands there.`)
  if (longest > FIELD_CHARS)
    io.err(
      `The longest link has ${longest} characters; many e-mail programs keep ${FIELD_CHARS} of a field. Shorten the page’s address.`,
    )
  return failed > 0 || io.stop.aborted ? 1 : 0
}

interface Header {
  readonly width: number
  /** which column has the addresses */
  readonly email: number
}

/** A row with its links, the length of the longest, and why one of them is none, or null. */
function withLinks(
  record: readonly string[],
  { width, email }: Header,
  urls: readonly string[],
  make: MakeLink,
): { readonly cells: readonly string[]; readonly chars: number; readonly why: string | null } {
  const made = urls.map(url => ({ url, ...make(record[email] ?? '', url) }))
  const padding = Array<string>(Math.max(0, width - record.length)).fill('')
  const links = made.map(one => ('link' in one ? one.link : one.url))
  const whys = made.flatMap(one => ('why' in one ? [one.why] : []))
  const chars = Math.max(...links.map(({ length }) => length))
  return { cells: [...record, ...padding, ...links], chars, why: whys[0] ?? null }
}

/** Comma, semicolon or tab, whichever the header uses (spreadsheets differ by country), and whether it begins with a mark. */
async function formOf(path: string): Promise<{ readonly delimiter: string; readonly mark: string }> {
  const file = await open(path).catch((error: unknown) => {
    throw new StartError(`${path}: expected a readable file. ${error instanceof Error ? error.message : ''}`)
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES))
    const text = buffer.toString('utf8', 0, bytesRead)
    return {
      delimiter: delimiterOf(text),
      mark: text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '',
    }
  } finally {
    await file.close()
  }
}

/** @throws StartError where the file is no CSV */
async function* rowsIn(path: string, delimiter: string): AsyncGenerator<Row> {
  const form = { bom: true, delimiter, info: true, relax_column_count: true, skip_empty_lines: true }
  const parser = parse(form)
  const file = createReadStream(path).on('error', error => parser.destroy(error))
  try {
    for await (const row of file.pipe(parser)) yield row
  } catch (error) {
    if (error instanceof CsvError) throw new StartError(`${path}: expected CSV. ${error.message}`)
    throw error
  } finally {
    file.destroy()
  }
}

/** @throws UsageError when it is not clear which one */
function emailColumn(header: readonly string[], asked: string | undefined): number {
  const names = header.map(cell => cell.trim())
  const fits = (name: string): boolean => (asked === undefined ? EMAIL_HEADER.test(name) : name === asked)
  const found = names.flatMap((name, index) => (fits(name) ? [index] : []))
  const [only, ...others] = found
  if (only !== undefined && others.length === 0) return only
  throw new UsageError(
    `email-link: expected one column of addresses, found ${found.length} among ${names.join(', ')}. Say which with --column.`,
  )
}

const columnName = (_: string, index: number): string => `goldpan_link${index === 0 ? '' : `_${index + 1}`}`

const lineOf = (cells: readonly string[], delimiter: string): string =>
  cells.map(cell => quoted(cell, delimiter)).join(delimiter)

const quoted = (cell: string, delimiter: string): string =>
  cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

import { type DateOrder, dateOrderIn, isSlashed } from './cells.ts'
import { type Column, columnsOf } from './columns.ts'
import { type Contact, contactIn } from './contact.ts'
import { type Table, tableIn } from './table.ts'

/** A CRM's export, understood. */
export interface ContactFile {
  readonly columns: readonly Column[]
  readonly contacts: readonly Contact[]
  /** cells that no outcome is known for, and how many there were of each */
  readonly unknownOutcomes: Readonly<Record<string, number>>
  /** some dates could be read both ways, and nothing said how: the day was taken to come first */
  readonly doubtfulDates: boolean
}

/**
 * Reads an export whole: a CRM's contacts fit into memory, unlike a server's requests.
 * @param mapped what the owner says of columns, by header in lower case
 * @returns a sentence when it is no CSV, or has no column that names people
 */
export function contactsIn(bytes: Uint8Array, mapped: ReadonlyMap<string, string>): ContactFile | string {
  const table = tableIn(bytes)
  if (typeof table === 'string') return table
  const columns = columnsOf(table.header, mapped)
  const strange = [...mapped.keys()].find(name => !table.header.some(one => one.toLowerCase() === name))
  if (strange !== undefined)
    return `expected --map with a column of the file, came "${strange}". It has ${table.header.join(', ')}.`
  if (!columns.some(namesPeople))
    return `expected a column with e-mail addresses (or phones, or user ids), came ${table.header.join(', ')}. Say which it is: --map "Column=email".`
  const order = orderIn(table, columns)
  const contacts = table.rows.map(row => contactIn(row, columns, order ?? 'day_first'))
  const doubtfulDates = order === null && datesIn(table, columns).some(isSlashed)
  return { columns, contacts, unknownOutcomes: unknownIn(contacts), doubtfulDates }
}

const namesPeople = ({ meaning }: Column): boolean =>
  meaning?.kind === 'userId' ||
  (meaning?.kind === 'trait' && (meaning.trait === 'email' || meaning.trait === 'phone'))

const DATES: readonly string[] = ['createdAt', 'updatedAt', 'closedAt']

const datesIn = ({ rows }: Table, columns: readonly Column[]): readonly string[] =>
  columns.flatMap(({ meaning }, index) =>
    meaning && DATES.includes(meaning.kind) ? rows.map(({ cells }) => cells[index] ?? '') : [],
  )

const orderIn = (table: Table, columns: readonly Column[]): DateOrder | null =>
  dateOrderIn(datesIn(table, columns))

function unknownIn(contacts: readonly Contact[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const { outcome } of contacts)
    if (outcome?.kind === 'unknown') counts.set(outcome.word, (counts.get(outcome.word) ?? 0) + 1)
  return Object.fromEntries(counts)
}

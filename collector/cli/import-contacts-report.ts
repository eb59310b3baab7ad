import { type Column, MAPPABLE } from '../imports/contacts/columns.ts'
import type { OutcomeTally, PeopleTally } from '../imports/contacts/contact-import.ts'
import type { DeliveryTally } from '../imports/delivery.ts'
import { columns as asColumns, type Cell, plain } from './columns.ts'
import { recordedLines } from './import-recorded.ts'
import type { Settled } from './import-settle.ts'
import { count } from './words.ts'

/** What an import of contacts found and did. */
export interface ContactReport {
  readonly site: string
  readonly rows: number
  readonly columns: readonly Column[]
  readonly people: PeopleTally
  readonly outcomes: OutcomeTally
  /** cells that no outcome is known for, and how many there were of each */
  readonly unknownOutcomes: Readonly<Record<string, number>>
  /** dates that could be read both ways were read with the day first */
  readonly doubtfulDates: boolean
  /** null: it was only counted */
  readonly recorded: DeliveryTally | null
  readonly settled: Settled | null
}

/** What was found in an export, and what became of it. */
export function contactReportLines(report: ContactReport): readonly string[] {
  const { site, rows, people, recorded } = report
  const { fresh, changed, unchanged, nameless } = people
  const counted: readonly (readonly [number, string])[] = [
    [fresh, 'new'],
    [changed, 'changed'],
    [unchanged, 'as they were'],
    [nameless.length, `without an e-mail address, phone or user id of their own${placesOf(nameless)}`],
  ]
  return [
    `${site}: ${count(rows, 'contact')}`,
    ...numbered(counted),
    ...outcomeLines(report),
    ...columnLines(report),
    ...recordedLines(recorded),
  ]
}

const SHOWN_LINES = 5

function placesOf(lines: readonly number[]): string {
  if (lines.length === 0) return ''
  const more = lines.length > SHOWN_LINES ? ' …' : ''
  return ` (line ${lines.slice(0, SHOWN_LINES).join(', ')}${more})`
}

const numbered = (rows: readonly (readonly [number, string])[]): readonly string[] =>
  asColumns(
    rows
      .filter(([number]) => number > 0)
      .map(([number, words]): readonly (Cell | string)[] => [
        { text: number.toLocaleString('en'), align: 'right' },
        words,
      ]),
  )

const GOAL_WORDS = {
  customer: 'customers',
  sales_qualified: 'sales qualified',
  sal: 'accepted by sales',
  nurturing: 'nurtured',
  disqualified: 'disqualified',
} as const

const SHOWN_WORDS = 10

function outcomeLines({ outcomes, unknownOutcomes }: ContactReport): readonly string[] {
  const { moved, there, missing } = outcomes
  const rows: readonly (readonly [number, string])[] = [
    ...Object.entries(GOAL_WORDS).map(([goal, words]) => {
      const [, number = 0] = Object.entries(moved).find(([name]) => name === goal) ?? []
      return [number, `now ${words}`] as const
    }),
    [there, 'where the file says, or further'],
    [missing, 'not found: erased, joined to another lead, or not qualified yet'],
  ]
  const unknown = Object.entries(unknownOutcomes).sort(([, a], [, b]) => b - a)
  const words = unknown.slice(0, SHOWN_WORDS).map(([word, times]) => `"${plain(word, 40)}" (${times})`)
  const lines = numbered(rows)
  return [
    ...(lines.length > 0 ? ['what became of them:', ...lines] : []),
    ...(words.length > 0
      ? [`outcomes not understood, their contacts imported without: ${words.join(', ')}`]
      : []),
  ]
}

function columnLines({ columns, doubtfulDates }: ContactReport): readonly string[] {
  const read = columns.flatMap(({ name, meaning }) => {
    if (meaning === null || meaning.kind === 'left_out') return []
    return [[plain(name, 40), meaning.kind === 'trait' ? meaning.trait : meaning.kind]]
  })
  const names = (kind: 'left_out' | null): string =>
    columns
      .filter(({ meaning }) => (meaning?.kind ?? null) === kind)
      .map(({ name }) => plain(name, 40))
      .join(', ')
  const [strange, left] = [names(null), names('left_out')]
  return [
    ...['columns:', ...asColumns(read)],
    ...(left === '' ? [] : [`left out, as the CRM's own affairs: ${left}`]),
    ...(strange === ''
      ? []
      : [
          `not understood, and left out: ${strange}`,
          `  say what they are with --map "Column=trait": ${MAPPABLE.slice(0, -1).join(', ')}, or a name of your own`,
        ]),
    ...(doubtfulDates
      ? ['Dates such as 3/4/2026 could be read both ways; the day was taken to come first.']
      : []),
  ]
}

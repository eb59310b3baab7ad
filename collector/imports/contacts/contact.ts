import { LIMITS } from '../../../shared/limits.ts'
import { isPlaceholderId } from '../../../shared/placeholders.ts'
import { PROTOTYPE_KEYS } from '../../../shared/prototype-keys.ts'
import { currencyIn, type DateOrder, dateIn, moneyIn } from './cells.ts'
import type { Column } from './columns.ts'
import { type Outcome, outcomeIn } from './outcome.ts'
import type { TableRow } from './table.ts'

/** One row of a CRM's export, understood. */
export interface Contact {
  readonly line: number
  /** the customer's own id of the person, or null */
  readonly user: string | null
  /** by name: the first column of each that says something */
  readonly traits: Readonly<Record<string, string>>
  /** epoch ms, as far as the row says */
  readonly createdAt: number | null
  readonly updatedAt: number | null
  readonly closedAt: number | null
  /** null: the row says nothing of what became of them */
  readonly outcome: Outcome | null
  readonly amount: number | null
  readonly currency: string | null
  /** why they were lost or set aside, in the words of the CRM */
  readonly reason: string | null
}

type Kind = NonNullable<Column['meaning']>['kind']

export function contactIn(row: TableRow, columns: readonly Column[], order: DateOrder): Contact {
  const all = (kind: Kind): readonly string[] =>
    columns.flatMap(({ meaning }, index) => {
      const cell = row.cells[index] ?? ''
      return meaning?.kind === kind && cell !== '' ? [cell] : []
    })
  const date = (kind: Kind): number | null => all(kind).flatMap(cell => dateIn(cell, order) ?? [])[0] ?? null
  const [user] = all('userId')
  const [money = ''] = all('amount')
  const amount = moneyIn(money)
  return {
    line: row.line,
    user: user === undefined || isPlaceholderId(user) ? null : user.slice(0, LIMITS.userChars),
    traits: traitsIn(row, columns),
    createdAt: date('createdAt'),
    updatedAt: date('updatedAt'),
    closedAt: date('closedAt'),
    outcome: outcomeIn(all('outcome')),
    amount,
    currency: amount === null ? null : currencyIn([...all('currency'), money].join(' ')),
    reason: all('reason')[0]?.slice(0, LIMITS.stringChars) ?? null,
  }
}

function traitsIn({ cells }: TableRow, columns: readonly Column[]): Readonly<Record<string, string>> {
  const traits = new Map<string, string>()
  for (const [index, { meaning }] of columns.entries()) {
    const whole = cells[index] ?? ''
    if (meaning?.kind !== 'trait') continue
    const cell = meaning.trait === 'email' ? firstAddress(whole) : whole
    if (cell === '' || traits.has(meaning.trait)) continue
    if (!PROTOTYPE_KEYS.has(meaning.trait) && traits.size < LIMITS.keys)
      traits.set(meaning.trait, cell.slice(0, LIMITS.stringChars))
  }
  return Object.fromEntries(traits)
}

/** CRMs put all of a person's addresses into one cell, the main one first. */
function firstAddress(cell: string): string {
  const addresses = cell.split(/[,;|\s]+/).filter(part => part.includes('@'))
  return addresses.length > 1 ? (addresses[0] ?? cell) : cell
}

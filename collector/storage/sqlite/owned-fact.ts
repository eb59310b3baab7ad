import type { OwnedFact } from '../store.ts'
import { type EventRow, factOf } from './event-rows.ts'
import { jsonIn } from './json-column.ts'

export interface OwnedEventRow extends EventRow {
  readonly owner: string | null
  readonly owner_identifier: string | null
}

/** For lists: a row that cannot be read whole is there all the same, and says what of it is missing. */
export const ownedFactOf = (row: OwnedEventRow): OwnedFact => ({
  ...readableFactOf(row),
  seq: row.seq,
  person: row.owner === null ? null : { id: row.owner, identified: row.owner_identifier !== null },
})

/** What stands in place of JSON that cannot be read. */
const NOTHING = { page: null, props: '{}', noted: null } as const

function readableFactOf(row: EventRow): Omit<OwnedFact, 'seq' | 'person'> {
  try {
    return factOf(row)
  } catch {
    const broken = (['page', 'props', 'noted'] as const).filter(name => !isReadable(name, row[name]))
    const blanks = Object.fromEntries(broken.map(name => [name, NOTHING[name]]))
    return { ...factOf({ ...row, ...blanks }), unreadable: broken.map(name => `events.${name}`) }
  }
}

function isReadable(name: keyof typeof NOTHING, text: string | null): boolean {
  try {
    if (text !== null) jsonIn(`events.${name}`, text)
    return true
  } catch {
    return false
  }
}

import type { Connection } from './connection.ts'

/** So many entries of an index are sorted in some ten milliseconds; where more are picked, each page has enough of them. */
const FEW = 25_000

/** How many may be sorted. Tests say other numbers. */
export interface Few {
  readonly few?: number
}

/**
 * Whether what a select picks is little enough to be sorted, where the wanted order does not know whom to pick.
 * @param picked selects as far as it must to tell
 */
export const isFew = (db: Connection, picked: string, values: object, { few = FEW }: Few): boolean =>
  Number(
    db
      .prepare<[object], number>(`SELECT count(*) FROM (${picked} LIMIT ${few + 1})`)
      .pluck()
      .get(values),
  ) <= few

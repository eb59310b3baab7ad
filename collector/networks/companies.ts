import { readFileSync } from 'node:fs'
import { StartError } from '../config/start-error.ts'
import type { NetworkOwner } from '../contracts/facts.ts'
import { readRows } from './company-rows.ts'
import { rangeIndex } from './ranges.ts'

/** Whose range an address lies in, by its position (address.ts); null: nobody's. */
export type CompanyOf = (position: bigint) => NetworkOwner | null

const SHOWN = 20

/**
 * The companies of an operator's CSV file of address ranges. Read at the start alone: 500,000 rows take seconds, which a
 * running collector does not have.
 * @throws StartError with every row that cannot be used (the first 20 by name)
 */
export function openCompanies(path: string): CompanyOf {
  const { ranges, problems } = readRows(textIn(path))
  if (problems.length === 0) return rangeIndex(ranges)
  const shown = problems
    .slice(0, SHOWN)
    .map(
      ({ line, column, expected, came }) =>
        `${path}, line ${line}, column ${column}: expected ${expected}, came ${came}.`,
    )
  const more = problems.length - shown.length
  throw new StartError(
    [
      'GOLDPAN_COMPANY_NETWORKS names a file that cannot be used:',
      ...shown,
      ...(more > 0 ? [`… and ${more} more.`] : []),
    ].join('\n  '),
  )
}

function textIn(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new StartError(
      `GOLDPAN_COMPANY_NETWORKS: expected a readable CSV file, came ${JSON.stringify(path)} (${reason}). Check the path and its permissions.`,
    )
  }
}

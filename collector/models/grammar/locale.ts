import { quoted, type Report } from '../problems.ts'
import { nearest } from '../suggest.ts'
import { type Tree, treeAt } from '../tree.ts'

export const DEFAULT_TIMEZONE = 'UTC'
export const DEFAULT_CURRENCY = 'EUR'

/** Time zone and currency must be ones that exist. */
export function checkLocale(file: Tree, report: Report): void {
  const zone = treeAt(file, 'timezone')
  if (typeof zone?.value === 'string' && !isTimeZone(zone.value)) {
    const fix = suggestion(zone.value, Intl.supportedValuesOf('timeZone'))
    report(zone, { expected: 'an IANA time zone such as Europe/Sofia', got: quoted(zone.value), fix })
  }
  const currency = treeAt(file, 'currency')
  const currencies = Intl.supportedValuesOf('currency')
  if (
    typeof currency?.value === 'string' &&
    /^[A-Z]{3}$/.test(currency.value) &&
    !currencies.includes(currency.value)
  ) {
    const expected = 'a currency of ISO 4217 such as EUR'
    report(currency, { expected, got: quoted(currency.value), fix: suggestion(currency.value, currencies) })
  }
}

function suggestion(given: string, known: readonly string[]): string | null {
  const near = nearest(given, known)
  return near === null ? null : `Did you mean "${near}"?`
}

/** Intl is the judge: it also decides which day it is. Offsets such as +02:00 know no summer time, and are refused. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** What the trial tells a collector with failpoints, and what it hears from it. */

/** How a step fails: the process dies at it, or SQLite says so. */
export const WAYS = ['die', 'SQLITE_IOERR', 'SQLITE_FULL', 'SQLITE_BUSY'] as const
export type Way = (typeof WAYS)[number]

/** A step of the store, by what it does, and the how-many-th time after the order. */
export interface Point {
  readonly step: string
  readonly nth: number
}

/** `list`: counts the steps from now on; `fail`: fails at one of them, once; `none`: neither any more. */
export type Order =
  | { readonly kind: 'list' }
  | { readonly kind: 'fail'; readonly point: Point; readonly way: Way }
  | { readonly kind: 'none' }

/** Given in the environment: an order that holds from the first instruction. */
export const ORDER_AT_START = 'CHAOS_ORDER'

/** Begins a line on standard error: what follows is JSON of a point that was reached, or of all that were passed. */
export const REACHED = 'failpoint reached '
export const PASSED = 'failpoints passed '

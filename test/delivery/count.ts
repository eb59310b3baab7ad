import type { Arrival } from './far-collector.ts'

/** What came of one run. */
export interface Count {
  /** events that had to come */
  readonly expected: number
  /** which of them never came from the page they happened on */
  readonly lost: readonly string[]
  /** which of them came under more than one id */
  readonly doubled: readonly string[]
  /** arrivals of an id that had come before: the collector keeps one */
  readonly resent: number
}

const PAGE = /^\/page\/[^/]+/

/** What an event is, told without its id: its type, and the rest of its page's path if there is one. */
const keyOf = ({ type, page }: Arrival): string => {
  const path = new URL(page?.url ?? 'http://unknown').pathname
  return PAGE.test(path) ? `${type} ${path.replace(PAGE, '')}`.trim() : `${type} of another page`
}

/**
 * Counts what came of a run. Strictly: an event that only came because a later page sent what was stored is lost, since
 * most people never come back.
 */
export function count(expected: readonly string[], arrivals: readonly Arrival[]): Count {
  const idsOf = (key: string, among: readonly Arrival[]): ReadonlySet<string> =>
    new Set(among.filter(arrival => keyOf(arrival) === key).map(({ id }) => id))
  const own = arrivals.filter(({ from }) => PAGE.test(from))
  return {
    expected: expected.length,
    lost: expected.filter(key => idsOf(key, own).size === 0),
    // running totals come as often as they grew
    doubled: expected.filter(key => key !== 'engagement' && idsOf(key, arrivals).size > 1),
    resent: arrivals.length - new Set(arrivals.map(({ id }) => id)).size,
  }
}

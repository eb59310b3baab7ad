import ipaddr from 'ipaddr.js'
import { SESSION_GAP_MS } from '../../../shared/limits.ts'
import { DAY_MS } from '../../../shared/time.ts'
import type { LogLine } from './log-line.ts'

/** Whose request it was, and in which session. */
export interface Visit {
  readonly visitor: string
  readonly session: string
  /** the first request of that visitor, of that session */
  readonly isNewVisitor: boolean
  readonly isNewSession: boolean
}

interface Open {
  readonly visitor: string
  session: string
  lastAt: number
}

/** How many open visits before those that are over are looked for (our choice: some 20 MB). */
const MANY = 100_000

/**
 * Visitors of a log, which knows none. A visitor is one address with one user agent on one day, the day (in the log's own
 * zone) on which the session began; sessions end after 30 minutes. Why a day and no longer:
 *
 * - The day, the address and the agent stand in the line itself. So a log gives the same visitors however it is cut, in
 *   whatever order its files come, and imported once more with a week's lines behind it. "A gap of less than 24 hours" would
 *   depend on where the log begins.
 * - For a day the pair mostly means one person. Over weeks addresses change hands, browsers change their agent with each
 *   release, and an office of fifty with one agent would be one tireless visitor: an error that grows with time.
 * - Nobody in a log was asked. A keyed hash that is another one every day follows nobody (as Plausible does).
 *
 * Only a session begun before midnight goes on beyond it, for it is one visit. Of an IPv6 address the first 64 bits count:
 * they are the household's, as an IPv4 address is, and the rest changes by the day (RFC 8981).
 *
 * @param hash keyed, so that nobody can work an address out of an id; hexadecimal
 */
export function startVisits(hash: (text: string) => string): (line: LogLine) => Visit {
  const open = new Map<string, Open>()
  let sweepAt = MANY
  return ({ address, agent, at, day }) => {
    const key = `${placeOf(address)}\0${agent ?? ''}`
    const known = open.get(key)
    if (known && Math.abs(at - known.lastAt) < SESSION_GAP_MS) {
      known.lastAt = Math.max(at, known.lastAt)
      return { visitor: known.visitor, session: known.session, isNewVisitor: false, isNewSession: false }
    }
    const visitor = hash(`visitor\0${key}\0${day}`)
    const session = hash(`session\0${visitor}\0${at}`)
    const isNewVisitor = known?.visitor !== visitor
    open.set(key, { visitor, session, lastAt: at })
    if (open.size > sweepAt) sweepAt = sweep(open, at - DAY_MS) + MANY
    return { visitor, session, isNewVisitor, isNewSession: true }
  }
}

/** Forgets who was last seen before an instant. @returns how many are left */
function sweep(open: Map<string, Open>, before: number): number {
  for (const [key, { lastAt }] of open) if (lastAt < before) open.delete(key)
  return open.size
}

/** An address as far as it tells one household or office from another. */
function placeOf(address: string): string {
  if (!address.includes(':') || !ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  return parsed.kind() === 'ipv4'
    ? parsed.toString()
    : ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()
}

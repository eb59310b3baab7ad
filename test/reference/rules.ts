import type { Cap, EngagementRule } from '../../collector/contracts/model.ts'
import type { Match } from './matches.ts'

/** What a match was worth: the rule's points, and what the cap left of them. Both undecayed. */
export interface Credit {
  readonly match: Match
  readonly earned: number
  readonly credited: number
}

/** Whether the rule holds at an instant: its window, its `for` after a match (the later of the two), else for ever. */
export function holdsAt(
  rule: EngagementRule,
  matches: readonly Match[],
  at: number,
  timezone: string,
): boolean {
  const { window, forMs } = rule
  const before = matches.filter(match => match.at <= at)
  if (window === null && forMs === null) return before.length > 0
  const isOpen = window !== null && isComplete(rule, before, at, timezone)
  return isOpen || completions(rule, before, timezone).some(match => at <= match.at + (forMs ?? -Infinity))
}

/** The matches at which the rule is complete; without a window that is each of them. */
export const completions = (
  rule: EngagementRule,
  matches: readonly Match[],
  timezone: string,
): readonly Match[] =>
  matches.filter((match, i) => isComplete(rule, matches.slice(0, i + 1), match.at, timezone))

/** N distinct units lie in [at − within, at]. */
function isComplete(
  { window }: EngagementRule,
  matches: readonly Match[],
  at: number,
  timezone: string,
): boolean {
  if (window === null) return matches.length > 0
  const inWindow = matches.filter(match => at - window.withinMs <= match.at && match.at <= at)
  const units = inWindow.map(match => {
    if (window.per === 'day') return dayOf(match.at, timezone)
    return window.per === 'session' ? (match.session ?? match.id) : match.id
  })
  return new Set(units).size >= window.atLeast
}

/** What each earning match was credited, the cap applied in order, the last credit a part of the points. */
export function creditsOf(
  rule: EngagementRule,
  matches: readonly Match[],
  timezone: string,
): readonly Credit[] {
  const credits: Credit[] = []
  for (const match of earning(rule, matches, timezone)) {
    const isCounted = ({ match: earlier }: Credit) =>
      rule.cap?.per !== 'day' || dayOf(earlier.at, timezone) === dayOf(match.at, timezone)
    const used = credits.filter(isCounted).reduce((sum, { credited }) => sum + credited, 0)
    credits.push({ match, earned: rule.points, credited: leftBy(rule.cap, rule.points, used) })
  }
  return credits
}

/** The matches that earn: all, the first, or each completion that is later than a window after the last one. */
function earning(rule: EngagementRule, matches: readonly Match[], timezone: string): readonly Match[] {
  const earned: Match[] = []
  for (const match of completions(rule, matches, timezone)) {
    const last = earned.at(-1)
    const onlyOnce = rule.once || rule.window?.again === 'never'
    if (last && (onlyOnce || match.at <= last.at + (rule.window?.withinMs ?? -Infinity))) continue
    earned.push(match)
  }
  return earned
}

const leftBy = (cap: Cap | null, points: number, used: number): number =>
  cap === null
    ? points
    : Math.sign(points) * Math.min(Math.abs(points), Math.abs(cap.points) - Math.abs(used))

/** The calendar day of an instant in a time zone. */
function dayOf(at: number, timezone: string): string {
  const known = calendars.get(timezone)
  const calendar = known ?? new Intl.DateTimeFormat('en-CA', { timeZone: timezone })
  if (!known) calendars.set(timezone, calendar)
  return calendar.format(at)
}

const calendars = new Map<string, Intl.DateTimeFormat>()

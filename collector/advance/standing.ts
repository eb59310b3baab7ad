import type { EngagementState, ScoreReason } from '../contracts/state.ts'
import type { Standing } from '../lifecycle/policy.ts'
import { rankingKey, settled } from '../scoring/decay.ts'
import { type EngagementFold, engagementAt, engagementReasons } from '../scoring/engagement.ts'
import { fitReasons } from '../scoring/fit.ts'
import type { Book, Holdings } from './book.ts'

/** What the policy reads, as of the last fact. For a recycled lead, rules and flags count what came since. */
export function standingOf(book: Book): Standing {
  book.standing ??= workOut(book)
  return book.standing
}

function workOut(book: Book): Standing {
  const { traits, emailKind, companyDomain, lists, fit, gates } = book.who
  const { holds, flags } = holdingsOf(book)
  return {
    traits,
    emailKind,
    companyDomain,
    lists,
    fit,
    engagement: engagementState(book.whole, book.asOf),
    holds,
    flags,
    needs: [...book.needs].sort(),
    gates,
  }
}

function engagementState(fold: EngagementFold, asOf: number): EngagementState {
  const { halfLifeMs } = fold.model.engagement
  const score = engagementAt(fold, asOf)
  return { score, asOf, halfLifeMs, rank: rankingKey(score, asOf, halfLifeMs) }
}

function holdingsOf(book: Book): Holdings {
  if (book.holdings === null || book.holdings.until < book.asOf) book.holdings = lookUpHoldings(book)
  return book.holdings
}

/** A rule holds as long as it says; a flag as long as the rule that set it, a fit rule for ever (scoring.md, Flags). */
function lookUpHoldings({ who, whole, sinceRecycling, asOf }: Book): Holdings {
  const fold = sinceRecycling ?? whole
  const holds = new Map<string, number>()
  const flags = new Map<string, number>()
  for (const { rule, state } of fold.rules) {
    if (state.heldUntil < asOf) continue
    holds.set(rule.id, state.heldUntil)
    for (const flag of rule.sets) extend(flags, flag, state.heldUntil)
  }
  for (const { id, sets } of fold.model.fit.rules) {
    if (!who.fit.matched.includes(id)) continue
    for (const flag of sets) extend(flags, flag, Number.POSITIVE_INFINITY)
  }
  return { holds: asData(holds), flags: asData(flags), until: Math.min(...holds.values(), ...flags.values()) }
}

const extend = (until: Map<string, number>, name: string, end: number): unknown =>
  until.set(name, Math.max(end, until.get(name) ?? end))

/** As data: null is for ever. */
function asData(until: ReadonlyMap<string, number>): Readonly<Record<string, number | null>> {
  const data: Record<string, number | null> = {}
  for (const [name, end] of until) data[name] = Number.isFinite(end) ? end : null
  return data
}

/** Engagement earned since the latest recycling, as of the last fact. */
export const newPointsOf = (book: Book): number =>
  book.sinceRecycling ? settled(engagementAt(book.sinceRecycling, book.asOf)) : 0

/** When the fast track's rule last came to hold, since the latest recycling. */
export function fastTrackAtOf(book: Book): number | null {
  const wanted = book.version.model.mql.fastTrack?.rule
  const fold = book.sinceRecycling ?? book.whole
  return fold.rules.find(({ rule }) => rule.id === wanted)?.state.heldAt ?? null
}

/** Why both scores are what they are at an instant not before the last fact. */
export const reasonsOf = (book: Book, at: number): readonly ScoreReason[] => [
  ...fitReasons(book.version.model, book.who.fit),
  ...engagementReasons(book.whole, at),
]

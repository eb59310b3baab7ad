import type { Condition } from '../contracts/model.ts'
import type { EngagementState, ScoreReason } from '../contracts/state.ts'
import type { Standing } from '../lifecycle/policy.ts'
import { rankingKey, settled } from '../scoring/decay.ts'
import { type EngagementFold, engagementAt, engagementReasons } from '../scoring/engagement.ts'
import { fitReasons } from '../scoring/fit.ts'
import { judgeGate, type Who } from '../scoring/profile-reader.ts'
import type { Book, Holdings } from './book.ts'

/** What the policy reads, as of the last fact. For a recycled lead, rules and flags count what came since. */
export function standingOf(book: Book): Standing {
  book.standing ??= workOut(book)
  return book.standing
}

function workOut(book: Book): Standing {
  const { traits, emailKind, companyDomain, lists, fit } = book.who
  const { holds, flags, gates } = holdingsOf(book)
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

/**
 * For a recycled lead, what the policy reads counts matches since; a gate stays closed whatever came between.
 */
function lookUpHoldings(book: Book): Holdings {
  const { who, whole, sinceRecycling, version } = book
  const ever = heldIn(whole, book)
  const { holds, flags } = sinceRecycling ? heldIn(sinceRecycling, book) : ever
  const view = { ...who, flags: [...ever.flags.keys()] }
  const gates: Until = new Map()
  for (const { id, if: condition } of version.model.disqualify) {
    if (judgeGate(condition)(view) === true) gates.set(id, opensAfter(condition, who, ever.flags))
  }
  const ends = [...holds.values(), ...flags.values(), ...ever.flags.values()]
  return {
    holds: asData(holds),
    flags: asData(flags),
    gates: asData(gates),
    until: Math.min(...ends),
  }
}

type Until = Map<string, number>

/**
 * Until when a closed gate stays so if nothing happens. It asks for flags that hold, never for one that does not
 * (models/grammar), so time can only open it: when one of its flags ends.
 */
function opensAfter(condition: Condition, who: Who, flags: Until): number {
  const isClosedAfter = (end: number): boolean => {
    const names = [...flags].flatMap(([name, until]) => (until > end ? [name] : []))
    return judgeGate(condition)({ ...who, flags: names }) === true
  }
  const ends = [...flags.values()].sort((a, b) => a - b)
  return ends.find(end => !isClosedAfter(end)) ?? Number.POSITIVE_INFINITY
}

/** A rule holds as long as it says; a flag as long as the rule that set it, a fit rule for ever (scoring.md, Flags). */
function heldIn(fold: EngagementFold, { who, asOf }: Book): { readonly holds: Until; readonly flags: Until } {
  const holds: Until = new Map()
  const flags: Until = new Map()
  for (const { rule, state } of fold.rules) {
    if (state.heldUntil < asOf) continue
    holds.set(rule.id, state.heldUntil)
    for (const flag of rule.sets) extend(flags, flag, state.heldUntil)
  }
  for (const { id, sets } of fold.model.fit.rules) {
    if (!who.fit.matched.includes(id)) continue
    for (const flag of sets) extend(flags, flag, Number.POSITIVE_INFINITY)
  }
  return { holds, flags }
}

const extend = (until: Until, name: string, end: number): unknown =>
  until.set(name, Math.max(end, until.get(name) ?? end))

/** As data: null is for ever. */
function asData(until: Until): Readonly<Record<string, number | null>> {
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

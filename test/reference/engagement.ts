import type { Fact } from '../../collector/contracts/facts.ts'
import { type Known, sumOf } from './known.ts'
import type { Match } from './matches.ts'
import { creditsOf, holdsAt } from './rules.ts'

/** One rule's part of the engagement score at an instant (contracts/state.ts, ScoreReason). */
export interface Part {
  readonly rule: string
  readonly points: number
  readonly earned: number
  readonly capped: number
  readonly decayed: number
  readonly count: number
  readonly events: readonly string[]
}

/**
 * The engagement score at an instant, rule by rule: Σ points · 2^(−age/halfLife), each match by itself.
 * @param since a recycling: what was earned since, caps and once afresh
 */
export function engagementAt(known: Known, at: number, since: Fact | null = null): readonly Part[] {
  const { engagement, timezone } = known.version.model
  return engagement.rules.flatMap(rule => {
    const credits = creditsOf(rule, matchesSince(known, rule.id, since), timezone)
    if (credits.length === 0) return []
    const earned = sumOf(credits.map(credit => credit.earned))
    const credited = sumOf(credits.map(credit => credit.credited))
    const left = credits.map(
      credit => credit.credited * 2 ** ((credit.match.at - at) / engagement.halfLifeMs),
    )
    const events = credits.map(({ match }) => match.id)
    const { id, points } = rule
    return [
      {
        rule: id,
        points,
        earned,
        capped: earned - credited,
        decayed: sumOf(left),
        count: events.length,
        events,
      },
    ]
  })
}

export const scoreOf = (parts: readonly Part[]): number => sumOf(parts.map(({ decayed }) => decayed))

/** A rule's matches; only those after a recycling, when there was one. */
export const matchesSince = (known: Known, rule: string, since: Fact | null): readonly Match[] =>
  (known.matches.get(rule) ?? []).filter(({ at, id }) => {
    if (since === null || at > since.occurredAt) return true
    return at === since.occurredAt && id > since.id
  })

/** The engagement rules that hold at an instant, by their matches since the recycling. */
export function rulesAt(known: Known, at: number, since: Fact | null): readonly string[] {
  const { engagement, timezone } = known.version.model
  return engagement.rules
    .filter(rule => holdsAt(rule, matchesSince(known, rule.id, since), at, timezone))
    .map(({ id }) => id)
}

/** The flags that hold: as long as one of the rules that set them holds or, of fit, is matched. */
export function flagsAt(known: Known, at: number, since: Fact | null): readonly string[] {
  const { engagement, fit } = known.version.model
  const holding = [...rulesAt(known, at, since), ...known.fit.matched]
  const setting = [...engagement.rules, ...fit.rules].filter(({ id }) => holding.includes(id))
  return [...new Set(setting.flatMap(({ sets }) => sets))]
}

import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import type { Condition, EngagementRule, ScoringModel } from '../contracts/model.ts'
import { NO_BEHAVIOUR } from '../enrich/behaviour.ts'
import { startReading } from '../enrich/reading.ts'
import { foldEvidence, startEngagement } from '../scoring/engagement.ts'
import type { Inquiry } from './inquiry.ts'
import { neverToldIn, unmetParts } from './lacks.ts'
import { unknownTraits } from './missing.ts'
import { type Deed, deedsFor, lookingAround, tellingOf } from './supposed-facts.ts'
import { type Wish, waysToMeet } from './wishes.ts'

/** Something that might be enough: a deed that matches a rule, or traits that somebody tells. */
export interface Candidate {
  /** the engagement or fit rule it is about; null: anything at all, or what the policy itself asks for */
  readonly rule:
    | { readonly axis: 'engagement'; readonly is: EngagementRule }
    | { readonly axis: 'fit'; readonly id: string }
    | null
  /** values that would do; empty for a deed */
  readonly traits: Wish
  /** what the traits must meet; null for a deed */
  readonly condition: Condition | null
  /** the person has done it before: "one more" */
  readonly again: boolean
  /** its own among all candidates */
  readonly name: string
  readonly deed: Deed
  readonly maxTimes: number
  /** between repetitions */
  readonly gapMs: number
  /** engagement rules that it matches */
  readonly matches: ReadonlySet<string>
}

/** Deeds that match a rule, then traits nobody knows yet. */
export const candidatesFor = (inquiry: Inquiry): readonly Candidate[] =>
  [...deeds(inquiry), ...tellings(inquiry)].map((candidate, index) => ({ ...candidate, name: String(index) }))

type Unnamed = Omit<Candidate, 'name'>

/** Whether who does the one has done the other, too: a visit of two minutes is a visit. */
export function isAskedBy(one: Candidate, by: Candidate): boolean {
  if (one.traits !== NO_TRAITS || by.traits !== NO_TRAITS)
    return one.condition === by.condition && one.condition !== null
  return one.rule === null || (one.rule.axis === 'engagement' && by.matches.has(one.rule.is.id))
}

const NO_TRAITS: Wish = {}

/** Oftener is no single thing any more, unless a window asks for it (our choice). */
const MAX_TIMES = 5

function deeds({ version: { model }, counting }: Inquiry): readonly Unnamed[] {
  const none = { traits: NO_TRAITS, condition: null, gapMs: HOUR_MS, maxTimes: 1 }
  const matches = matchedBy(lookingAround, model)
  const anything = { ...none, rule: null, again: true, deed: lookingAround, matches }
  const known = counting.rules.flatMap(({ rule, state }) => {
    if (rule.points < 0) return []
    const subject = { axis: 'engagement' as const, is: rule }
    const again = state.heldAt !== null || state.units.size > 0
    return deedsFor(rule, model)
      .map(deed => ({ ...none, rule: subject, again, deed, matches: matchedBy(deed, model) }))
      .filter(candidate => candidate.matches.has(rule.id))
      .map(candidate => ({ ...candidate, ...repetitionOf(candidate.matches, model) }))
  })
  return [anything, ...known]
}

/** As often as the windows ask for that the deed has a part in; on days of their own if one of them counts days. */
function repetitionOf(
  matches: ReadonlySet<string>,
  { engagement }: ScoringModel,
): Pick<Candidate, 'maxTimes' | 'gapMs'> {
  const windows = engagement.rules.flatMap(({ id, window }) => (window && matches.has(id) ? window : []))
  const most = Math.max(1, ...windows.map(({ atLeast }) => atLeast))
  const gapMs = windows.some(({ per }) => per === 'day') ? DAY_MS : HOUR_MS
  return { maxTimes: Math.min(most, MAX_TIMES), gapMs }
}

function matchedBy(deed: Deed, model: ScoringModel): ReadonlySet<string> {
  const fold = startEngagement(model)
  const read = startReading(model, NO_BEHAVIOUR)
  for (const fact of deed(0, '')) foldEvidence(fold, read(fact))
  return new Set(
    fold.rules.filter(({ state }) => state.units.size > 0 || state.count > 0).map(({ rule }) => rule.id),
  )
}

function tellings({ state, version: { model }, at }: Inquiry): readonly Unnamed[] {
  const byRule = unknownTraits(state, model)
    .filter(({ rule }) => rule.points > 0)
    .map(({ rule, traits }) => ({ rule: { axis: 'fit' as const, id: rule.id }, condition: rule.if, traits }))
  const byPolicy = unmetParts(model.mql.when, state, at)
    .map(condition => ({ rule: null, condition, traits: neverToldIn(condition, state) }))
    .filter(({ traits }) => traits.length > 0)
  return [...byRule, ...byPolicy].flatMap(({ rule, condition, traits }) =>
    waysToMeet(condition).flatMap(way => {
      const values = traits.flatMap(name => (name in way ? [[name, way[name] ?? '']] : []))
      const wish: Wish = Object.fromEntries(values)
      const deed = tellingOf(wish)
      if (values.length === 0) return []
      return [
        { rule, condition, traits: wish, again: false, deed, maxTimes: 1, gapMs: HOUR_MS, matches: NONE },
      ]
    }),
  )
}

const NONE: ReadonlySet<string> = new Set()

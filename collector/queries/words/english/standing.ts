import type { EngagementRule } from '../../../contracts/model.ts'
import type { StageTransition } from '../../../contracts/state.ts'
import type { Lack } from '../../lacks.ts'
import type { Missing } from '../../missing.ts'
import type { Summary } from '../../summary.ts'
import type { When } from '../language.ts'
import { closerNoun } from './closers.ts'
import { statement } from './conditions.ts'
import { exclusion, wanted } from './missing.ts'
import { actorName, deedName, kindOfDeed, spaced, traitName } from './names.ts'
import { amount, and, count, or, soFar } from './numbers.ts'
import { day } from './time.ts'

/** How a lead stands, and why: `qualified on 12 January: fit 45 (B), engagement 48, most of it from 3 pricing visits …` */
export function standing(summary: Summary, when: When): string {
  const { state } = summary
  const last = state.transitions.at(-1)
  switch (state.stage) {
    case 'anonymous':
      return ''
    case 'mql':
      return qualified(summary, when)
    case 'lead':
      return notYet(summary, when)
    case 'nurturing':
      return [sentBack(last, when), notYet(summary, when)].filter(text => text !== '').join('; ')
    default:
      return last ? moved(last, when) : ''
  }
}

function qualified({ state: { mql, transitions }, model }: Summary, when: When): string {
  if (!mql) return ''
  const on = day(mql.since, when)
  if (mql.by === 'decision') {
    const { actor = 'a person', reason = '' } = transitions.findLast(({ to }) => to === 'mql') ?? {}
    return `made an MQL on ${on} by ${actorName(actor)} (${spaced(reason)})`
  }
  const scores = `fit ${amount(mql.fitScore)} (${mql.fitGrade}), engagement ${amount(mql.engagementScore)}`
  const track = mql.by === 'fast_track' ? fastTrackRule(model) : null
  if (track !== null) return `qualified on ${on} by the fast track, for the ${track}: ${scores}`
  const why = mainReasons(mql.reasons, model)
  return `qualified on ${on}: ${scores}${why === '' ? '' : `, most of it from ${why}`}`
}

function fastTrackRule({ mql, engagement }: Summary['model']): string | null {
  const rule = engagement.rules.find(({ id }) => id === mql.fastTrack?.rule)
  return rule ? deedName(rule) : null
}

const MAX_REASONS = 2

/** What earned most, each kind of deed once: pricing visits count for several rules. */
function mainReasons(
  reasons: NonNullable<Summary['state']['mql']>['reasons'],
  { engagement }: Summary['model'],
): string {
  const kinds = new Map<string, { readonly rule: EngagementRule; times: number; points: number }>()
  for (const { rule: id, decayed, count: matches } of reasons) {
    const rule = engagement.rules.find(one => one.id === id)
    if (!rule || decayed <= 0) continue
    const kind = kinds.get(kindOfDeed(rule)) ?? { rule, times: 0, points: 0 }
    kind.times = Math.max(kind.times, rule.window?.atLeast ?? matches)
    kind.points += decayed
    kinds.set(kindOfDeed(rule), kind)
  }
  const telling = [...kinds.values()].filter(({ rule }) => rule.if !== null || kinds.size === 1)
  const best = telling.sort((a, b) => b.points - a.points).slice(0, MAX_REASONS)
  return and(
    best.map(({ rule, times }) => `${times === 1 ? 'the' : count(times)} ${kindOfDeed(rule, times)}`),
  )
}

function notYet(summary: Summary, when: When): string {
  return cooledOn(summary, when) + (heldBack(summary.missing, when) ?? prospects(summary, when))
}

/** Why points alone would not do; null: they would. */
function heldBack(missing: readonly Missing[], when: When): string | null {
  const excluded = missing.flatMap(one => reasonOf(one, when))
  if (excluded.length === 0) return null
  return `${missing.some(({ kind }) => kind === 'gate') ? 'excluded' : 'held back'}: ${and(excluded)}`
}

function prospects(summary: Summary, when: When): string {
  const { state, missing } = summary
  const isAgain = state.transitions.some(({ to }) => to === 'mql')
  const enough = whatIsEnough(summary, when)
  if (enough !== '') return `${isAgain ? 'to qualify again,' : 'not an MQL yet, but'} ${enough}`
  const waits = missing.find(one => one.kind === 'cooldown')
  // Until then the scores will be others.
  const counting = waits ? missing.filter(({ kind }) => kind === 'new_points') : missing
  const needs = and(counting.flatMap(one => need(one, summary, when)))
  const asks = needs === '' ? '' : `needs ${needs}`
  if (waits) return joined(`cannot qualify again before ${day(waits.until, when)}`, ', and ', asks)
  return joined(isAgain ? 'not an MQL again yet' : 'not an MQL yet', ': ', asks)
}

const joined = (verdict: string, by: string, more: string): string =>
  more === '' ? verdict : `${verdict}${by}${more}`

const MAX_CLOSERS = 2

/** `one more pricing visit before 22 January or one demo form would be enough`; nothing when no single thing is. */
export function whatIsEnough({ closers }: Summary, when: When): string {
  if (closers.length === 0) return ''
  return `${or(closers.slice(0, MAX_CLOSERS).map(closer => closerNoun(closer, when)))} would be enough`
}

function reasonOf(missing: Missing, when: When): readonly string[] {
  if (missing.kind === 'gate') return [exclusion(missing, when)]
  return missing.kind === 'condition' && missing.lack.kind === 'none'
    ? missing.lack.holding.map(statement)
    : []
}

function need(missing: Missing, { unknown }: Summary, when: When): readonly string[] {
  if (missing.kind === 'condition') {
    const { lack } = missing
    return [`${wanted(lack, when)}${notKnown(lack, unknown)}`]
  }
  if (missing.kind !== 'new_points') return []
  const { has, needs, since } = missing
  const far = has === null ? '' : ` (${soFar(has, needs)} so far)`
  return [`${amount(needs)} new points since ${day(since, when)}${far}`]
}

/** What to ask for more fit; and whether all answers together could be enough. */
function notKnown(lack: Lack, unknown: Summary['unknown']): string {
  if (lack.kind !== 'score' || lack.axis !== 'fit') return ''
  const gaps = unknown.filter(({ rule }) => rule.points > 0)
  const most = lack.has + gaps.reduce((sum, { rule }) => sum + rule.points, 0)
  const isHopeless = 'from' in lack.is && most < (lack.is.from ?? 0)
  const names = [...new Set(gaps.flatMap(gap => gap.traits))].map(traitName)
  if (names.length === 0) return isHopeless ? ' (no answer to a known question would be enough)' : ''
  const are = names.length > 1 ? 'are' : 'is'
  return ` (${and(names)} ${are} not known${isHopeless ? `, and no answer would be enough` : ''})`
}

/** A lead that has been an MQL says so. */
function cooledOn({ state: { transitions }, model }: Summary, when: When): string {
  const last = transitions.at(-1)
  if (last?.from !== 'mql' || last.to !== 'lead') return ''
  const since = transitions.findLast(({ to }) => to === 'mql')
  const why = whyItEnded(last.reason, model)
  return since ? `was an MQL from ${day(since.at, when)} to ${day(last.at, when)} (${why}); ` : ''
}

/** A gate by what it asks for, for its id is the marketer's. */
function whyItEnded(reason: string, { disqualify }: Summary['model']): string {
  const gate = disqualify.find(({ id }) => reason === `gate:${id}`)
  return gate ? `excluded: ${statement(gate.if)}` : spaced(reason)
}

const sentBack = (last: StageTransition | undefined, when: When): string =>
  last?.to === 'nurturing'
    ? `sent back on ${day(last.at, when)} by ${actorName(last.actor)} (${spaced(last.reason)})`
    : ''

const MOVES: Readonly<Record<string, string>> = {
  sal: 'accepted by sales',
  sales_qualified: 'qualified by sales',
  customer: 'became a customer',
  disqualified: 'disqualified',
}

const moved = ({ to, at, actor, reason }: StageTransition, when: When): string =>
  `${MOVES[to] ?? spaced(to)} on ${day(at, when)} (${actorName(actor)}: ${spaced(reason)})`

import type { Condition, ScoringModel } from '../contracts/model.ts'
import type { PersonState } from '../contracts/state.ts'
import { cooldownOf, unmet } from '../lifecycle/policy.ts'
import { leavesOf } from '../scoring/conditions.ts'
import { currentScore } from '../scoring/decay.ts'
import type { EngagementFold } from '../scoring/engagement.ts'
import { asWritten, capitalised, deedInWords, labelOf, type Scene, unmetInWords } from './condition-words.ts'
import type { MissingShape } from './lead-shape.ts'
import { nextDeeds } from './next-deed.ts'
import { rfc3339 } from './rfc3339.ts'

/**
 * What keeps a person from being an MQL: the unmet conditions of the policy, closed gates, a cool-down.
 * Nothing is missing for one who is an MQL or beyond.
 */
export function missingOf(state: PersonState, model: ScoringModel, at: number): readonly MissingShape[] {
  if (!isBefore(state)) return []
  const scene = { state, model, at }
  const conditions = unmetParts(model.mql.when, scene)
  return [
    ...contact(state, conditions),
    ...conditions.map(part => ({ condition: asWritten(part), text: unmetInWords(part, scene) })),
    ...gates(state),
    ...cooldown(scene),
  ]
}

/** Stages from which the policy may make an MQL. */
const isBefore = ({ stage }: PersonState): boolean =>
  stage === 'anonymous' || stage === 'lead' || stage === 'nurturing'

function unmetParts(condition: Condition, scene: Scene): readonly Condition[] {
  return unmet(condition, scene.state, scene.at).flatMap(part =>
    'all' in part ? unmetParts(part, scene) : [part],
  )
}

/** An anonymous visitor has no stage to leave; said once, if the policy does not ask for contact data itself. */
const contact = ({ stage }: PersonState, unmetParts: readonly Condition[]): readonly MissingShape[] =>
  stage === 'anonymous' && !unmetParts.some(asksForContact)
    ? [
        {
          condition: { any: [{ known: ['email'] }, { known: ['phone'] }] },
          text: 'Neither e-mail nor phone is known',
        },
      ]
    : []

const asksForContact = (condition: Condition): boolean =>
  leavesOf(condition).some(({ key }) => key === 'email' || key === 'phone')

const gates = (state: PersonState): readonly MissingShape[] =>
  state.gates.map(id => ({ condition: { gate: id }, text: `Excluded by ${id}` }))

function cooldown({ state, model, at }: Scene): readonly MissingShape[] {
  const recycled = state.transitions.findLast(({ to }) => to === 'nurturing')
  if (!recycled || state.stage !== 'nurturing') return []
  const { newPoints } = model.recycle
  const until = recycled.at + cooldownOf(model.recycle, recycled.reason)
  const fresh = {
    condition: { newPoints },
    text: `Needs ${newPoints} engagement points earned since ${rfc3339(recycled.at)}`,
  }
  const waiting = { condition: { cooldown: recycled.reason }, text: `Cooling down until ${rfc3339(until)}` }
  return [...(until > at ? [waiting] : []), ...(newPoints > 0 ? [fresh] : [])]
}

/** Single rules that would close the gap, when a gap in one score is all that is missing. */
export function closersOf(
  missing: readonly MissingShape[],
  fold: EngagementFold,
  scene: Scene,
): readonly MissingShape[] {
  const [only, ...others] = unmetParts(scene.model.mql.when, scene)
  const fast = fastTrack(scene)
  if (!only || others.length > 0 || missing.length > 1) return fast
  const gap = gapIn(only, scene)
  if (gap === null) return fast
  return [...(gap.axis === 'fit' ? byTrait(gap.points, scene) : byDeed(gap.points, fold, scene)), ...fast]
}

interface Gap {
  readonly axis: 'fit' | 'engagement'
  readonly points: number
}

function gapIn(condition: Condition, { state, at }: Scene): Gap | null {
  if (!('key' in condition) || !('from' in condition.is) || condition.is.from === undefined) return null
  const { key, is } = condition
  if (key === 'fit') return { axis: key, points: condition.is.from - state.fit.score }
  return key === 'engagement'
    ? { axis: key, points: (is.from ?? 0) - currentScore(state.engagement, at) }
    : null
}

const byDeed = (gap: number, fold: EngagementFold, { at }: Scene): readonly MissingShape[] =>
  nextDeeds(fold, at)
    .filter(({ gain }) => gain >= gap)
    .map(({ rule, again }) => ({
      condition: { rule: rule.id },
      text: `${again ? 'One more' : 'One'} ${deedInWords(rule)} would be enough`,
    }))

function byTrait(gap: number, { state, model }: Scene): readonly MissingShape[] {
  const open = model.fit.rules.filter(rule => state.fit.unknown.includes(rule.id) && rule.points >= gap)
  return open.map(rule => {
    const unknown = leavesOf(rule.if)
      .map(({ key }) => key)
      .filter(key => state.traits[key] === undefined)
    const labels = [...new Set(unknown)].map(labelOf).join(' and ')
    return { condition: { rule: rule.id }, text: `${capitalised(labels)} could be enough (${rule.id})` }
  })
}

function fastTrack({ state, model }: Scene): readonly MissingShape[] {
  const { fastTrack } = model.mql
  const rule = model.engagement.rules.find(({ id }) => id === fastTrack?.rule)
  if (!fastTrack || !rule || state.stage !== 'lead' || state.gates.length > 0) return []
  if (fastTrack.fitFrom !== null && state.fit.score < fastTrack.fitFrom) return []
  return [{ condition: { rule: rule.id }, text: `One ${deedInWords(rule)} would be enough (fast track)` }]
}

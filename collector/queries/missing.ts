import type { Condition, FitRule, ScoringModel } from '../contracts/model.ts'
import type { PersonState } from '../contracts/state.ts'
import { cooldownOf, holding } from '../lifecycle/policy.ts'
import { leavesOf } from '../scoring/conditions.ts'
import { asWritten } from './as-written.ts'
import { type Lack, lackOf, type Scene, unknownIn, unmetParts } from './lacks.ts'

/** One thing that keeps a person from being an MQL, as data; `words/` says it in a language. */
export type Missing =
  | { readonly kind: 'condition'; readonly condition: Condition; readonly lack: Lack }
  | { readonly kind: 'contact' }
  | {
      readonly kind: 'gate'
      readonly gate: string
      readonly because: Condition | null
      /** epoch ms, inclusive: it stays closed if nothing happens; null: for ever */
      readonly until: number | null
    }
  | { readonly kind: 'cooldown'; readonly reason: string; readonly until: number }
  | {
      readonly kind: 'new_points'
      readonly needs: number
      /** null where only the stored state is at hand */
      readonly has: number | null
      readonly since: number
    }
  | { readonly kind: 'trait'; readonly rule: FitRule; readonly traits: readonly string[] }

/** Stages from which the policy may make an MQL. */
export const isBefore = ({ stage }: PersonState): boolean =>
  stage === 'anonymous' || stage === 'lead' || stage === 'nurturing'

/**
 * The unmet conditions of the policy, closed gates, a cool-down, new points still to be earned. Nothing is missing for one
 * who is an MQL or beyond.
 * @param newPoints earned since the latest recycling; null: not at hand
 */
export function missingOf(scene: Scene, newPoints: number | null = null): readonly Missing[] {
  const { state, model, at } = scene
  if (!isBefore(state)) return []
  const conditions = unmetParts(model.mql.when, state, at)
  return [
    ...contact(state, conditions),
    ...conditions.map(part => ({ kind: 'condition' as const, condition: part, lack: lackOf(part, scene) })),
    ...gates(scene),
    ...afterRecycling(scene, newPoints),
  ]
}

/** An anonymous visitor has no stage to leave; said once, if the policy does not ask for contact data itself. */
const contact = ({ stage }: PersonState, conditions: readonly Condition[]): readonly Missing[] =>
  stage === 'anonymous' && !conditions.some(asksForContact) ? [{ kind: 'contact' }] : []

const asksForContact = (condition: Condition): boolean =>
  leavesOf(condition).some(({ key }) => key === 'email' || key === 'phone')

const gates = ({ state, model, at }: Scene): readonly Missing[] =>
  holding(state.gates, at).map(gate => ({
    kind: 'gate',
    gate,
    because: model.disqualify.find(({ id }) => id === gate)?.if ?? null,
    until: state.gates[gate] ?? null,
  }))

/** Whoever was sent back once waits and earns anew, whatever moved them since (scoring.md, Episode). */
function afterRecycling({ state, model, at }: Scene, newPoints: number | null): readonly Missing[] {
  const recycled = state.transitions.findLast(({ to }) => to === 'nurturing')
  if (!recycled) return []
  const { reason, at: since } = recycled
  const needs = model.recycle.newPoints
  const until = since + cooldownOf(model.recycle, reason)
  const isEarned = newPoints === null ? needs <= 0 : newPoints >= needs
  return [
    ...(until > at ? [{ kind: 'cooldown' as const, reason, until }] : []),
    ...(isEarned ? [] : [{ kind: 'new_points' as const, needs, has: newPoints, since }]),
  ]
}

/** Fit rules that cannot be judged, each with the traits that nobody knows. */
export function unknownTraits(state: PersonState, model: ScoringModel): readonly TraitGap[] {
  return model.fit.rules
    .filter(({ id }) => state.fit.unknown.includes(id))
    .map(rule => ({ kind: 'trait', rule, traits: unknownIn(rule.if, state) }))
}

export type TraitGap = Extract<Missing, { kind: 'trait' }>

/** What is missing in the grammar of goldpan.yaml. */
export function conditionOf(missing: Missing): unknown {
  switch (missing.kind) {
    case 'condition':
      return asWritten(missing.condition)
    case 'contact':
      return { any: [{ known: ['email'] }, { known: ['phone'] }] }
    case 'gate':
      return { gate: missing.gate }
    case 'cooldown':
      return { cooldown: missing.reason }
    case 'new_points':
      return { newPoints: missing.needs }
    case 'trait':
      return { rule: missing.rule.id }
  }
}

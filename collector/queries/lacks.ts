import type { Condition, EngagementRule, ScoringModel, ValueTest } from '../contracts/model.ts'
import type { PersonState } from '../contracts/state.ts'
import { meets, type Standing, unmet } from '../lifecycle/policy.ts'
import { leavesOf } from '../scoring/conditions.ts'
import { currentScore } from '../scoring/decay.ts'
import type { EngagementFold } from '../scoring/engagement.ts'

/**
 * What is not met, as data: rule ids, numbers and instants, no words. `words/` says each in a language.
 * Instants are epoch ms, durations ms.
 */
export type Lack =
  | {
      readonly kind: 'score'
      readonly axis: 'fit' | 'engagement'
      readonly has: number
      readonly is: ValueTest
    }
  | { readonly kind: 'grade'; readonly has: string; readonly is: ValueTest }
  | { readonly kind: 'rules'; readonly rules: readonly Progress[] }
  | { readonly kind: 'sign'; readonly of: 'flag' | 'need'; readonly is: ValueTest }
  | { readonly kind: 'unknown'; readonly traits: readonly string[] }
  | { readonly kind: 'value'; readonly trait: string; readonly is: ValueTest }
  | { readonly kind: 'any'; readonly ways: readonly (readonly Lack[])[] }
  | { readonly kind: 'none'; readonly holding: readonly Condition[] }

/** How far a person has come with a rule of the policy. */
export interface Progress {
  /** as the policy names it */
  readonly id: string
  /** null: the model has no such rule */
  readonly rule: EngagementRule | null
  /** distinct units within the window so far; 0 for a rule without one, or when nobody counted */
  readonly has: number
  /** until when the missing units complete the window; null: the window has not begun */
  readonly until: number | null
}

/** Whom the words are about, under which model, at which instant. */
export interface Scene {
  readonly state: PersonState
  readonly model: ScoringModel
  readonly at: number
  /** what rules and windows are read from; null where only the stored state is at hand */
  readonly counting: EngagementFold | null
}

/** The top-level conditions of `when` that do not hold, nested `all` laid open. */
export function unmetParts(condition: Condition, state: Standing, at: number): readonly Condition[] {
  return unmet(condition, state, at).flatMap(part => ('all' in part ? unmetParts(part, state, at) : [part]))
}

/** Why an unmet condition is not met. */
export function lackOf(condition: Condition, scene: Scene): Lack {
  if ('all' in condition) return { kind: 'any', ways: [wayOf(condition, scene)] }
  if ('any' in condition) return { kind: 'any', ways: condition.any.map(way => wayOf(way, scene)) }
  if ('none' in condition) return lackOfNone(condition.none, scene)
  return lackOfKey(condition, scene)
}

/** Something holds that must not, or nobody can tell. */
function lackOfNone(none: readonly Condition[], { state, at }: Scene): Lack {
  const holding = none.filter(one => meets(one, state, at))
  if (holding.length > 0) return { kind: 'none', holding }
  return { kind: 'unknown', traits: [...new Set(none.flatMap(one => unknownIn(one, state)))] }
}

/** What one way to meet an `any` still asks for: everything in it that does not hold. */
const wayOf = (way: Condition, scene: Scene): readonly Lack[] =>
  unmetParts(way, scene.state, scene.at).map(part => lackOf(part, scene))

function lackOfKey({ key, is }: Extract<Condition, { key: string }>, scene: Scene): Lack {
  const { state, at } = scene
  if (key === 'engagement') return { kind: 'score', axis: key, has: currentScore(state.engagement, at), is }
  if (key === 'fit') return { kind: 'score', axis: key, has: state.fit.score, is }
  if (key === 'grade') return { kind: 'grade', has: state.fit.grade, is }
  if (key === 'rule' && 'oneOf' in is)
    return { kind: 'rules', rules: is.oneOf.map(id => progressOf(String(id), scene)) }
  if (key === 'flag' || key === 'need') return { kind: 'sign', of: key, is }
  return isUnknown(key, state) ? { kind: 'unknown', traits: [key] } : { kind: 'value', trait: key, is }
}

/** What follows from the address, the lists and the scores: nobody can be asked for it. */
const NOT_TRAITS: ReadonlySet<string> = new Set(
  'list email.kind engagement fit grade rule flag need'.split(' '),
)

/** Whether a key is a trait that nobody knows; a company is known by its e-mail domain, too. */
const isUnknown = (key: string, { traits, companyDomain }: PersonState): boolean =>
  !NOT_TRAITS.has(key) && traits[key] === undefined && !(key === 'company' && companyDomain !== null)

/**
 * Traits that keep a condition from being judged, each once: those nobody knows, else those whose value says too little
 * (a company size of "many"). A title that says nothing of rank leaves the rank unknown.
 */
export function unknownIn(condition: Condition, state: PersonState): readonly string[] {
  const unknown = neverToldIn(condition, state)
  return unknown.length > 0 ? unknown : traitsIn(condition, state).filter(key => !NOT_TRAITS.has(key))
}

/** Traits a condition reads that nobody knows. */
export const neverToldIn = (condition: Condition, state: PersonState): readonly string[] =>
  traitsIn(condition, state).filter(key => isUnknown(key, state))

const traitsIn = (condition: Condition, { emailKind }: PersonState): readonly string[] => [
  ...new Set(
    leavesOf(condition).map(({ key }) => (key === 'email.kind' && emailKind === null ? 'email' : key)),
  ),
]

function progressOf(id: string, { model, counting, at }: Scene): Progress {
  const rule = model.engagement.rules.find(one => one.id === id) ?? null
  const state = counting?.rules.find(line => line.rule.id === id)?.state
  if (!rule?.window || !state) return { id, rule, has: 0, until: null }
  const { withinMs } = rule.window
  const within = [...state.units.values()].filter(seen => seen >= at - withinMs)
  const [first] = within
  return { id, rule, has: within.length, until: first === undefined ? null : first + withinMs }
}

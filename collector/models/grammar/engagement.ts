import Type, { type Static } from 'typebox'
import { EVENT_PROPS, RESERVED_TYPES } from '../../../shared/events.ts'
import { DAY_MS } from '../../../shared/time.ts'
import type { EngagementRule, ScoringModel, Window } from '../../contracts/model.ts'
import { quoted, type Report } from '../problems.ts'
import { nearest } from '../suggest.ts'
import { entriesOf, itemsOf, type Tree, treeAt } from '../tree.ts'
import { Duration, millisOf, Name, Names, Points } from './basics.ts'
import { conditionOf, EventCondition } from './conditions.ts'
import { COMBINATORS } from './keys.ts'
import type { DefinedNames } from './names.ts'
import { checkCondition } from './references.ts'

const closed = { additionalProperties: false }

/** A name of the vocabulary (shared/events.ts) or of a custom event. */
export const EventType = Type.String({
  pattern: '^[^\\p{Cc}]{1,80}$',
  description: 'an event such as page_view, download, form_submit, or one of your own',
})

const CapEntry = Type.Object(
  { points: Points, per: Type.Optional(Type.Enum(['day', 'lifetime'])) },
  { ...closed, description: 'a cap such as { points: 30, per: day }' },
)

const EngagementRuleEntry = Type.Object(
  {
    id: Name,
    on: EventType,
    if: Type.Optional(EventCondition),
    points: Points,
    cap: Type.Optional(CapEntry),
    once: Type.Optional(Type.Boolean()),
    atLeast: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000, description: 'a whole number such as 3' }),
    ),
    within: Type.Optional(Duration),
    per: Type.Optional(Type.Enum(['event', 'session', 'day'])),
    again: Type.Optional(Type.Enum(['afterWindow', 'never'])),
    for: Type.Optional(Duration),
    sets: Type.Optional(Names),
  },
  {
    ...closed,
    dependentRequired: { atLeast: ['within'], within: ['atLeast'], per: ['atLeast'], again: ['atLeast'] },
    description: 'an engagement rule { id, on, points }',
  },
)

/** `engagement`: what the person does. */
export const Engagement = Type.Object(
  { halfLife: Type.Optional(Duration), rules: Type.Optional(Type.Array(EngagementRuleEntry)) },
  { ...closed, description: 'halfLife and rules' },
)

const DEFAULT_HALF_LIFE_MS = 14 * DAY_MS

export const engagementOf = (
  engagement: Static<typeof Engagement> | undefined,
): ScoringModel['engagement'] => ({
  halfLifeMs: engagement?.halfLife === undefined ? DEFAULT_HALF_LIFE_MS : millisOf(engagement.halfLife),
  rules: (engagement?.rules ?? []).map(engagementRuleOf),
})

const engagementRuleOf = (rule: Static<typeof EngagementRuleEntry>): EngagementRule => ({
  id: rule.id,
  on: rule.on,
  if: rule.if ? conditionOf(rule.if) : null,
  points: rule.points,
  cap: rule.cap ? { points: rule.cap.points, per: rule.cap.per ?? 'lifetime' } : null,
  once: rule.once ?? false,
  window: windowOf(rule),
  sets: rule.sets ?? [],
  forMs: rule.for === undefined ? null : millisOf(rule.for),
})

const windowOf = ({ atLeast, within, per, again }: Static<typeof EngagementRuleEntry>): Window | null =>
  atLeast === undefined || within === undefined
    ? null
    : { atLeast, withinMs: millisOf(within), per: per ?? 'event', again: again ?? 'afterWindow' }

/** The cap's sign, events that can meet the condition, and the condition itself. */
export function checkEngagementRule(tree: Tree, names: DefinedNames, report: Report): void {
  checkCap(tree, report)
  checkListening(tree, report)
  checkCondition(treeAt(tree, 'if'), names, report, NO_TRAITS)
}

/** An event has no traits that a key could be mistaken for. */
const NO_TRAITS: readonly string[] = []

function checkCap(rule: Tree, report: Report): void {
  const cap = treeAt(rule, 'cap', 'points')
  const points = treeAt(rule, 'points')?.value
  if (!cap || typeof cap.value !== 'number' || typeof points !== 'number') return
  if (cap.value !== 0 && Math.sign(cap.value) === Math.sign(points)) return
  const fix = `A cap limits points of its own sign: points are ${points}.`
  report(cap, { expected: points < 0 ? 'a cap below zero' : 'a cap above zero', got: quoted(cap.value), fix })
}

/** Event types a rule can wait for in vain or must not hear: our own marks are no deeds of the person. */
export function checkEventType(tree: Tree | null, report: Report): void {
  const type = tree?.value
  if (!tree || typeof type !== 'string') return
  const near = nearest(type, Object.keys(EVENT_PROPS))
  if (near !== null) {
    const fix = `Did you mean "${near}"? An event of your own needs a name that cannot be taken for it.`
    report(tree, { expected: 'an event type', got: quoted(type), fix })
  } else if (RESERVED_TYPES.has(type)) {
    report(tree, {
      expected: 'something a visitor does',
      got: quoted(type),
      fix: 'Decisions earn no points.',
    })
  }
}

/** Which events can meet a key; a rule on any other event would never match. */
const EVENTS_OF_KEY: Readonly<Record<string, readonly string[]>> = {
  'asset.depth': ['download'],
  'asset.file': ['download'],
  'form.kind': ['form_submit', 'form_start', 'form_abandon'],
  'form.id': ['form_submit', 'form_start', 'form_abandon'],
  engaged: ['page_view'],
  scroll: ['page_view'],
}

function checkListening(rule: Tree, report: Report): void {
  const on = treeAt(rule, 'on')
  checkEventType(on, report)
  if (typeof on?.value !== 'string') return
  for (const [key, place] of keysIn(treeAt(rule, 'if'))) {
    const events = Object.hasOwn(EVENTS_OF_KEY, key) ? EVENTS_OF_KEY[key] : undefined
    if (!events || events.includes(on.value)) continue
    report(place, { expected: `a rule on ${events.join(', ')} to ask for "${key}"`, got: quoted(on.value) })
  }
}

function keysIn(condition: Tree | null): readonly (readonly [string, Tree])[] {
  return entriesOf(condition).flatMap(([key, { key: place, tree }]) =>
    COMBINATORS.some(combinator => combinator === key)
      ? itemsOf(tree).flatMap(keysIn)
      : [[key, { ...tree, ...place }] as const],
  )
}

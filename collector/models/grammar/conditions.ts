import Type, { type TSchema } from 'typebox'
import type { Condition, Scalar, ValueTest } from '../../contracts/model.ts'
import { millisOf } from './basics.ts'
import {
  AnyTest,
  COMBINATORS,
  EVENT_KEYS,
  GATE_KEYS,
  POLICY_KEYS,
  PROPS_PATTERN,
  TRAIT_KEYS,
} from './keys.ts'

/** A condition as written: keys that must all hold, some of them combinators. */
export interface WrittenCondition {
  readonly [key: string]: WrittenTest | readonly WrittenCondition[]
}
type WrittenTest = Scalar | readonly Scalar[] | WrittenForm
interface WrittenForm {
  readonly from?: number | string
  readonly to?: number
  readonly glob?: string
  readonly contains?: readonly string[]
  readonly known?: boolean
  readonly not?: WrittenTest
}

type Vocabulary = 'PersonCondition' | 'GateCondition' | 'GateExclusion' | 'EventCondition' | 'PolicyCondition'

const conditionRef = (vocabulary: Vocabulary) =>
  Type.Unsafe<WrittenCondition>({ $ref: `#/$defs/${vocabulary}` })

/** Who the person is: fit rules. */
export const PersonCondition = conditionRef('PersonCondition')
/** That, and flags that hold: gates. Under their `none` a flag may not stand (`GateExclusion`). */
export const GateCondition = conditionRef('GateCondition')
/** What happened: engagement rules. */
export const EventCondition = conditionRef('EventCondition')
/** Both, and the scores: the policy. */
export const PolicyCondition = conditionRef('PolicyCondition')

/** A custom trait may have any name but the words that mean something elsewhere in the grammar. */
const customTraits = (misplaced: readonly string[]) => ({
  additionalProperties: AnyTest,
  propertyNames: Type.String({
    pattern: `^(?!(?:${misplaced.join('|')})$)(?:email\\.kind|\\p{L}[\\p{L}\\p{N}\\p{M}_-]{0,79})$`,
  }),
})

function conditionSchema(
  vocabulary: Vocabulary,
  keys: Readonly<Record<string, TSchema>>,
  others: object,
  underNone = vocabulary,
): TSchema {
  const conditionsOf = (each: Vocabulary) =>
    Type.Array(conditionRef(each), { minItems: 1, description: 'a list of conditions' })
  const combined = COMBINATORS.map(
    key => [key, conditionsOf(key === 'none' ? underNone : vocabulary)] as const,
  )
  const entries = [...combined, ...Object.entries(keys)]
  const properties = Object.fromEntries(entries.map(([key, schema]) => [key, Type.Optional(schema)]))
  return Type.Object(properties, {
    minProperties: 1,
    description: 'a condition such as { key: value }',
    ...others,
  })
}

/** Words of the events that could be taken for custom traits. */
const EVENT_WORDS = ['engaged', 'scroll', 'channel']

/** Of the words of the policy, those that a custom trait of a gate could be taken for. */
const POLICY_WORDS_BESIDE_GATES = Object.keys(POLICY_KEYS).filter(key => !Object.hasOwn(GATE_KEYS, key))

const PERSON_ALONE = customTraits([...EVENT_WORDS, ...Object.keys(POLICY_KEYS)])

export const CONDITIONS: Readonly<Record<Vocabulary, TSchema>> = {
  PersonCondition: conditionSchema('PersonCondition', TRAIT_KEYS, PERSON_ALONE),
  GateCondition: conditionSchema(
    'GateCondition',
    { ...TRAIT_KEYS, ...GATE_KEYS },
    customTraits([...EVENT_WORDS, ...POLICY_WORDS_BESIDE_GATES]),
    'GateExclusion',
  ),
  GateExclusion: conditionSchema('GateExclusion', TRAIT_KEYS, PERSON_ALONE),
  EventCondition: conditionSchema('EventCondition', EVENT_KEYS, {
    additionalProperties: false,
    patternProperties: { [PROPS_PATTERN]: AnyTest },
  }),
  PolicyCondition: conditionSchema(
    'PolicyCondition',
    { ...TRAIT_KEYS, ...POLICY_KEYS },
    customTraits(EVENT_WORDS),
  ),
}

const ONLY_FLAGS_THAT_HOLD =
  'A gate asks for flags that hold, never for one that does not: time would close it. Ask for the flag in mql.when.'

const isEventKey = (key: string) =>
  Object.hasOwn(EVENT_KEYS, key) || key.startsWith('props.') || key.startsWith('utm.')

/** Where a key belongs that is known, but not to this kind of condition. */
export function adviseKey(schema: TSchema, key: string): string | null {
  if (schema === CONDITIONS.EventCondition) {
    if (Object.hasOwn(TRAIT_KEYS, key))
      return `Who the person is belongs to fit.rules: "${key}" is about the person.`
    if (Object.hasOwn(POLICY_KEYS, key)) return `"${key}" belongs to mql.when.`
    return null
  }
  if (!Object.values(CONDITIONS).includes(schema)) return null
  if (schema === CONDITIONS.GateExclusion && Object.hasOwn(GATE_KEYS, key)) return ONLY_FLAGS_THAT_HOLD
  if (isEventKey(key)) return `What the person does belongs to engagement.rules: "${key}" is about an event.`
  return Object.hasOwn(POLICY_KEYS, key) ? `"${key}" belongs to mql.when.` : null
}

/**
 * The condition as the pure rooms read it: one key per leaf, a bare value as `oneOf`, durations in milliseconds, an `all`
 * within an `all` made one, so that what must hold stands side by side.
 */
export function conditionOf(written: WrittenCondition): Condition {
  const parts = Object.entries(written).flatMap(([key, value]) => partsOf(key, value))
  const [first] = parts
  return parts.length === 1 && first ? first : { all: parts }
}

function partsOf(key: string, value: WrittenTest | readonly WrittenCondition[]): readonly Condition[] {
  if (key === 'all') return conditionsIn(value).flatMap(part => ('all' in part ? part.all : [part]))
  if (key === 'any') return [{ any: conditionsIn(value) }]
  if (key === 'none') return [{ none: conditionsIn(value) }]
  if (key === 'known') return scalarsOf(value).map(trait => ({ key: String(trait), is: { known: true } }))
  return [{ key, is: testOf(value) }]
}

const isCondition = (value: Scalar | WrittenCondition): value is WrittenCondition => typeof value === 'object'
const isScalar = (value: unknown): value is Scalar => typeof value !== 'object'
const isList = (value: unknown): value is readonly (Scalar | WrittenCondition)[] => Array.isArray(value)

const conditionsIn = (value: unknown): readonly Condition[] =>
  isList(value) ? value.filter(isCondition).map(conditionOf) : []

const scalarsOf = (value: unknown): readonly Scalar[] =>
  isList(value) ? value.filter(isScalar) : isScalar(value) ? [value] : []

const isForm = (value: unknown): value is WrittenForm => typeof value === 'object' && !Array.isArray(value)

function testOf(value: unknown): ValueTest {
  if (!isForm(value)) return { oneOf: scalarsOf(value) }
  if (value.not !== undefined) return { not: testOf(value.not) }
  if (value.glob !== undefined) return { glob: value.glob }
  if (value.contains !== undefined) return { contains: value.contains }
  if (value.known !== undefined) return { known: value.known }
  const { from, to } = value
  return {
    ...(from === undefined ? {} : { from: millisOf(from) }),
    ...(to === undefined ? {} : { to }),
  }
}

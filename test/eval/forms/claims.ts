import type { Fact } from '../../../collector/contracts/facts.ts'
import { fieldMeaning } from '../../../collector/enrich/fields.ts'
import { isProps, listAt, type Props, textAt } from '../../../collector/enrich/props.ts'
import { traitsOf } from '../../../collector/enrich/traits.ts'
import { traitValue } from '../../../collector/enrich/values.ts'
import { TRAIT_NAMES, type TraitName } from '../../../shared/traits.ts'
import type { WireEvent } from '../../../shared/wire.ts'
import { marksIn } from './marks.ts'
import type { Pass } from './visit.ts'

/** What the collector says of the person after one submission, and from which field it has it. */
export interface Claim {
  readonly name: TraitName
  /** of the labelled field, or null when it is none of them */
  readonly idx: number | null
}

export function claimsOf(event: WireEvent, pass: Pass): readonly Claim[] {
  const fields = fieldsOf(event)
  return traitsOf(factOf(event)).flatMap(({ name, value }) => {
    const trait = TRAIT_NAMES.find(known => known === name)
    if (!trait) return []
    const source = fields.find(
      field => meansTrait(field, trait) && traitValue(trait, textAt(field, 'value') ?? '') === value,
    )
    return [{ name: trait, idx: source ? idxOf(source, pass) : null }]
  })
}

/**
 * The pass that an event is of: the one most of whose marks it holds. What was chosen is the same in each; an event of
 * nothing else is taken for the last.
 */
export const passOf = (event: WireEvent, passes: readonly Pass[]): Pass | undefined =>
  passes.toSorted((a, b) => marksHeld(event, a) - marksHeld(event, b)).at(-1)

export const holdsMarkOf = (event: WireEvent, pass: Pass): boolean => marksHeld(event, pass) > 0

function marksHeld(event: WireEvent, { filled }: Pass): number {
  const sent = new Set(fieldsOf(event).flatMap(field => marksIn(textAt(field, 'value') ?? '')))
  return [...filled.values()].flatMap(marksIn).filter(mark => sent.has(mark)).length
}

/** The field as it was sent, or null. */
export const sentField = (events: readonly WireEvent[], pass: Pass, idx: number): Props | null =>
  events.flatMap(fieldsOf).find(field => idxOf(field, pass) === idx) ?? null

const fieldsOf = ({ props = {} }: WireEvent): readonly Props[] => listAt(props, 'fields').filter(isProps)

const NAMES: ReadonlySet<string> = new Set(['firstName', 'lastName', 'fullName'])

function meansTrait(field: Props, trait: TraitName): boolean {
  const meaning = fieldMeaning(field)
  if (meaning === 'name') return NAMES.has(trait)
  if (meaning === 'title') return trait === 'jobTitle'
  // an address in a field that nobody understood
  return meaning === trait || (trait === 'email' && (meaning === null || meaning === 'phone'))
}

/** What is chosen carries no mark: then it is the first field with that very answer. */
function idxOf(field: Props, { filled }: Pass): number | null {
  const value = textAt(field, 'value')
  return [...filled].find(([, stood]) => stood.trim() === value)?.[0] ?? null
}

const factOf = ({ id, type, at, props = {} }: WireEvent): Fact => ({
  id,
  type,
  props,
  page: null,
  site: 'eval',
  subject: 'visitor',
  visitor: 'visitor',
  session: 'session',
  occurredAt: at,
  receivedAt: at,
  origin: 'browser',
  actor: null,
  ip: null,
  userAgent: null,
  tooLate: false,
  noted: null,
})

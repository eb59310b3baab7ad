import type { Advanced } from '../advance/advance.ts'
import { versionAt } from '../advance/steps.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { Handoff, PersonState, StageTransition } from '../contracts/state.ts'
import type { IdOf } from '../identity/resolve.ts'
import { isOpen, telling } from '../lifecycle/telling.ts'
import type { Change, Component, Decision, StoredPerson } from '../storage/store.ts'

/** What is stored of a component, as far as deciding needs it; its marks are done with once the decision is written. */
export interface StoredComponent extends Pick<Component, 'subjects' | 'isShown' | 'marks'> {
  readonly persons: readonly (Past & Pick<StoredPerson, 'version'>)[]
  readonly shown: readonly Past[]
}

/** A person's moves so far. */
export type Past = Pick<PersonState, 'id' | 'transitions'>

interface DecideInput {
  readonly site: string
  readonly generation: number
  readonly component: StoredComponent
  readonly advanced: Advanced
  /** everything sales was told of anybody concerned */
  readonly handoffs: readonly Handoff[]
  readonly versions: readonly ModelVersion[]
  /** epoch ms from which a version judges that is being prepared; null: none is */
  readonly comingSince: number | null
  readonly idOf: IdOf
  readonly now: number
}

/**
 * From what was stored and what was computed to what is written: new states, who is no more, what sales is told, and
 * what is new for those who listen. Pure.
 */
export function decide(input: DecideInput): Decision {
  const { site, generation, component, advanced, handoffs } = input
  const present = new Set(advanced.persons.map(({ id }) => id))
  const stored = new Map(component.persons.map(({ id, version }) => [id, version]))
  const shown = new Map(component.shown.map(state => [state.id, state]))
  const tellings = advanced.persons.map(person => tellOf(person, input))
  const told = tellings.flatMap(({ tell }) => tell ?? [])
  const ofTheGone = handoffs.filter(({ lead }) => goesOnAs(lead, advanced) === null).filter(isOpen)
  const withdrawn = [...tellings.flatMap(({ withdraw }) => withdraw), ...ofTheGone.map(({ id }) => id)]
  const takenBack = handoffs.filter(({ id }) => withdrawn.includes(id))
  return {
    site,
    generation,
    isShown: component.isShown,
    persons: advanced.persons,
    removed: [...stored.keys()].filter(id => !present.has(id)),
    expected: Object.fromEntries([...advanced.persons.map(({ id }) => [id, 0]), ...stored]),
    subjects: component.subjects,
    spans: advanced.spans,
    told,
    withdrawn,
    changes: [
      ...advanced.persons.flatMap(person => newTransitions(person, shown.get(person.id))),
      ...told.map(handoffChange),
      ...takenBack.map(handoff =>
        handoffChange({ ...handoff, status: handoff.status === 'waiting' ? 'lapsed' : 'withdrawn' }),
      ),
    ],
    clears: component.marks,
  }
}

/** Whom a lead goes on as: itself, or the one it was merged into; null: nobody, it is no more. */
function goesOnAs(lead: string, { persons, spans }: Advanced): string | null {
  const id = spans.find(({ subject }) => subject === lead)?.person ?? lead
  return persons.some(person => person.id === id) ? id : null
}

function tellOf(
  person: PersonState,
  { site, component, advanced, handoffs, versions, comingSince, idOf, now }: DecideInput,
) {
  return telling({
    site,
    lead: person.id,
    stage: person.stage,
    mql: person.mql,
    transitions: person.transitions,
    model: person.model,
    handoffs: handoffs.filter(({ lead }) => lead === person.id),
    ofMerged: handoffs.filter(({ lead }) => lead !== person.id && goesOnAs(lead, advanced) === person.id),
    isByHand: versionAt(versions, now).model.handoff === 'manual' || person.suspicions.length > 0,
    isTest: person.isTest,
    liveSince: component.isShown ? liveSinceOf(component) : comingSince,
    idOf,
    now,
  })
}

const liveSinceOf = ({ marks }: StoredComponent): number | null =>
  marks.reduce<number | null>((since, { liveEarliest }) => earlier(since, liveEarliest), null)

const earlier = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b)

const handoffChange = (handoff: Handoff): Change => ({ kind: 'handoff', person: handoff.lead, handoff })

function newTransitions(person: PersonState, before: Past | undefined): readonly Change[] {
  const known = new Set(before?.transitions.map(keyOf))
  return person.transitions
    .filter(transition => !known.has(keyOf(transition)))
    .map(transition => ({ kind: 'transition' as const, person: person.id, transition }))
}

const keyOf = ({ from, to, at }: StageTransition): string => `${from} ${to} ${at}`

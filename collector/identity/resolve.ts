import { byOccurrence, type Fact } from '../contracts/facts.ts'
import type { Span } from '../contracts/state.ts'

/** A fact that belongs to a person, and the claim that brought it when it happened before that claim. */
export interface JoinedFact {
  readonly fact: Fact
  /** id of the claim that joined it as history; null: the person was known, or is anonymous still */
  readonly joinedBy: string | null
}

/** One person of a component: the facts that are theirs, in order of occurrence. */
export interface ResolvedPerson {
  readonly id: string
  /** `email:…` or `phone:…`; null while anonymous */
  readonly identifier: string | null
  readonly facts: readonly JoinedFact[]
}

export interface Resolution {
  readonly persons: readonly ResolvedPerson[]
  readonly spans: readonly Span[]
}

/** Who a fact says it is: an identifier, or null. */
export type ClaimOf = (fact: Fact) => string | null

/** The id of the person an identifier means: a keyed hash, so that a replay keeps it. */
export type IdOf = (identifier: string) => string

/**
 * Who is who (collector.md, Identity): each subject's timeline is cut at claims, and the stretches of one identifier are
 * one person. Two identified people are never merged. Decisions belong to the lead they address. Facts come in order of
 * occurrence.
 */
export function resolve(facts: readonly Fact[], claimOf: ClaimOf, idOf: IdOf): Resolution {
  const persons = new Map<string, { id: string; identifier: string | null; facts: JoinedFact[] }>()
  const spans: Span[] = []
  for (const [subject, timeline] of groupBy(facts.filter(isOfVisitor), fact => fact.subject)) {
    for (const stretch of cutAtClaims(timeline, claimOf)) {
      const { identifier, startsAt, startsId } = stretch
      const id = idOf(identifier ?? `subject:${subject}`)
      const person = persons.get(id) ?? { id, identifier, facts: [] }
      person.facts.push(...stretch.facts)
      persons.set(id, person)
      spans.push({ subject, startsAt, startsId, person: id, identifier })
    }
  }
  for (const [lead, decisions] of groupBy(facts.filter(isDecision), fact => fact.subject)) {
    const person = persons.get(lead)
    person?.facts.push(...decisions.map(fact => ({ fact, joinedBy: null })))
    spans.push({
      subject: lead,
      startsAt: 0,
      startsId: '',
      person: lead,
      identifier: person?.identifier ?? null,
    })
  }
  for (const person of persons.values()) person.facts.sort((a, b) => byOccurrence(a.fact, b.fact))
  return { persons: [...persons.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), spans }
}

interface Stretch {
  readonly identifier: string | null
  readonly startsAt: number
  readonly startsId: string
  readonly facts: readonly JoinedFact[]
}

/** Before the first claim is the first claimant's history; from each claim on, the latest claimant's. */
function cutAtClaims(timeline: readonly Fact[], claimOf: ClaimOf): readonly Stretch[] {
  const claims = timeline.map(claimOf)
  const first = claims.findIndex(claim => claim !== null)
  const joinedBy = timeline[first]?.id ?? null
  let facts: JoinedFact[] = []
  let identifier = claims[first] ?? null
  const stretches: Stretch[] = [{ identifier, startsAt: 0, startsId: '', facts }]
  for (const [index, fact] of timeline.entries()) {
    const claim = claims[index] ?? null
    if (changesOwner(identifier, claim)) {
      identifier = claim
      facts = []
      stretches.push({ identifier, startsAt: fact.occurredAt, startsId: fact.id, facts })
    }
    facts.push({ fact, joinedBy: index < first ? joinedBy : null })
  }
  return stretches
}

/** A phone number alone says nothing new about a visitor whose e-mail is known. */
function changesOwner(owner: string | null, claim: string | null): boolean {
  if (claim === null || claim === owner) return false
  return !(claim.startsWith('phone:') && owner?.startsWith('email:'))
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

const isDecision = (fact: Fact): boolean => fact.type === 'decision'
const isOfVisitor = (fact: Fact): boolean => !isDecision(fact)

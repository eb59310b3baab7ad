import { byOccurrence, type Fact, isWord } from '../contracts/facts.ts'
import type { Span } from '../contracts/state.ts'
import { type Arrival, NO_HISTORY, type ResolvedPerson, withoutHistory } from './arrival.ts'
import { joinMerged, mergesIn, tieOf } from './merges.ts'

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
 * one person. Two identified people are merged by a person's word alone (merges.ts). Decisions belong to the lead they
 * address. Facts come in order of occurrence.
 */
export function resolve(facts: readonly Fact[], claimOf: ClaimOf, idOf: IdOf): Resolution {
  const persons: Persons = new Map()
  const spans: Span[] = []
  for (const [subject, timeline] of groupBy(facts.filter(isDeed), fact => fact.subject)) {
    for (const { identifier, startsAt, startsId, arrivals } of cutAtClaims(timeline, claimOf)) {
      const id = idOf(identifier ?? `subject:${subject}`)
      give(persons, { id, identifier, arrivals })
      spans.push({ subject, startsAt, startsId, person: id, identifier })
    }
  }
  for (const [lead, words] of groupBy(facts.filter(isWord), fact => fact.subject)) {
    const identifier = persons.get(lead)?.identifier ?? null
    const arrivals = words.filter(isDecision).map(withoutHistory)
    if (persons.has(lead)) give(persons, { id: lead, identifier, arrivals })
    spans.push({ subject: lead, startsAt: 0, startsId: '', person: lead, identifier })
  }
  for (const { arrivals } of persons.values()) arrivals.sort((a, b) => byOccurrence(a.fact, b.fact))
  spans.push(...facts.flatMap(tieOf))
  const people = new Map<string, ResolvedPerson>(persons)
  const joined = joinMerged(people, mergesIn(facts))
  return {
    persons: [...people.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    spans: spans.map(span => ({ ...span, person: joined.get(span.person) ?? span.person })),
  }
}

type Persons = Map<string, ResolvedPerson & { readonly arrivals: Arrival[] }>

function give(persons: Persons, { id, identifier, arrivals }: ResolvedPerson): void {
  const person = persons.get(id)
  if (!person) persons.set(id, { id, identifier, arrivals: [...arrivals] })
  else for (const arrival of arrivals) person.arrivals.push(arrival)
}

interface Stretch {
  readonly identifier: string | null
  readonly startsAt: number
  readonly startsId: string
  readonly arrivals: readonly Arrival[]
}

/** Before the first claim is the first claimant's history; from each claim on, the latest claimant's. */
function cutAtClaims(timeline: readonly Fact[], claimOf: ClaimOf): readonly Stretch[] {
  const claims = timeline.map(claimOf)
  const first = Math.max(
    0,
    claims.findIndex(claim => claim !== null),
  )
  let owner = claims[first] ?? null
  let arrivals: Arrival[] = []
  const stretches: Stretch[] = [{ identifier: owner, startsAt: 0, startsId: '', arrivals }]
  for (const [index, fact] of timeline.entries()) {
    if (index < first) continue
    const claim = claims[index] ?? null
    if (changesOwner(owner, claim)) {
      owner = claim
      arrivals = []
      stretches.push({ identifier: owner, startsAt: fact.occurredAt, startsId: fact.id, arrivals })
    }
    arrivals.push({ fact, history: index === first ? timeline.slice(0, first) : NO_HISTORY })
  }
  return stretches
}

/** Whether a claim gives a timeline to somebody else. A phone number alone says nothing new where an e-mail is known. */
export function changesOwner(owner: string | null, claim: string | null): boolean {
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
const isDeed = (fact: Fact): boolean => !isWord(fact)

import type { ClaimOf } from '../contracts/claim.ts'
import { byOccurrence, type Fact, isWord } from '../contracts/facts.ts'
import type { Span } from '../contracts/state.ts'
import { type Arrival, NO_HISTORY, type ResolvedPerson, withoutHistory } from './arrival.ts'
import { type Claims, takeClaims } from './claims.ts'
import { tiesOfClicks } from './clicks.ts'
import { type Devices, devicesIn, type Timeline, type Waiting, waitingIn } from './devices.ts'
import { joinPeople } from './joins.ts'
import { mergesIn, tieOf } from './merges.ts'
import { combinationsIn, tiesOfNames } from './names.ts'
import { cutAtClaims, isSame, type Owner, type Stretch } from './timeline.ts'

export interface Resolution {
  readonly persons: readonly ResolvedPerson[]
  readonly spans: readonly Span[]
  /** the name an identifier goes by now */
  readonly nameOf: (identifier: string) => string
  /** whether a timeline was already somebody's, by the name they go by now */
  readonly isHeld: (subject: string, name: string) => boolean
  readonly waiting: Waiting
  /** names.ts */
  readonly combinations: ReadonlySet<string>
}

/** The id of the person an identifier means: a keyed hash, so that a replay keeps it. */
export type IdOf = (identifier: string) => string

/**
 * Who is who (collector.md, Identity): each subject's timeline is cut at claims (timeline.ts), and the stretches of one
 * identifier are one person. Two identified people are joined by a person's word (merges.ts) or by the customer's server
 * (names.ts) alone. Decisions belong to the lead they address. Facts come in order of occurrence.
 */
export function resolve(facts: readonly Fact[], claimOf: ClaimOf, idOf: IdOf): Resolution {
  const deeds = facts.filter(isDeed)
  const merges = mergesIn(facts)
  const claims = takeClaims(deeds, claimOf, idOf)
  const timelines = [...groupBy(deeds, fact => fact.subject)].map(([subject, timeline]) => {
    const whose = (owner: Owner): string => idOf(keyOf(owner, subject))
    const isMerged = (owner: Owner, fact: Fact): boolean =>
      merges.some(
        ({ into, from, word }) => [into, from].includes(whose(owner)) && byOccurrence(word, fact) < 0,
      )
    return { subject, whose, stretches: cutAtClaims(timeline, { takenOf: claims.takenOf, isMerged }) }
  })
  const persons = gather(timelines)
  for (const [lead, words] of groupBy(facts.filter(isDecision), fact => fact.subject))
    persons.get(lead)?.arrivals.push(...words.map(withoutHistory))
  const spans = [
    ...timelines.flatMap(spansOf),
    ...timelines.flatMap(timeline => tiesOfClicks(timeline, claims, idOf)),
    ...wordSpans(facts, persons),
    ...facts.flatMap(tieOf),
    ...tiesOfNames(claims.all, idOf),
  ]
  const described = describe(persons, claims, devicesIn(timelines, claims, idOf), idOf)
  const joined = joinPeople(
    described,
    [...claims.joins, ...merges].sort((a, b) => byOccurrence(a.word, b.word)),
  )
  const currentOf = (id: string): string => joined.get(id) ?? id
  return {
    persons: [...described.values()].map(asOfNow(currentOf)).sort((a, b) => (a.id < b.id ? -1 : 1)),
    spans: spans.map(span => ({ ...span, person: currentOf(span.person) })),
    nameOf: claims.nameOf,
    isHeld: claims.isHeld,
    waiting: waitingIn(timelines, claims),
    combinations: combinationsIn(claims.all),
  }
}

interface Gathered {
  readonly owner: Owner
  readonly arrivals: Arrival[]
}

const NO_NAMES: ReadonlySet<string> = new Set()

/** By id, in whatever order. */
type Persons = ReadonlyMap<string, Gathered>

const keyOf = ({ identifier, isUnconfirmed }: Owner, subject: string): string =>
  identifier === null ? `subject:${subject}` : isUnconfirmed ? `device:${subject}:${identifier}` : identifier

/** What happens to each owner: a stretch that was adopted arrives with the claim that showed whose it is. */
function gather(timelines: readonly Timeline[]): Persons {
  const persons = new Map<string, Gathered>()
  for (const { stretches, whose } of timelines) {
    const adopted = stretches.filter(({ adoptedBy }) => adoptedBy !== null)
    const histories = groupBy(adopted, ({ adoptedBy }) => adoptedBy)
    for (const { owner, facts, adoptedBy } of stretches) {
      if (adoptedBy !== null) continue
      const id = whose(owner)
      const person = persons.get(id) ?? { owner, arrivals: [] }
      for (const fact of facts) person.arrivals.push({ fact, history: historyOf(histories.get(fact)) })
      persons.set(id, person)
    }
  }
  return persons
}

const historyOf = (stretches: readonly Stretch[] | undefined): readonly Fact[] =>
  stretches?.flatMap(({ facts }) => facts) ?? NO_HISTORY

/** Neighbours of one owner are one span. */
const spansOf = ({ subject, stretches, whose }: Timeline): readonly Span[] =>
  stretches
    .filter(({ owner }, index) => {
      const before = stretches[index - 1]
      return before === undefined || !isSame(before.owner, owner)
    })
    .map(({ owner, startsAt, startsId }) => ({
      subject,
      startsAt,
      startsId,
      person: whose(owner),
      identifier: owner.identifier,
    }))

/** A lead's id is a timeline, too: of people's words on it. */
const wordSpans = (facts: readonly Fact[], persons: Persons): readonly Span[] =>
  [...new Set(facts.filter(isWord).map(({ subject }) => subject))].map(lead => ({
    subject: lead,
    startsAt: 0,
    startsId: '',
    person: lead,
    identifier: persons.get(lead)?.owner.identifier ?? null,
  }))

function describe(
  persons: Persons,
  { namesOf }: Claims,
  { ofLead, addresses }: Devices,
  idOf: IdOf,
): Map<string, ResolvedPerson> {
  const describeOne = (id: string, { owner, arrivals }: Gathered): ResolvedPerson => {
    const { identifier, isUnconfirmed } = owner
    const lead = isUnconfirmed ? null : identifier
    return {
      id,
      identifier: lead,
      names: lead === null ? NO_NAMES : new Set(namesOf(lead)),
      claims: isUnconfirmed && identifier !== null ? idOf(identifier) : null,
      unconfirmed: ofLead.get(id) ?? [],
      addressesOnOneBrowser: addresses.get(id) ?? 0,
      arrivals: arrivals.sort((a, b) => byOccurrence(a.fact, b.fact)),
    }
  }
  return new Map([...persons].map(([id, person]) => [id, describeOne(id, person)]))
}

/** A device that was joined to a lead waits for nothing any more; and a lead may be another's by now. */
const asOfNow =
  (currentOf: (id: string) => string) =>
  (person: ResolvedPerson): ResolvedPerson => ({
    ...person,
    claims: person.claims && currentOf(person.claims),
    unconfirmed: person.unconfirmed.filter(device => currentOf(device.person) === device.person),
  })

function groupBy<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

const isDecision = (fact: Fact): boolean => fact.type === 'decision'
const isDeed = (fact: Fact): boolean => !isWord(fact) && fact.type !== 'reclassify'

import type { Claimed, ClaimOf } from '../contracts/claim.ts'
import { byOccurrence, type Fact, isWord } from '../contracts/facts.ts'
import type { Span, UnconfirmedDevice } from '../contracts/state.ts'
import { type Arrival, NO_HISTORY, type ResolvedPerson, withoutHistory } from './arrival.ts'
import { joinMerged, mergesIn, tieOf } from './merges.ts'
import { identifiersOf, namesIn, tiesOfNames } from './names.ts'
import { locksIn } from './proofs.ts'
import { cutAtClaims, isSame, type Owner, type Stretch } from './timeline.ts'

export interface Resolution {
  readonly persons: readonly ResolvedPerson[]
  readonly spans: readonly Span[]
  /** timelines with a stretch that waits, or waited, for its device to be confirmed */
  readonly devices: ReadonlySet<string>
}

/** The id of the person an identifier means: a keyed hash, so that a replay keeps it. */
export type IdOf = (identifier: string) => string

/**
 * Who is who (collector.md, Identity): each subject's timeline is cut at claims (timeline.ts), and the stretches of one
 * identifier are one person, whatever other names the customer's server has for them (names.ts). Two identified people are
 * merged by a person's word alone (merges.ts). Decisions belong to the lead they address. Facts come in order of occurrence.
 */
export function resolve(facts: readonly Fact[], claimOf: ClaimOf, idOf: IdOf): Resolution {
  const deeds = facts.filter(isDeed)
  const claimed = deeds.flatMap(fact => {
    const claim = claimOf(fact)
    return claim === null ? NOTHING_SAID : { fact, claim }
  })
  const nameOf = namesIn(claimed)
  const claims = new Map(
    claimed.map(({ fact, claim }) => [fact, { ...claim, identifier: nameOf(claim.identifier) }]),
  )
  const cutting = {
    claimOf: (fact: Fact) => claims.get(fact) ?? null,
    isLocked: locksIn(deeds, claimed, nameOf),
  }
  const persons: Persons = new Map()
  const spans: Span[] = []
  const timelines = [...groupBy(deeds, fact => fact.subject)].map(([subject, timeline]) => ({
    subject,
    stretches: cutAtClaims(timeline, cutting),
    whose: (owner: Owner): string => idOf(keyOf(owner, subject)),
  }))
  for (const timeline of timelines) {
    for (const [owner, arrivals] of arrivalsOf(timeline.stretches))
      give(persons, timeline.whose(owner), owner, arrivals)
    spans.push(...spansOf(timeline))
  }
  for (const timeline of timelines) noteDevices(persons, timeline, idOf)
  for (const [lead, words] of groupBy(facts.filter(isWord), fact => fact.subject)) {
    const owner = persons.get(lead)?.owner ?? NOBODY
    if (persons.has(lead)) give(persons, lead, owner, words.filter(isDecision).map(withoutHistory))
    spans.push({ subject: lead, startsAt: 0, startsId: '', person: lead, identifier: owner.identifier })
  }
  spans.push(...facts.flatMap(tieOf), ...tiesOfNames(claimed, idOf, nameOf))
  const names = groupBy(
    claimed.flatMap(({ claim }) => identifiersOf(claim)),
    nameOf,
  )
  const people = new Map([...persons].map(([id, person]) => [id, resolved(id, person, names, idOf)]))
  const joined = joinMerged(people, mergesIn(facts))
  return {
    persons: [...people.values()].map(withoutMerged(joined)).sort((a, b) => (a.id < b.id ? -1 : 1)),
    spans: spans.map(span => ({ ...span, person: joined.get(span.person) ?? span.person })),
    devices: new Set(timelines.filter(hasDevice).map(({ subject }) => subject)),
  }
}

/** A person while the timelines are gathered. */
interface Gathered {
  readonly owner: Owner
  readonly arrivals: Arrival[]
  readonly unconfirmed: UnconfirmedDevice[]
  addressesOnOneBrowser: number
}

type Persons = Map<string, Gathered>

const NOTHING_SAID: readonly Claimed[] = []

const NOBODY: Owner = { identifier: null, isUnconfirmed: false }

const keyOf = ({ identifier, isUnconfirmed }: Owner, subject: string): string =>
  identifier === null ? `subject:${subject}` : isUnconfirmed ? `device:${subject}:${identifier}` : identifier

function give(persons: Persons, id: string, owner: Owner, arrivals: readonly Arrival[]): void {
  const person = persons.get(id) ?? { owner, arrivals: [], unconfirmed: [], addressesOnOneBrowser: 0 }
  for (const arrival of arrivals) person.arrivals.push(arrival)
  persons.set(id, person)
}

/** What happens to each owner of a timeline: a stretch that was adopted arrives with the claim that showed whose it is. */
function arrivalsOf(stretches: readonly Stretch[]): readonly (readonly [Owner, readonly Arrival[]])[] {
  const histories = groupBy(
    stretches.filter(({ adoptedBy }) => adoptedBy !== null),
    ({ adoptedBy }) => adoptedBy,
  )
  return stretches
    .filter(({ adoptedBy }) => adoptedBy === null)
    .map(({ owner, facts }) => [
      owner,
      facts.map(fact => ({
        fact,
        history: histories.get(fact)?.flatMap(stretch => stretch.facts) ?? NO_HISTORY,
      })),
    ])
}

interface Timeline {
  readonly subject: string
  readonly stretches: readonly Stretch[]
  /** id of the person an owner of this timeline is */
  readonly whose: (owner: Owner) => string
}

/** Tells each lead which devices say they are it, and each person how many people a browser of theirs has said it is. */
function noteDevices(persons: Persons, { stretches, whose }: Timeline, idOf: IdOf): void {
  const addresses = new Set(stretches.flatMap(({ owner }) => owner.identifier ?? [])).size
  for (const { owner, facts, adoptedBy } of stretches) {
    const person = whose(owner)
    const gathered = persons.get(person)
    if (gathered) gathered.addressesOnOneBrowser = Math.max(gathered.addressesOnOneBrowser, addresses)
    const [claim] = facts
    if (owner.identifier === null || !owner.isUnconfirmed || adoptedBy !== null || !claim) continue
    const devices = persons.get(idOf(owner.identifier))?.unconfirmed
    if (devices?.every(known => known.person !== person))
      devices.push({ person, visitor: claim.visitor, since: claim.occurredAt })
  }
}

const hasDevice = ({ stretches }: Timeline): boolean => stretches.some(({ owner }) => owner.isUnconfirmed)

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

function resolved(
  id: string,
  { owner, arrivals, ...rest }: Gathered,
  names: ReadonlyMap<string, readonly string[]>,
  idOf: IdOf,
): ResolvedPerson {
  const { identifier, isUnconfirmed } = owner
  return {
    id,
    identifier: isUnconfirmed ? null : identifier,
    names: new Set(identifier === null ? [] : names.get(identifier)),
    arrivals: arrivals.sort((a, b) => byOccurrence(a.fact, b.fact)),
    claims: isUnconfirmed && identifier !== null ? idOf(identifier) : null,
    ...rest,
  }
}

/** A device that a person said is the lead's waits for nothing any more. */
const withoutMerged =
  (joined: ReadonlyMap<string, string>) =>
  (person: ResolvedPerson): ResolvedPerson => ({
    ...person,
    unconfirmed: person.unconfirmed.filter(device => !joined.has(device.person)),
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

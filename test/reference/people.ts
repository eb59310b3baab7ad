import { byOccurrence, type Fact } from '../../collector/contracts/facts.ts'
import type { UnconfirmedDevice } from '../../collector/contracts/state.ts'
import type { Behaviour } from './behaviour.ts'
import { joinedBy } from './joinings.ts'
import { firstOf } from './names.ts'
import { type IdOf, lastOf, type Owned, type Owners, ownersOf } from './owners.ts'

/** A fact of a person, and the fact by which it became theirs: itself, or the one that joined it as history. */
export interface Joined {
  readonly fact: Fact
  readonly by: Fact
}

export interface Person {
  readonly id: string
  /** `email:…`, `phone:…` or `user:…`; null while anonymous */
  readonly identifier: string | null
  /** all that mean this person, those of a lead that was merged with them left out */
  readonly names: ReadonlySet<string>
  /** in order of occurrence */
  readonly facts: readonly Joined[]
  readonly behaviour: Behaviour
  /** of a device: the lead that it says it is */
  readonly claims: string | null
  readonly unconfirmed: readonly UnconfirmedDevice[]
  /** how many people one browser of theirs said it is, at most */
  readonly people: number
}

const idOfLast = (one: Owned, { idOf }: Owners): string => idOf(one.fact.subject, lastOf(one))

/** Who each fact belongs to (collector.md, Identity). A decision belongs to the lead it addresses. */
export function peopleOf(facts: readonly Fact[], idOf: IdOf): readonly Person[] {
  const owners = ownersOf(facts, idOf)
  const ids = new Set(owners.owned.map(one => owners.merges.currentOf(idOfLast(one, owners))))
  return [...ids].map(id => personOf(id, owners))
}

function personOf(id: string, owners: Owners): Person {
  const { owned, merges, behaviour, namesAt } = owners
  const theirs = owned.filter(one => merges.currentOf(idOfLast(one, owners)) === id)
  const named = theirs.find(one => idOfLast(one, owners) === id)
  const { name = null, isDevice = false } = named ? lastOf(named) : {}
  const lead = name === null || isDevice ? null : name
  return {
    id,
    identifier: lead,
    names: lead === null ? new Set() : namesAt(lead, null),
    facts: factsOf(id, theirs, owners),
    behaviour,
    claims: name !== null && isDevice ? merges.currentOf(owners.idOfName(name)) : null,
    unconfirmed: devicesOf(id, owners),
    people: Math.max(...theirs.map(({ fact }) => peopleOn(fact.subject, owners))),
  }
}

/** What they did, the merges of theirs, and what was decided about them, in order. */
function factsOf(id: string, theirs: readonly Owned[], owners: Owners): readonly Joined[] {
  const { merges, facts } = owners
  const words = merges.done
    .filter(({ word, into }) => word.type === 'merge' && merges.currentOf(into) === id)
    .map(({ word, into }) => ({
      fact: word,
      by: joinedBy(word, [{ from: word, id: into }], id, owners.joinings),
    }))
  const deeds = theirs.map(one => {
    const held = one.held.map(now => ({ from: now.from, id: owners.idOf(one.fact.subject, now) }))
    return { fact: one.fact, by: joinedBy(one.fact, held, id, owners.joinings) }
  })
  const decisions = facts.filter(({ type, subject }) => type === 'decision' && subject === id)
  return [...deeds, ...words, ...decisions.map(fact => ({ fact, by: fact }))].toSorted((a, b) =>
    byOccurrence(a.fact, b.fact),
  )
}

/** Devices that say they are a lead, or one that was merged with it, each since its first claim. */
function devicesOf(lead: string, owners: Owners): readonly UnconfirmedDevice[] {
  const { claims, owned, merges } = owners
  const waiting = claims.flatMap(({ fact }) => {
    const one = owned.find(other => other.fact === fact)
    const { name, isDevice } = one ? lastOf(one) : { name: null, isDevice: false }
    if (!one || name === null || !isDevice) return []
    const person = idOfLast(one, owners)
    const isWaiting = merges.currentOf(person) === person
    const isTheirs = merges.currentOf(owners.idOfName(name)) === lead
    return isWaiting && isTheirs ? [{ person, visitor: fact.visitor, since: fact.occurredAt }] : []
  })
  return waiting.filter((one, i) => waiting.findIndex(({ person }) => person === one.person) === i)
}

function peopleOn(timeline: string, { owned, namesAt, claims }: Owners): number {
  const names = owned.filter(({ fact }) => fact.subject === timeline).flatMap(one => lastOf(one).name ?? [])
  return new Set(names.map(name => firstOf(namesAt(name, null), claims))).size
}

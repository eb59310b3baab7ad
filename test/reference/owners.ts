import { byOccurrence, type Fact, isWord } from '../../collector/contracts/facts.ts'
import { type Behaviour, behaviourOf } from './behaviour.ts'
import { type Claim, claimsIn } from './claims.ts'
import type { Joining } from './joinings.ts'
import { followMerges, standingMerges } from './merges.ts'
import { firstOf, type NamesAt, namesIn } from './names.ts'
import { type Held, heldBy, holdingsOf } from './timelines.ts'

export type IdOf = (text: string) => string

/** Something that was done, and whose it was in turn. */
export interface Owned {
  readonly fact: Fact
  readonly held: readonly Held[]
}

/** Whose everything is. */
export interface Owners {
  /** all, words too, in order */
  readonly facts: readonly Fact[]
  readonly behaviour: Behaviour
  readonly claims: readonly Claim[]
  readonly namesAt: NamesAt
  /** the name that the person of a name goes by */
  readonly keeperOf: (name: string) => string
  readonly owned: readonly Owned[]
  readonly merges: ReturnType<typeof followMerges>
  readonly joinings: readonly Joining[]
  readonly idOfName: IdOf
  /** id of a holder: by the name the person goes by, or by the one that was said */
  readonly idOf: (one: Owned, held: Held) => string
  readonly idAsSaid: (one: Owned, held: Held) => string
}

export function ownersOf(given: readonly Fact[], idOfName: IdOf): Owners {
  const facts = given.toSorted(byOccurrence)
  const behaviour = behaviourOf(facts)
  const deeds = facts.filter(fact => !isWord(fact) && fact.type !== 'reclassify')
  const claims = claimsIn(deeds, behaviour)
  const namesAt = namesIn(claims)
  const keeperOf = (name: string) => firstOf(namesAt(name, null), claims)
  const timelines = [...new Set(deeds.map(({ subject }) => subject))]
  const holdings = new Map(timelines.map(one => [one, holdingsOf(one, { deeds, claims, namesAt })]))
  const owned = deeds.map(fact => ({ fact, held: heldBy(fact, holdings.get(fact.subject) ?? [], namesAt) }))
  const idBy =
    (nameOf: IdOf) =>
    (one: Owned, { name, isDevice }: Held) => {
      if (name === null) return idOfName(`subject:${one.fact.subject}`)
      return idOfName(isDevice ? `device:${one.fact.subject}:${keeperOf(name)}` : nameOf(name))
    }
  const idOf = idBy(keeperOf)
  const names = new Set(claims.flatMap(claim => claim.names))
  const goesBy = new Map([...names].map(name => [idOfName(name), idOfName(keeperOf(name))]))
  const people = owned.flatMap(one => one.held.map(held => idOf(one, held)))
  const merges = followMerges(
    standingMerges(facts, id => goesBy.get(id) ?? id),
    new Set(people),
  )
  const joinings = [
    ...claims.map(({ fact, names: said }) => ({ by: fact, ids: said.map(idOfName) })),
    ...merges.done.map(({ word, into, from }) => ({ by: word, ids: [into, from] })),
  ].filter(({ ids }) => ids.length > 1)
  const idAsSaid = idBy(name => name)
  return { facts, behaviour, claims, namesAt, keeperOf, owned, merges, joinings, idOfName, idOf, idAsSaid }
}

/** Who has it in the end. */
export function lastOf({ held }: Owned): Held {
  const last = held.at(-1)
  if (last === undefined) throw new Error('everything is somebody’s')
  return last
}

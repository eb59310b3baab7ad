import { byOccurrence, type Fact, isWord } from '../../collector/contracts/facts.ts'
import { type Behaviour, behaviourOf } from './behaviour.ts'
import { type Claim, claimsIn } from './claims.ts'
import type { Joining } from './joinings.ts'
import { followMerges, type Merge, standingMerges } from './merges.ts'
import { type NamesAt, namesIn, renamingsIn } from './names.ts'
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
  readonly owned: readonly Owned[]
  readonly merges: ReturnType<typeof followMerges>
  readonly joinings: readonly Joining[]
  readonly idOfName: IdOf
  /** id of the holder of a timeline, by the name they went by then */
  readonly idOf: (subject: string, held: Held) => string
}

export function ownersOf(given: readonly Fact[], idOfName: IdOf): Owners {
  const facts = given.toSorted(byOccurrence)
  const behaviour = behaviourOf(facts)
  const deeds = facts.filter(fact => !isWord(fact) && fact.type !== 'reclassify')
  const claims = claimsIn(deeds, behaviour)
  const namesAt = namesIn(claims)
  const timelines = [...new Set(deeds.map(({ subject }) => subject))]
  const holdings = new Map(timelines.map(one => [one, holdingsOf(one, { deeds, claims, namesAt })]))
  const idOf = (subject: string, { name, isDevice }: Held) =>
    idOfName(name === null ? `subject:${subject}` : isDevice ? `device:${subject}:${name}` : name)
  const said = claims.map(({ fact, names }) => ({ by: fact, ids: names.map(idOfName) }))
  const words = standingMerges(facts)
  const owned = deeds.map(fact => {
    const isMerged = (one: Held, by: Fact) =>
      words.some(
        ({ word, into, from }) =>
          byOccurrence(word, by) < 0 && [into, from].includes(idOf(fact.subject, one)),
      )
    return { fact, held: heldBy(fact, holdings.get(fact.subject) ?? [], namesAt, isMerged) }
  })
  const people = owned.flatMap(({ fact, held }) => held.map(one => idOf(fact.subject, one)))
  const renamings = renamingsIn(claims).map(([word, keeper, other]) => ({
    word,
    into: idOfName(keeper),
    from: idOfName(other),
  }))
  const merges = followMerges(
    [...renamings, ...words].toSorted((a, b) => byOccurrence(a.word, b.word)),
    new Set(people),
  )
  const joinings = [...said, ...merges.done.map(joiningBy)].filter(({ ids }) => ids.length > 1)
  return { facts, behaviour, claims, namesAt, owned, merges, joinings, idOfName, idOf }
}

const joiningBy = ({ word, into, from }: Merge): Joining => ({ by: word, ids: [into, from] })

/** Who has it in the end. */
export function lastOf({ held }: Owned): Held {
  const last = held.at(-1)
  if (last === undefined) throw new Error('everything is somebody’s')
  return last
}

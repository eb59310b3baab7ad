import { byOccurrence, type Fact, isWord } from '../contracts/facts.ts'
import type { Arrival, ResolvedPerson } from './arrival.ts'

/** One lead that turned out to be another, too: by a person's word (merges.ts), or by the customer's server (names.ts). */
export interface Join {
  /** the fact that says so */
  readonly word: Fact
  /** id of the lead that goes on */
  readonly into: string
  /** id of the lead that is it, too */
  readonly from: string
}

/**
 * Joins people in turn: what the one did before the word arrives with it, as history; what comes later at its own time.
 * Decisions stay with the lead they addressed, so those on the other are not this lead's.
 * @param persons by id; those that are joined to others are taken out
 * @param joins in order of occurrence
 * @returns who goes on for whom: by id of a lead that was joined to another
 */
export function joinPeople(
  persons: Map<string, ResolvedPerson>,
  joins: readonly Join[],
): ReadonlyMap<string, string> {
  const joined = new Map<string, string>()
  const currentOf = (id: string): string => {
    let current = id
    for (let next = joined.get(current); next !== undefined; next = joined.get(current)) current = next
    return current
  }
  for (const join of joins) {
    const keeper = persons.get(currentOf(join.into))
    const other = persons.get(currentOf(join.from))
    if (!keeper || !other || keeper === other) continue
    persons.set(keeper.id, together(keeper, other, join))
    persons.delete(other.id)
    joined.set(other.id, keeper.id)
  }
  return new Map([...joined.keys()].map(id => [id, currentOf(id)]))
}

const together = (keeper: ResolvedPerson, other: ResolvedPerson, { word }: Join): ResolvedPerson => ({
  ...keeper,
  unconfirmed: [...keeper.unconfirmed, ...other.unconfirmed],
  addressesOnOneBrowser: Math.max(keeper.addressesOnOneBrowser, other.addressesOnOneBrowser),
  arrivals: arriving(keeper.arrivals, word, other.arrivals),
})

/** The word may be something the keeper did, or a word about them, which arrives for this alone. */
function arriving(own: readonly Arrival[], word: Fact, others: readonly Arrival[]): readonly Arrival[] {
  const deeds = others.filter(({ fact }) => !isWord(fact) || fact.type === 'merge')
  const [before, later] = [deeds.filter(isBefore(word)), deeds.filter(arrival => !isBefore(word)(arrival))]
  const known = own.find(({ fact }) => fact === word)
  const history = [...(known?.history ?? []), ...before.flatMap(({ fact, history }) => [...history, fact])]
  const arrival = { fact: word, history: history.sort(byOccurrence) }
  return [...own.filter(one => one !== known), arrival, ...later].sort(byArrival)
}

const isBefore =
  (word: Fact) =>
  ({ fact }: Arrival): boolean =>
    byOccurrence(fact, word) <= 0

const byArrival = (a: Arrival, b: Arrival): number => byOccurrence(a.fact, b.fact)

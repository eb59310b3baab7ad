import { byOccurrence, type Fact } from '../../collector/contracts/facts.ts'

/** By this fact these ids are one person: a word of the customer's server, or of whoever merges leads. */
export interface Joining {
  readonly by: Fact
  readonly ids: readonly string[]
}

/** The fact since which, by all that had been said up to then, a fact is that person's: evidence is causal. */
export function joinedBy(
  fact: Fact,
  held: readonly { readonly from: Fact; readonly id: string }[],
  person: string,
  joinings: readonly Joining[],
): Fact {
  const isTheirs = (by: Fact) => {
    const holder = held.findLast(({ from }) => byOccurrence(from, by) <= 0)
    return holder !== undefined && isOne(holder.id, person, by, joinings)
  }
  const occasions = [...held.map(({ from }) => from), ...joinings.map(({ by }) => by)]
    .filter(by => byOccurrence(by, fact) >= 0)
    .toSorted(byOccurrence)
  const since = occasions.findLastIndex(by => !isTheirs(by)) + 1
  return occasions[since] ?? fact
}

function isOne(id: string, other: string, by: Fact, joinings: readonly Joining[]): boolean {
  const said = joinings.filter(joining => byOccurrence(joining.by, by) <= 0)
  return allOf(
    id,
    said.map(({ ids }) => ids),
  ).has(other)
}

/** One and all that are in a group with it, or with another that is. */
export function allOf(one: string, groups: readonly (readonly string[])[]): ReadonlySet<string> {
  const all = new Set([one])
  for (let before = 0; before < all.size; ) {
    before = all.size
    const near = groups.filter(group => group.some(name => all.has(name)))
    for (const name of near.flat()) all.add(name)
  }
  return all
}

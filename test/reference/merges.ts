import type { Fact } from '../../collector/contracts/facts.ts'

/** A lead that is another, too: by a person's word, or by another name that the customer's server has for them. */
export interface Merge {
  /** the fact that says so */
  readonly word: Fact
  /** id of the lead that goes on */
  readonly into: string
  readonly from: string
}

/**
 * The merges that nobody undid, in order; one made again while it stands says nothing new. An undone one is as if it had
 * never been.
 * @param facts in order
 */
export function standingMerges(facts: readonly Fact[]): readonly Merge[] {
  const words = facts.filter(({ type }) => type === 'merge' || type === 'unmerge')
  const isOfPair = (one: Fact, other: Fact) =>
    one.subject === other.subject && one.props.lead === other.props.lead
  return words.flatMap((word, i) => {
    const since = words.slice(i + 1).filter(later => isOfPair(later, word))
    const before = words.slice(0, i).findLast(earlier => isOfPair(earlier, word))
    const isUndone = since.some(({ type }) => type === 'unmerge')
    if (word.type !== 'merge' || isUndone || before?.type === 'merge') return []
    return [{ word, into: word.subject, from: String(word.props.lead) }]
  })
}

/**
 * Of those the ones that join two people there are, and who is who then: who is one already is not joined again.
 * @param merges in order
 */
export function followMerges(merges: readonly Merge[], people: ReadonlySet<string>) {
  const joined = new Map<string, string>()
  const currentOf = (id: string): string => {
    const next = joined.get(id)
    return next === undefined ? id : currentOf(next)
  }
  const done = merges.filter(({ into, from }) => {
    const [keeper, other] = [currentOf(into), currentOf(from)]
    if (!people.has(keeper) || !people.has(other) || keeper === other) return false
    joined.set(other, keeper)
    return true
  })
  return { done, currentOf }
}
